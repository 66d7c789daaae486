import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { connectorOf } from '../networks.ts'
import { type DaySilence, silenceAllowed, silencesBetween } from './rhythm.ts'

const DAYS_READ = 90
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

interface Heard {
  source_id: string
  network: string
  newest_at: Date | null
  silent_since: Date | null
}

/** Sources that hear without fault and yet bring nothing for longer than they ever did: each is told once. */
export async function tellSilences(tx: WorkspaceTransaction, services: Services): Promise<void> {
  const { rows } = await sql<Heard & { days: { day: string; seconds: number }[] }>`
    select s.source_id, s.network, s.newest_at, s.silent_since, coalesce((
      select jsonb_agg(jsonb_build_object('day', d.day, 'seconds', d.longest_silence_seconds)) from source_day d
      where d.workspace_id = s.workspace_id and d.source_id = s.source_id and d.longest_silence_seconds > 0
        and d.day > (s.newest_at at time zone 'UTC')::date - ${DAYS_READ}::int), '[]') as days
    from source s where s.workspace_id = ${tx.workspaceId} and s.removed_at is null and s.state = 'active'
      and not s.hears_stream and s.newest_at is not null and s.silent_since is null`.execute(tx.sql)
  const now = services.clock.now().getTime()
  for (const source of rows) {
    const everyMs = (connectorOf(services, source.network)?.capabilities.pollEverySeconds ?? 0) * 1_000
    const days: DaySilence[] = source.days.map(({ day, seconds }) => ({ day: new Date(`${day}T00:00Z`), seconds }))
    const allowed = silenceAllowed(days, everyMs)
    const since = source.newest_at as Date
    if (allowed !== null && now - since.getTime() > allowed) await tellSilence(tx, source.source_id, since)
  }
}

/** A stream is the installation's; that it says nothing concerns each workspace that hears it. */
export async function tellStreamSilences(tx: WorkspaceTransaction, services: Services): Promise<void> {
  const { rows } = await sql<Heard & { last_item_at: Date | null }>`
    select s.source_id, s.network, s.newest_at, s.silent_since, t.last_item_at
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
