import type { Connection, Connector, Failure, Outcome } from '../connector.ts'

export interface StageFault {
  kind: 'rate-limit' | 'server-error' | 'cut-before' | 'cut-after' | 'half-answer' | 'garbage' | 'slow'
  path?: string
  method?: 'GET' | 'POST'
  times?: number
  retryAfterSeconds?: number
  delayMs?: number
}

export interface Stage {
  connector: Connector
  connection: Connection
  /** The same connector as an installation builds it that allows no private address. */
  guarded: Connector
  faults: { arm(fault: StageFault): void; clear(): void }
  /** Part of the path of the request that hears, and of the one that publishes. */
  paths: { hear: string; publish?: string }
  /** Somebody says this where the source listens. Gives the network's own name for it: part of the external id. */
  say(text: string): Promise<string>
  edit?(said: string, text: string): Promise<void>
  remove?(said: string): Promise<void>
  /** After this, what was said can be read. Real networks index a little later. */
  settle?(): Promise<void>
  /** Our short-lived token ends; `whole`: everything but the password ends. */
  expireSession?(whole: boolean): Promise<void>
  wrongCredentials?: Record<string, unknown>
  /** How many posts of ours stand on the network with this text. */
  countPublished?(text: string): Promise<number>
  stream?: {
    cut(): Promise<void>
    faults?(faults: { duplicates?: boolean; disorder?: boolean }): Promise<void>
    sendRaw?(frame: string): Promise<void>
  }
  stop(): Promise<void>
}

/** What a network has no notion of, or a stage no hands for, is skipped with its reason. */
export type Skip = (reason: string) => void

export const soon = (): AbortSignal => AbortSignal.timeout(30_000)

export function valueIn<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.name}: ${outcome.failure.detail}`)
  return outcome.value
}

export function failureIn(outcome: Outcome<unknown>): Failure {
  if (outcome.ok) throw new Error(`no failure but ${JSON.stringify(outcome.value).slice(0, 200)}`)
  return outcome.failure
}

export async function sayAndSettle(stage: Stage, text: string): Promise<string> {
  const said = await stage.say(text)
  await stage.settle?.()
  return said
}
