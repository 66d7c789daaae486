import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { PROJECT_FOLDER } from '../platform/config.ts'
import { fetchOutside } from '../platform/outbound.ts'
import { ONLY } from '../platform/outbound-address.ts'

/**
 * The simulated networks as a drill gets them: a process of its own that listens on loopback and lives no longer than
 * whoever holds its standard input.
 */
export interface TwinProcess {
  /** host:port, all that whoever practises may reach. */
  place: string
  /** Makes an account and says how to connect it, as a source's settings and credentials. */
  openAccount(who: { handle: string; name: string }): Promise<TwinAccount>
  direct<T>(control: string, input: object): Promise<T>
  stop(): void
}

export interface TwinAccount {
  network: string
  settings: Record<string, unknown>
  credentials: Record<string, string>
}

const START_TIMEOUT_MS = 20_000
const CALL_TIMEOUT_MS = 10_000
const ANSWER_BYTES_MAX = 4 * 1024 * 1024
const PASSWORD = 'only-for-practice'

export async function startTwinProcess(): Promise<TwinProcess> {
  const program = path.join(PROJECT_FOLDER, 'twin', 'main.ts')
  // Without our environment: passwords and keys are not that process's business.
  const child = spawn(process.execPath, [program, '--port', '0', '--empty', '--json', '--until-stdin-ends'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
  })
  const stop = (): void => void child.kill()
  const announced = await new Promise<{ base: string; bluesky: Record<string, unknown> }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the twin did not start in time')), START_TIMEOUT_MS)
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer)
      resolve(JSON.parse(line))
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the twin ended (${code})`)))
  }).catch((error: unknown) => {
    stop()
    throw error
  })
  const direct: TwinProcess['direct'] = (control, input) => directTwin(announced.base, control, input)
  return {
    place: new URL(announced.base).host,
    direct,
    openAccount: async ({ handle, name }) => {
      await direct('account', { handle, name, password: PASSWORD })
      return {
        network: 'bluesky',
        settings: announced.bluesky,
        credentials: { identifier: handle, appPassword: PASSWORD },
      }
    },
    stop,
  }
}

async function directTwin<T>(base: string, control: string, input: object): Promise<T> {
  const outcome = await fetchOutside(`${base}/_twin/${control}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    timeoutMs: CALL_TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
    allowPrivate: [ONLY, new URL(base).host],
  })
  if (!outcome.ok) throw new Error(`the twin did not answer: ${outcome.failure.name}`)
  if (outcome.value.status !== 200) throw new Error(`the twin refused ${control}: ${outcome.value.status}`)
  return JSON.parse(Buffer.from(outcome.value.body).toString()) as T
}
