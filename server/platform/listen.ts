import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Database } from './database.ts'
import type { Log } from './log.ts'

const RECONNECT_MS_MIN = 100
const RECONNECT_MS_MAX = 5_000
/** A connection that died without a word is noticed by asking. */
const PROBE_EVERY_MS = 20_000
const PROBE_MS_MAX = 5_000

export interface ListenOptions {
  database: Database
  channels: string[]
  onMessage(channel: string, payload: string): void
  /** After each (re)connection: what was said in between is lost, so look for yourself. */
  onConnected(): void
  log: Log
  signal: AbortSignal
}

/** LISTEN on a connection of its own until the signal aborts; reconnects with back-off for as long as it takes. */
export async function listen(options: ListenOptions): Promise<void> {
  const { signal, log } = options
  let waitMs = RECONNECT_MS_MIN
  while (!signal.aborted) {
    try {
      await listenOnce(options, () => {
        waitMs = RECONNECT_MS_MIN
      })
    } catch (error) {
      if (signal.aborted) return
      log.warn({ err: error, channels: options.channels, waitMs }, 'lost the connection that listens for changes')
    }
    await delay(waitMs, undefined, { signal }).catch(() => {})
    waitMs = Math.min(RECONNECT_MS_MAX, waitMs * 2)
  }
}

async function listenOnce(
  { database, channels, onMessage, onConnected, signal }: ListenOptions,
  connected: () => void,
): Promise<void> {
  const client = await database.connect()
  try {
    const ended = untilEnded(client, signal)
    client.on('notification', ({ channel, payload }) => onMessage(channel, payload ?? ''))
    await client.query(channels.map((channel) => `listen ${client.escapeIdentifier(channel)}`).join(';'))
    connected()
    onConnected()
    await ended
  } finally {
    client.removeAllListeners('notification')
    await client.end().catch(() => {})
  }
}

/** Resolves when the signal aborts, rejects when the connection ends or no longer answers. */
function untilEnded(client: pg.Client, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // May settle before anyone waits for it.
  promise.catch(() => {})
  const stop = () => resolve()
  const probe = setInterval(() => {
    const late = setTimeout(() => reject(new Error('the connection does not answer')), PROBE_MS_MAX)
    client.query('select 1').then(
      () => clearTimeout(late),
      (error) => {
        clearTimeout(late)
        reject(error)
      },
    )
  }, PROBE_EVERY_MS)
  client.on('error', reject)
  client.on('end', () => reject(new Error('the connection was closed')))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  return promise.finally(() => {
    clearInterval(probe)
    signal.removeEventListener('abort', stop)
  })
}
