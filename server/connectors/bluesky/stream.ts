import type { Connection, Connector, Cursor, Failure, HeardBatch, HeardItem } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { readStreamEvent } from './jetstream-event.ts'
import { openJetstream } from './jetstream-socket.ts'
import { Profiles } from './profiles.ts'
import { POST_COLLECTION } from './record.ts'
import { parseSettings, settingsOf } from './settings.ts'
import { gapBetween, paceOf } from './stream-gap.ts'

/** Instances of Jetstream stamp events by their own clocks: after a break we go back a little and drop what we know. */
const REWIND_US = 5_000_000
/**
 * Who listens for the first time hears what was just said as well: the deletion of a post that a search or an account
 * brought a moment before would otherwise be missed for good.
 */
const FIRST_LISTEN_BACK_US = 10 * 60_000_000
const RECENT_KEYS_MAX = 20_000
const BACKOFF_MAX_MS = 30_000
/** Tests wait less. */
export interface Patience {
  backOffFirstMs: number
  /** So many connections in a row that brought nothing: the caller is told, and shows it. */
  fruitlessMax: number
}
const PATIENCE: Patience = { backOffFirstMs: 500, fruitlessMax: 6 }

/** The whole network, as it happens. Needs no key; knows authors by DID alone, names come from `profile`. */
export function blueskyStream(outside: Outside, patience = PATIENCE): Connector {
  const profiles = new Profiles(outside)
  return {
    network: 'bluesky-stream',
    capabilities: {
      open: true,
      hears: 'stream',
      speaks: false,
      tellsDeletions: true,
      tellsEdits: true,
      findsByKey: false,
      textCharactersMax: null,
      pictures: null,
      pollEverySeconds: 0,
      resumes: true,
    },
    parseSettings,
    parseCredentials: () => ({ ok: true, value: null }),
    check: async (connection, signal) => {
      const settings = settingsOf(connection)
      const socket = await openJetstream(addressOf(connection, null), outside, signal)
      if ('name' in socket) return { ok: false, failure: socket }
      await socket.opened
      const failure = socket.failure()
      socket.close()
      if (failure !== null) return { ok: false, failure }
      return { ok: true, value: { name: new URL(settings.jetstream).hostname, author: null, settings } }
    },
    stream: (connection, cursor, signal) => listen(connection, cursor, signal, { outside, patience }),
    profile: (connection, networkId, signal) => profiles.read(networkId, settingsOf(connection), signal),
  }
}

/** Reconnects by itself; ends when the signal aborts (null) or when the network stays away (the last failure). */
async function* listen(
  connection: Connection,
  cursor: Cursor,
  signal: AbortSignal,
  { outside, patience }: { outside: Outside; patience: Patience },
): AsyncGenerator<HeardBatch, Failure | null> {
  const recent = new RecentKeys()
  const startedUs = outside.clock.now().getTime() * 1_000
  let timeUs = typeof cursor?.timeUs === 'number' ? cursor.timeUs : null
  let everyUs = typeof cursor?.everyUs === 'number' ? cursor.everyUs : null
  let fruitless = 0
  while (!signal.aborted) {
    const from = timeUs === null ? startedUs - FIRST_LISTEN_BACK_US : timeUs - REWIND_US
    const socket = await openJetstream(addressOf(connection, from), outside, signal)
    let failure: Failure | null = 'name' in socket ? socket : null
    let leftUs = timeUs
    try {
      while ('take' in socket) {
        const frames = await socket.take()
        if (frames === null) break
        const batch = batchOf(frames, connection, recent, timeUs, outside.clock.now())
        fruitless = 0
        timeUs = batch.timeUs
        everyUs = paceOf(everyUs, batch)
        const gap = gapBetween(leftUs, batch.firstUs, everyUs)
        if (batch.firstUs !== null) leftUs = null
        if (batch.items.length > 0 || batch.moved)
          yield { items: batch.items, cursor: { timeUs, everyUs }, more: false, ...(gap ? { gap } : {}) }
      }
    } finally {
      if ('take' in socket) {
        failure = socket.failure()
        socket.close()
      }
    }
    if (signal.aborted) return null
    fruitless++
    if (failure !== null && mustStop(failure, fruitless, patience)) return failure
    await backOff(patience.backOffFirstMs * 2 ** Math.min(fruitless - 1, 10), signal)
  }
  return null
}

/** What waiting a little cannot mend goes to the caller at once. */
const mustStop = (failure: Failure, fruitless: number, patience: Patience): boolean =>
  fruitless >= patience.fruitlessMax || ['forbidden-address', 'rate-limited', 'refused'].includes(failure.name)

function batchOf(frames: string[], connection: Connection, recent: RecentKeys, before: number | null, now: Date) {
  const settings = settingsOf(connection)
  const items: HeardItem[] = []
  let timeUs = before
  let firstUs: number | null = null
  let lastUs: number | null = null
  for (const frame of frames) {
    const event = readStreamEvent(frame, settings)
    firstUs ??= event.timeUs
    lastUs = event.timeUs ?? lastUs
    // The rewind starts before the cursor, so it never moves back; nor past the present, where it would skip what comes.
    if (event.timeUs !== null) timeUs = Math.max(timeUs ?? 0, Math.min(event.timeUs, now.getTime() * 1_000))
    if (event.item !== null && recent.add(event.key)) items.push(event.item)
  }
  return { items, timeUs, firstUs, lastUs, events: frames.length, moved: timeUs !== before }
}

function addressOf(connection: Connection, cursorUs: number | null): URL {
  const url = new URL(`${settingsOf(connection).jetstream}/subscribe`)
  url.searchParams.set('wantedCollections', POST_COLLECTION)
  if (cursorUs !== null) url.searchParams.set('cursor', String(Math.max(1, Math.trunc(cursorUs))))
  return url
}

function backOff(wantedMs: number, signal: AbortSignal): Promise<void> {
  const ceiling = Math.min(BACKOFF_MAX_MS, wantedMs)
  const waitMs = ceiling / 2 + (Math.random() * ceiling) / 2
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    signal.addEventListener('abort', done, { once: true })
  })
}

/** Remembers the last keys in order of arrival; forgets the oldest half when it is full. */
class RecentKeys {
  #now = new Set<string>()
  #before = new Set<string>()

  /** False: known. */
  add(key: string): boolean {
    if (this.#now.has(key) || this.#before.has(key)) return false
    this.#now.add(key)
    if (this.#now.size >= RECENT_KEYS_MAX) {
      this.#before = this.#now
      this.#now = new Set()
    }
    return true
  }
}
