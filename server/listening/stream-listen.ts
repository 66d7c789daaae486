import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Connector, type Cursor, type Failure, installationSettings } from '../connectors/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import { Gathering } from './gathering.ts'
import { mergeShares, type StreamShare, storeStream, understandStream } from './intake.ts'
import { noteLostGap } from './ledger/gaps.ts'
import { type Listener, listenersOf } from './listeners.ts'
import { connectorsOf } from './networks.ts'

/**
 * One connection for the installation: a worker holds the stream's lease, renews it, and moves the cursor only while it
 * does. A worker that was killed leaves a lease that ends by itself; the next one resumes at the cursor.
 */
const LEASE_MS = 30_000
const RENEW_MS = 10_000
const LOOK_MS = 3_000
const RETRY_MS_MIN = 1_000
const RETRY_MS_MAX = 5 * 60_000
/** Topics made while a stream runs are matched from then on. */
const LISTENERS_FRESH_MS = 250

class LeaseLost extends Error {}

export const streamLoop: Loop = {
  name: 'listening.streams',
  async run(services, signal) {
    const streams = [...connectorsOf(services).values()].filter(({ capabilities }) => capabilities.hears === 'stream')
    await Promise.all(streams.map((connector) => keepListening(services, connector, signal)))
  },
}

async function keepListening(services: Services, connector: Connector, signal: AbortSignal): Promise<void> {
  const owner = newId()
  for (let failures = 0; !signal.aborted; ) {
    let waitMs = LOOK_MS
    try {
      const wanted = (await listenersOf(services).hearing(connector.network)).length > 0
      if (wanted && (await takeLease(services, connector.network, owner))) {
        const failure = await listenOnce(services, connector, owner, signal)
        failures = failure ? failures + 1 : 0
        if (failure) waitMs = await noteStreamFailure(services, connector.network, failure, failures)
      }
    } catch (error) {
      if (!(error instanceof LeaseLost)) {
        failures++
        waitMs = retryMs(failures)
        services.log.error({ err: error, stream: connector.network }, 'stream ended, will be taken up again')
      }
    }
    await delay(waitMs, undefined, { signal }).catch(() => {})
  }
  await releaseLease(services, connector.network, owner)
}

/** Listens until the stream fails (the failure), nobody wants it any longer, or the signal aborts (null). */
async function listenOnce(
  services: Services,
  connector: Connector,
  owner: string,
  outer: AbortSignal,
): Promise<Failure | null> {
  const stop = new AbortController()
  const signal = AbortSignal.any([outer, stop.signal])
  const name = connector.network
  let isOurs = true
  const renew = async () => {
    isOurs = await renewLease(services, name, owner)
    if (!isOurs) stop.abort()
  }
  const renewing = setInterval(() => {
    renew().catch((error) => services.log.warn({ err: error, stream: name }, 'could not renew the lease of a stream'))
  }, RENEW_MS)
  try {
    const failure = await readStream(services, connector, owner, signal, stop)
    if (!isOurs) throw new LeaseLost()
    return failure
  } finally {
    clearInterval(renewing)
    stop.abort()
  }
}

async function readStream(
  services: Services,
  connector: Connector,
  owner: string,
  signal: AbortSignal,
  stop: AbortController,
): Promise<Failure | null> {
  const name = connector.network
  const settings = connector.parseSettings(installationSettings(name, services.config) ?? {})
  if (!settings.ok) return settings.failure
  const gathering = new Gathering<StreamShare>(async ({ shares, cursor }) => {
    const { heard, kept } = await storeStream(services, name, mergeShares(shares))
    await moveCursor(services, name, owner, cursor, heard, kept)
  })
  const listeners = new FreshListeners(services, name)
  const connection = { settings: settings.value, credentials: null }
  const stream = connector.stream?.(connection, await readCursor(services, name), signal)
  if (!stream) return null
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done) {
      await gathering.finish()
      return next.value
    }
    const present = await listeners.get()
    if (next.value.gap) await noteStreamGap(services, name, present, next.value.gap)
    if (present.length === 0) stop.abort()
    const { urgent, ...share } = await understandStream(services, next.value.items, present)
    await gathering.add(share, next.value, urgent)
  }
}

class FreshListeners {
  readonly #services: Services
  readonly #stream: string
  #listeners: Listener[] = []
  #until = 0

  constructor(services: Services, stream: string) {
    this.#services = services
    this.#stream = stream
  }

  async get(): Promise<Listener[]> {
    if (performance.now() < this.#until) return this.#listeners
    this.#listeners = await listenersOf(this.#services).hearing(this.#stream)
    this.#until = performance.now() + LISTENERS_FRESH_MS
    return this.#listeners
  }
}

async function takeLease(services: Services, name: string, owner: string): Promise<boolean> {
  const now = services.clock.now()
  const { rows } = await sql`
    insert into system.stream as s (name, lease_owner, lease_until, connected_at)
    values (${name}, ${owner}, ${new Date(now.getTime() + LEASE_MS)}, ${now})
    on conflict (name) do update set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until,
      connected_at = excluded.connected_at
    where s.lease_until is null or s.lease_until < ${now} or s.lease_owner = excluded.lease_owner
    returning 1`.execute(services.database.system)
  return rows.length > 0
}

async function renewLease(services: Services, name: string, owner: string): Promise<boolean> {
  const until = new Date(services.clock.now().getTime() + LEASE_MS)
  const { numUpdatedRows } = await services.database.system
    .updateTable('system.stream')
    .set({ lease_until: until })
    .where('name', '=', name)
    .where('lease_owner', '=', owner)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function releaseLease(services: Services, name: string, owner: string): Promise<void> {
  await services.database.system
    .updateTable('system.stream')
    .set({ lease_owner: null, lease_until: null })
    .where('name', '=', name)
    .where('lease_owner', '=', owner)
    .execute()
    .catch((error) => services.log.warn({ err: error, stream: name }, 'could not give the lease of a stream back'))
}

async function readCursor(services: Services, name: string): Promise<Cursor> {
  const row = await services.database.system
    .selectFrom('system.stream')
    .select('cursor')
    .where('name', '=', name)
    .executeTakeFirst()
  return (row?.cursor ?? null) as Cursor
}

/** The last step of a batch. Without the lease nothing moves: the next owner hears the batch again. */
async function moveCursor(
  services: Services,
  name: string,
  owner: string,
  cursor: Cursor,
  heard: number,
  kept: number,
): Promise<void> {
  const now = services.clock.now()
  const { rows } = await sql`
    update system.stream set cursor = ${JSON.stringify(cursor)}::jsonb, heard_count = heard_count + ${heard},
      kept_count = kept_count + ${kept}, last_item_at = ${now}, last_failure = null, last_failure_at = null
    where name = ${name} and lease_owner = ${owner} returning 1`.execute(services.database.system)
  if (rows.length === 0) throw new LeaseLost()
  if (heard === 0) return
  await sql`
    insert into system.stream_day as d (stream, day, heard) values (${name}, (${now}::timestamptz at time zone 'UTC')::date, ${heard})
    on conflict (stream, day) do update set heard = d.heard + excluded.heard`.execute(services.database.system)
}

/** What is lost is lost to every workspace that hears the stream. */
async function noteStreamGap(
  services: Services,
  name: string,
  listeners: Listener[],
  gap: { from: Date; until: Date },
): Promise<void> {
  services.log.warn({ stream: name, ...gap }, 'stream could not go back to where it was left')
  for (const { workspaceId, streamSources } of listeners) {
    const sourceId = streamSources.get(name)
    if (sourceId) await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => noteLostGap(tx, sourceId, gap))
  }
}

async function noteStreamFailure(
  services: Services,
  name: string,
  failure: Failure,
  failures: number,
): Promise<number> {
  const now = services.clock.now()
  services.log.warn({ stream: name, failure: failure.name, detail: failure.detail }, 'stream failed')
  await services.database.system
    .updateTable('system.stream')
    .set({ last_failure: failure.name, last_failure_at: now })
    .where('name', '=', name)
    .execute()
  return failure.name === 'rate-limited'
    ? Math.max(failure.until.getTime() - now.getTime(), RETRY_MS_MIN)
    : retryMs(failures)
}

const retryMs = (failures: number): number =>
  Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(failures - 1, 20)) * (0.5 + Math.random() / 2)
