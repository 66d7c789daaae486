import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'

/**
 * The product as a person starts it: `node server/main.ts` with a data folder of its own, on a free port, serving the web
 * app from dist/web. Nothing of it is reached but its address and its commands.
 */
const PROJECT = path.resolve(import.meta.dirname, '..')
const START_MS_MAX = 60_000
const STOP_MS_MAX = 15_000
const COMMAND_MS_MAX = 60_000

export interface RunningServer {
  /** http://localhost:PORT, also its public address. */
  url: string
  /** The one-time link printed by a first start; null when somebody owns the installation already. */
  setUpLink: string | null
  home: string
  /** Everything printed so far. */
  output(): string
  /** Runs `rapport ARGS --json` beside the running server and gives its one object; throws with what it said otherwise. */
  command(args: string[], input?: string): Promise<Record<string, unknown>>
  /** SIGKILL, as a power cut does it. `start` again with the same home afterwards. */
  kill(): Promise<void>
  /** Ends the process and, unless `keepHome`, removes its data. */
  stop(options?: { keepHome?: boolean }): Promise<void>
}

export interface ServerOptions {
  environment?: Record<string, string>
  /** An earlier server's home; absent: a new one. */
  home?: string
}

/** Nothing reaches out to the internet: the network's stream is off, private addresses of this machine are allowed. */
export async function startServer({ environment = {}, home: given }: ServerOptions = {}): Promise<RunningServer> {
  const home = given ?? (await mkdtemp(path.join(tmpdir(), 'rapport-e2e-')))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const settings = {
    ...process.env,
    RAPPORT_HOME: home,
    RAPPORT_LOG: 'warn',
    RAPPORT_ALLOW_PRIVATE: '127.0.0.0/8,localhost',
    RAPPORT_BLUESKY_STREAM: 'off',
    // Nothing answers there: no picture and no profile is asked of the real network unless a journey names its twin.
    RAPPORT_BLUESKY_APP: 'http://127.0.0.1:9',
    ...environment,
    PORT: String(port),
  }
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: PROJECT,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  await untilReady(child, url, () => output)
  const end = async (signal: NodeJS.Signals) => {
    await endOf(child, signal)
  }
  return {
    url,
    home,
    setUpLink: /\S+\/set-up\S+/.exec(output)?.[0] ?? null,
    output: () => output,
    command: (args, input = '') => runRapport(args, input, settings),
    kill: () => end('SIGKILL'),
    async stop({ keepHome = false } = {}) {
      await end('SIGTERM')
      if (!keepHome) await rm(home, { recursive: true, force: true })
    },
  }
}

/** The set-up link is printed right after "Ready". */
async function untilReady(child: ChildProcess, url: string, output: () => string): Promise<void> {
  const until = Date.now() + START_MS_MAX
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`)
    const answer = output().includes('Ready:') ? await readStatus(url) : null
    if (answer && (!answer.needsSetUp || output().includes('/set-up'))) return
    await pause(50)
  }
  await endOf(child, 'SIGKILL')
  throw new Error(`the server was not ready after ${START_MS_MAX} ms:\n${output()}`)
}

async function readStatus(url: string): Promise<{ needsSetUp: boolean } | null> {
  try {
    const answer = await fetch(`${url}/api/v1/first-run`, { signal: AbortSignal.timeout(2_000) })
    return answer.ok ? ((await answer.json()) as { needsSetUp: boolean }) : null
  } catch {
    return null
  }
}

function endOf(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill(signal)
  })
}

async function runRapport(args: string[], input: string, environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['server/cli.ts', ...args, '--json'], {
    cwd: PROJECT,
    env: environment,
    timeout: COMMAND_MS_MAX,
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`rapport ${args[0]} ended with ${code}: ${said}${complained}`)
  return JSON.parse(said) as Record<string, unknown>
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
