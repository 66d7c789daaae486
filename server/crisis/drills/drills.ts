import { type RawBuilder, sql } from 'kysely'
import type { DRILL_FAILURES, ScoreCard, StormName, StormSize } from '../../../contract/crisis-drills.ts'
import { STORM_SIZES } from '../../../contract/crisis-drills.ts'
import { readWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'

const DRILLS_MAX = 100

interface DrillRow {
  drill_id: string
  storm: StormName
  size: StormSize
  minutes: number
  languages: ('en' | 'de' | 'nl')[]
  state: 'preparing' | 'running' | 'ending' | 'over' | 'failed'
  created_at: Date
  begun_at: Date | null
  ended_at: Date | null
  told: number
  planned: number
  slug: string | null
  kept_until: Date | null
  failure: (typeof DRILL_FAILURES)[number] | null
  lessons: string
  card: ScoreCard | null
}

const readDrills = async (tx: WorkspaceTransaction, where: RawBuilder<unknown>, limit: number): Promise<DrillRow[]> =>
  (
    await sql<DrillRow>`
      select d.*, s.slug from drill d left join system.workspace s on s.id = d.sandbox_id
      where d.workspace_id = ${tx.workspaceId} and ${where} order by d.created_at desc, d.drill_id desc
      limit ${limit}`.execute(tx.sql)
  ).rows

const present = (row: DrillRow) => ({
  drillId: row.drill_id,
  storm: row.storm,
  size: row.size,
  minutes: row.minutes,
  languages: row.languages,
  state: row.state,
  createdAt: row.created_at,
  begunAt: row.begun_at,
  endedAt: row.ended_at,
  told: row.told,
  planned: row.planned,
  sandboxSlug: row.begun_at === null ? null : row.slug,
  keptUntil: row.kept_until,
  failure: row.failure,
  lessons: row.lessons,
  card: row.card,
})

export async function listDrills(tx: WorkspaceTransaction) {
  const { mode, kind } = await readWorkspace(tx)
  const rows = await readDrills(tx, sql`true`, DRILLS_MAX)
  return { items: rows.map(present), possible: mode === 'live' && kind !== 'listen-only' }
}

/** With the drill before it that played the same storm, to compare with. */
export async function getDrill(tx: WorkspaceTransaction, drillId: string) {
  const [row] = await readDrills(tx, sql`d.drill_id = ${drillId}`, 1)
  if (!row) throw new NotFound('drill-unknown')
  const [before] = await readDrills(
    tx,
    sql`d.storm = ${row.storm} and d.card is not null and d.created_at < ${row.created_at}`,
    1,
  )
  return { ...present(row), before: before ? present(before) : null }
}

export interface NewDrill {
  storm: StormName
  size: StormSize
  minutes: number
  languages: string[]
  memberIds: string[]
  keepDays: number
}

/** Only asked for here: a worker makes the sandbox and plays. */
export async function beginDrill(tx: WorkspaceTransaction, input: NewDrill, now: Date): Promise<string> {
  const { mode, kind } = await readWorkspace(tx)
  if (mode === 'drill' || kind === 'listen-only') throw new Invalid('drill-impossible')
  const memberIds = [...new Set(input.memberIds)]
  const { rows: members } = await sql`select from member where workspace_id = ${tx.workspaceId} and state = 'active'
    and member_id = any(${memberIds}::uuid[])`.execute(tx.sql)
  if (members.length < memberIds.length) throw new NotFound('member-unknown')
  const drillId = newId()
  const { rows } = await sql`
    insert into drill (workspace_id, drill_id, storm, size, minutes, languages, state, member_ids, planned, created_by,
      created_at, keep_days)
    values (${tx.workspaceId}, ${drillId}, ${input.storm}, ${input.size}, ${input.minutes}, ${[...new Set(input.languages)]},
      'preparing', ${memberIds}::uuid[], ${STORM_SIZES[input.size]}, ${tx.actor.id}, ${now}, ${input.keepDays})
    on conflict (workspace_id) where state in ('preparing', 'running', 'ending') do nothing returning 1`.execute(tx.sql)
  if (rows.length === 0) throw new Conflict('drill-running')
  tx.record({ type: 'drill.begun', subjects: { drillId }, codes: { storm: input.storm, size: input.size } })
  return drillId
}

export async function endDrill(tx: WorkspaceTransaction, drillId: string): Promise<void> {
  const { rows } = await sql`update drill set state = 'ending' where workspace_id = ${tx.workspaceId}
    and drill_id = ${drillId} and state in ('preparing', 'running') returning 1`.execute(tx.sql)
  if (rows.length === 0) await getDrill(tx, drillId)
}

export async function writeLessons(tx: WorkspaceTransaction, drillId: string, lessons: string): Promise<void> {
  const { numUpdatedRows } = await tx.sql
    .updateTable('drill')
    .set({ lessons })
    .where('workspace_id', '=', tx.workspaceId)
    .where('drill_id', '=', drillId)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotFound('drill-unknown')
}

/** Null: not made yet, or removed. */
export async function sandboxOf(tx: WorkspaceTransaction, drillId: string): Promise<string | null> {
  const row = await tx.sql
    .selectFrom('drill')
    .select('sandbox_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('drill_id', '=', drillId)
    .executeTakeFirst()
  if (!row) throw new NotFound('drill-unknown')
  return row.sandbox_id
}

export async function requireOver(tx: WorkspaceTransaction, drillId: string): Promise<void> {
  const { state } = await getDrill(tx, drillId)
  if (state !== 'over' && state !== 'failed') throw new Conflict('drill-running')
}
