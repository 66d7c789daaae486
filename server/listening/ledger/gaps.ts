import { sql } from 'kysely'
import type { HeardBatch } from '../../connectors/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'

/** A source that nobody asked for this long was not heard: the installation stood still. */
const NOT_ASKED_MS_MIN = 10 * 60_000
const NOT_ASKED_POLLS = 3

export type GapCause = 'failing' | 'paused' | 'over-budget' | 'not-asked' | 'stream-cut'

/** From the last success on, once. A source that never heard anything has no gap. */
export async function beginGap(tx: WorkspaceTransaction, sourceId: string, because: GapCause): Promise<void> {
  await sql`
    insert into source_gap (workspace_id, source_id, gap_id, from_at, because)
    select workspace_id, source_id, ${newId()}, last_success_at, ${because} from source
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId} and last_success_at is not null
    on conflict (workspace_id, source_id) where outcome in ('open', 'filling') do nothing`.execute(tx.sql)
}

/** What a poll after a gap says about it. */
export interface AfterGap {
  batch: HeardBatch
  /** Publishing times of what it brought. */
  published: readonly Date[]
  kept: number
  /** Whether the network goes on where we stopped, however long ago that is, or only shows its newest. */
  resumes: boolean
  everyMs: number
  now: Date
}

/** `source` as it was before this success. */
export async function closeGap(
  tx: WorkspaceTransaction,
  source: { source_id: string; last_success_at: Date | null },
  after: AfterGap,
): Promise<void> {
  const { now, everyMs, kept } = after
  const last = source.last_success_at?.getTime()
  if (last !== undefined && now.getTime() - last > Math.max(NOT_ASKED_MS_MIN, NOT_ASKED_POLLS * everyMs))
    await beginGap(tx, source.source_id, 'not-asked')
  const { rows } = await sql<{ gap_id: string; from_at: Date }>`
    select gap_id, from_at from source_gap where workspace_id = ${tx.workspaceId} and source_id = ${source.source_id}
      and outcome in ('open', 'filling') for update`.execute(tx.sql)
  const [gap] = rows
  if (!gap) return
  const outcome = after.batch.more ? 'filling' : outcomeOf(gap.from_at, after)
  await sql`
    update source_gap set outcome = ${outcome}, until_at = coalesce(until_at, ${now}), kept = kept + ${kept}
    where workspace_id = ${tx.workspaceId} and source_id = ${source.source_id} and gap_id = ${gap.gap_id}`.execute(
    tx.sql,
  )
}

/** A list of the newest fills the gap when it reaches back beyond it, or when nothing in it is new. */
function outcomeOf(from: Date, { resumes, published }: AfterGap): 'filled' | 'unsure' {
  if (resumes || published.length === 0) return 'filled'
  return published.some((at) => at <= from) ? 'filled' : 'unsure'
}

/** Told by the network itself: what lies between can no longer be heard. */
export async function noteLostGap(
  tx: WorkspaceTransaction,
  sourceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<void> {
  await sql`
    insert into source_gap (workspace_id, source_id, gap_id, from_at, until_at, because, outcome)
    values (${tx.workspaceId}, ${sourceId}, ${newId()}, ${from}, ${until}, 'stream-cut', 'lost')`.execute(tx.sql)
  tx.record({ type: 'source.gap', subjects: { source: sourceId } })
}
