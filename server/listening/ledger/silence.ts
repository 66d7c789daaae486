import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { connectorOf } from '../networks.ts'
import { type DaySilence, silenceAllowed, silencesBetween } from './rhythm.ts'

/** More are not judged. */
const DAYS_READ = 28
/** A whole network is never silent; within this time a worker that died is replaced. */
const STREAM_SILENCE_MS = 5 * 60_000

/** Learns a source's rhythm from when its posts were published, and ends a silence that was told. */
export async function notePublished(
  tx: WorkspaceTransaction,
  source: { source_id: string; newest_at: Date | null; silent_since: Date | null },
  published: readonly Date[],
): Promise<void> {
  const before = source.newest_at
  const fresh = before ? published.filter((at) => at > before) : published
  if (fresh.length === 0) return
  const silences = silencesBetween(fresh, before)
  await sql`
    insert into source_day as d (workspace_id, source_id, day, longest_silence_seconds)
    select ${tx.workspaceId}, ${source.source_id}, (day at time zone 'UTC')::date, seconds
    from unnest(${silences.map(({ day }) => day)}::timestamptz[], ${silences.map(({ seconds }) => seconds)}::bigint[]) as g(day, seconds)
    order by day
    on conflict (workspace_id, source_id, day) do update
      set longest_silence_seconds = greatest(d.longest_silence_seconds, excluded.longest_silence_seconds)`.execute(
    tx.sql,
  )
  const newest = new Date(Math.max(...fresh.map((at) => at.getTime())))
  await sql`
    update source set newest_at = greatest(newest_at, ${newest}), silent_since = null
    where workspace_id = ${tx.workspaceId} and source_id = ${source.source_id}`.execute(tx.sql)
  if (source.silent_since) tx.record({ type: 'source.heard-again', subjects: { source: source.source_id } })
}

/** What each source's days show of its rhythm. */
export async function silencesOf(tx: WorkspaceTransaction, sourceIds: string[]): Promise<Map<string, DaySilence[]>> {
  const { rows } = await sql<{ source_id: string; day: Date; seconds: number }>`
    select d.source_id, d.day::timestamp at time zone 'UTC' as day, d.longest_silence_seconds::float8 as seconds
    from unnest(${sourceIds}::uuid[]) as g(source_id) cross join lateral (
      select * from source_day d where d.workspace_id = ${tx.workspaceId} and d.source_id = g.source_id
        and d.longest_silence_seconds > 0 order by d.day desc limit ${DAYS_READ}) d`.execute(tx.sql)
  const bySource = new Map<string, DaySilence[]>()
  for (const { source_id, day, seconds } of rows)
    bySource.set(source_id, [...(bySource.get(source_id) ?? []), { day, seconds }])
  return bySource
}

/** Sources that hear without fault and yet bring nothing for longer than they ever did: each is told once. */
export async function tellSilences(tx: WorkspaceTransaction, services: Services): Promise<void> {
  const { rows } = await sql<{ source_id: string; network: string; newest_at: Date }>`
    select source_id, network, newest_at from source where workspace_id = ${tx.workspaceId} and removed_at is null
      and state = 'active' and not hears_stream and newest_at is not null and silent_since is null
    order by source_id`.execute(tx.sql)
  const silences = await silencesOf(
    tx,
    rows.map((row) => row.source_id),
  )
  const now = services.clock.now().getTime()
  for (const { source_id, network, newest_at } of rows) {
    const everyMs = (connectorOf(services, network)?.capabilities.pollEverySeconds ?? 0) * 1_000
    const allowed = silenceAllowed(silences.get(source_id) ?? [], everyMs)
    if (allowed !== null && now - newest_at.getTime() > allowed) await tellSilence(tx, source_id, newest_at)
  }
}

/** A stream is the installation's; that it says nothing concerns each workspace that hears it. */
export async function tellStreamSilences(tx: WorkspaceTransaction, services: Services): Promise<void> {
  const { rows } = await sql<{ source_id: string; silent_since: Date | null; last_item_at: Date | null }>`
    select s.source_id, s.silent_since, t.last_item_at
    from source s join system.stream t on t.name = s.network
    where s.workspace_id = ${tx.workspaceId} and s.removed_at is null and s.state = 'active' and s.hears_stream
    order by s.source_id`.execute(tx.sql)
  const now = services.clock.now().getTime()
  for (const { source_id, silent_since, last_item_at } of rows) {
    if (!last_item_at) continue
    const silent = now - last_item_at.getTime() > STREAM_SILENCE_MS
    if (silent && !silent_since) await tellSilence(tx, source_id, last_item_at)
    if (silent || !silent_since) continue
    await sql`update source set silent_since = null where workspace_id = ${tx.workspaceId}
      and source_id = ${source_id}`.execute(tx.sql)
    tx.record({ type: 'source.heard-again', subjects: { source: source_id } })
  }
}

async function tellSilence(tx: WorkspaceTransaction, sourceId: string, since: Date): Promise<void> {
  const { rows } = await sql`
    update source set silent_since = ${since} where workspace_id = ${tx.workspaceId} and source_id = ${sourceId}
      and silent_since is null returning 1`.execute(tx.sql)
  if (rows.length > 0) tx.record({ type: 'source.silent', subjects: { source: sourceId } })
}
