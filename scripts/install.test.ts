import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** No retries, so that a registry that is not there is noticed at once. */
const environment = { ...process.env, npm_config_fetch_retries: '0', npm_config_cache: '' }
let project: string

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'rapport-install-'))
  environment.npm_config_cache = join(project, 'cache')
  mkdirSync(join(project, 'scripts'))
  for (const name of ['install.mjs', 'install-lock.mjs'])
    cpSync(join(import.meta.dirname, name), join(project, 'scripts', name))
  publish('1.0.0')
})

afterEach(() => rmSync(project, { recursive: true, force: true, maxRetries: 3 }))

test('what the lock file names is installed once, and the second run does nothing', async () => {
  expect(await install()).toMatchObject({ code: 0, messages: expect.stringContaining('Installing') })
  expect(installedVersion()).toBe('1.0.0')
  expect(await install()).toEqual({ code: 0, messages: '', output: '' })
})

test('a changed lock file is installed anew', async () => {
  await install()
  publish('2.0.0')
  expect(await install()).toMatchObject({ code: 0, messages: expect.stringContaining('Installing') })
  expect(installedVersion()).toBe('2.0.0')
})

test('standard output stays free for the command that follows', async () => {
  expect((await install()).output).toBe('')
})

test('an installation made by hand is accepted without asking npm again', async () => {
  npm('ci')
  expect(await install()).toEqual({ code: 0, messages: '', output: '' })
  expect(existsSync(join(project, 'node_modules', '.rapport-installed'))).toBe(true)
})

test('an installation made by hand from which something is missing is made anew', async () => {
  npm('ci')
  rmSync(join(project, 'node_modules', 'part'), { recursive: true })
  expect(await install()).toMatchObject({ code: 0, messages: expect.stringContaining('Installing') })
  expect(installedVersion()).toBe('1.0.0')
})

test('without the registry it says what to do, and tries again the next time', async () => {
  dependOn('1.0.0', { version: '1.0.0', resolved: 'http://127.0.0.1:1/part.tgz' })
  // npm pack has left the package in npm's cache, where npm ci would find it without the registry.
  rmSync(join(project, 'cache'), { recursive: true, force: true })
  const failed = await install()
  expect(failed.code).toBe(1)
  expect(failed.messages).toContain('The package registry was not reached. The first start needs the internet')
  publish('1.0.0')
  expect((await install()).code).toBe(0)
  expect(installedVersion()).toBe('1.0.0')
})

test('package.json and lock file that do not fit are named as the reason', async () => {
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  manifest.dependencies.other = '1.0.0'
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  const failed = await install()
  expect(failed.code).toBe(1)
  expect(failed.messages).toContain('do not fit each other')
})

test('of four processes that begin together one installs and the others wait for it', async () => {
  const runs = await Promise.all([install(), install(), install(), install()])
  expect(runs.map((run) => run.code)).toEqual([0, 0, 0, 0])
  expect(runs.filter((run) => run.messages.includes('Installing'))).toHaveLength(1)
  expect(installedVersion()).toBe('1.0.0')
})

test('an installation that was killed is begun again, and its lock does not stand in the way', async () => {
  const killed = begin()
  await once(killed.stderr as NodeJS.ReadableStream, 'data')
  // Everything is killed, npm too.
  process.kill(-(killed.pid as number), 'SIGKILL')
  await once(killed, 'exit')
  expect(existsSync(join(project, 'node_modules', '.rapport-installed'))).toBe(false)
  expect((await install()).code).toBe(0)
  expect(installedVersion()).toBe('1.0.0')
  expect(readdirSync(join(project, 'dist', 'install'))).toHaveLength(1)
})

function begin(): ChildProcess {
  const script = join(project, 'scripts', 'install.mjs')
  return spawn(process.execPath, [script], { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
}

async function install(): Promise<{ code: number; messages: string; output: string }> {
  const child = begin()
  let messages = ''
  let output = ''
  child.stderr?.on('data', (chunk) => {
    messages += chunk
  })
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  return { code, messages, output }
}

/** Makes the project depend on this version of a package that lies beside it, so that no test needs the network. */
function publish(version: string) {
  const part = join(project, 'part')
  mkdirSync(part, { recursive: true })
  writeFileSync(join(part, 'package.json'), JSON.stringify({ name: 'part', version }))
  npm('pack', './part')
  dependOn(`file:part-${version}.tgz`, { version, resolved: `file:part-${version}.tgz` })
}

/** Writes package.json and the lock file that npm would make of it. */
function dependOn(part: string, { version, resolved }: { version: string; resolved: string }) {
  const archive = readFileSync(join(project, `part-${version}.tgz`))
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`
  const whole = { name: 'whole', version: '1.0.0', dependencies: { part } }
  const packages = { '': whole, 'node_modules/part': { version, resolved, integrity } }
  const lock = { name: 'whole', version: '1.0.0', lockfileVersion: 3, requires: true, packages }
  writeFileSync(join(project, 'package.json'), JSON.stringify(whole))
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock))
}

function npm(...args: string[]) {
  // The npm of the system runs on the Node of the system.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => dirname(folder) !== join(import.meta.dirname, '..', 'node_modules'))
  const env = { ...environment, PATH: path.join(delimiter) }
  execFileSync('npm', args, { cwd: project, env, stdio: 'pipe', shell: process.platform === 'win32' })
}

function installedVersion(): string {
  return JSON.parse(readFileSync(join(project, 'node_modules', 'part', 'package.json'), 'utf8')).version
}
