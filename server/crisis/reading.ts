import { sql } from 'kysely'
import type { CrisisFigures } from '../../contract/crisis.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import type { WorkspaceContext } from '../platform/procedures.ts'

const CRISES_MAX = 200
const ENTRIES_MAX = 2_000

export interface DoneStep {
  key: string
  text: string
  who: string
  /** ISO time; null: still to be done. */
  doneAt: string | null
  doneById: string | null
}

interface CrisisRow {
  crisis_id: string
  name: string
  topic_id: string | null
  topic_name: string | null
  team_id: string | null
  team_name: string | null
  freezes_posts: boolean
  freezes_automatic: boolean
  freezes_macros: boolean
  steps: DoneStep[]
  declared_at: Date
  declared_by_name: string | null
  ended_at: Date | null
  ended_by_name: string | null
  lessons: string
  figures: CrisisFigures | null
}

const readCrises = async (tx: WorkspaceTransaction, crisisId: string | null): Promise<CrisisRow[]> =>
  (
    await sql<CrisisRow>`
      select c.*, t.name as topic_name, g.name as team_name, m.name as declared_by_name, e.name as ended_by_name
      from crisis c left join topic t on t.workspace_id = c.workspace_id and t.topic_id = c.topic_id
        left join team g on g.workspace_id = c.workspace_id and g.team_id = c.team_id
        left join member m on m.workspace_id = c.workspace_id and m.member_id = c.declared_by
        left join member e on e.workspace_id = c.workspace_id and e.member_id = c.ended_by
      where c.workspace_id = ${tx.workspaceId} and (${crisisId}::uuid is null or c.crisis_id = ${crisisId}::uuid)
      order by c.ended_at is not null, c.declared_at desc limit ${CRISES_MAX}`.execute(tx.sql)
  ).rows

const summaryOf = (row: CrisisRow) => ({
  crisisId: row.crisis_id,
  name: row.name,
  topicId: row.topic_id,
  topicName: row.topic_name,
  teamId: row.team_id,
  teamName: row.team_name,
  freezes: { posts: row.freezes_posts, automatic: row.freezes_automatic, macros: row.freezes_macros },
  declaredAt: row.declared_at,
  declaredByName: row.declared_by_name,
  endedAt: row.ended_at,
  stepsDone: row.steps.filter(({ doneAt }) => doneAt !== null).length,
  stepCount: row.steps.length,
})

export const listCrises = async (tx: WorkspaceTransaction) => (await readCrises(tx, null)).map(summaryOf)

/** What every screen asks. Served by crisis_open. */
export async function openCrises(tx: WorkspaceTransaction) {
  const { rows } = await sql<{ crisis_id: string; name: string; topic_name: string | null }>`
    select c.crisis_id, c.name, t.name as topic_name
    from crisis c left join topic t on t.workspace_id = c.workspace_id and t.topic_id = c.topic_id
    where c.workspace_id = ${tx.workspaceId} and c.ended_at is null order by c.declared_at`.execute(tx.sql)
  return rows.map((row) => ({ crisisId: row.crisis_id, name: row.name, topicName: row.topic_name }))
}

export async function getCrisis(tx: WorkspaceTransaction, crisisId: string, me: WorkspaceContext['me']) {
  const [row] = await readCrises(tx, crisisId)
  if (!row) throw new NotFound('crisis-unknown')
  const { rows: entries } = await sql<{
    entry_id: string
    kind: 'decision' | 'fact' | 'note'
    text: string
    name: string | null
    written_at: Date
  }>`
    select e.entry_id, e.kind, e.text, m.name, e.written_at
    from crisis_entry e left join member m on m.workspace_id = e.workspace_id and m.member_id = e.written_by
    where e.workspace_id = ${tx.workspaceId} and e.crisis_id = ${crisisId}
    order by e.written_at, e.entry_id limit ${ENTRIES_MAX}`.execute(tx.sql)
  const figuresClosed = tx.actor.reach?.hides.inbox ?? false
  return {
    ...summaryOf(row),
    steps: row.steps.map(({ doneAt, ...step }) => ({ ...step, doneAt: doneAt === null ? null : new Date(doneAt) })),
    entries: entries.map((entry) => ({
      entryId: entry.entry_id,
      kind: entry.kind,
      text: entry.text,
      memberName: entry.name,
      writtenAt: entry.written_at,
    })),
    mayAct: await mayAct(tx, row.team_id, me),
    endedByName: row.ended_by_name,
    lessons: row.lessons,
    // They are counted over all sources, and tell of those as well that are closed to whoever reads.
    figures: figuresClosed || !row.figures ? null : { ...row.figures, ...withDates(row.figures) },
    figuresClosed,
  }
}

const withDates = ({ peakAt, curve }: CrisisFigures) => ({
  peakAt: peakAt && new Date(peakAt),
  curve: curve.map(({ at, posts }) => ({ at: new Date(at), posts })),
})

/** Its group, and whoever may declare or manage crises. */
export async function mayAct(
  tx: WorkspaceTransaction,
  teamId: string | null,
  me: WorkspaceContext['me'],
): Promise<boolean> {
  if (me.permissions.has('crisis.declare') || me.permissions.has('crisis.manage')) return true
  if (!teamId || !me.memberId) return false
  const { rows } = await sql`select from team_member where workspace_id = ${tx.workspaceId} and team_id = ${teamId}
    and member_id = ${me.memberId}`.execute(tx.sql)
  return rows.length > 0
}
