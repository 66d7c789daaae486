import { sql } from 'kysely'
import type { CrisisFigures } from '../../contract/crisis.ts'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { WorkspaceContext } from '../platform/procedures.ts'
import { thawDeliveries } from '../publishing/index.ts'
import { measureCrisis } from './figures.ts'
import { handToGroup } from './group.ts'
import { CRISIS } from './notification-kind.ts'
import { stepsOfPlaybook } from './playbooks.ts'
import { acceptProposal } from './proposals.ts'

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
    figures: row.figures && { ...row.figures, ...withDates(row.figures) },
  }
}

const withDates = ({ peakAt, curve }: CrisisFigures) => ({
  peakAt: peakAt && new Date(peakAt),
  curve: curve.map(({ at, posts }) => ({ at: new Date(at), posts })),
})

/** Its group, and whoever may declare or manage crises. */
async function mayAct(tx: WorkspaceTransaction, teamId: string | null, me: WorkspaceContext['me']): Promise<boolean> {
  if (me.permissions.has('crisis.declare') || me.permissions.has('crisis.manage')) return true
  if (!teamId || !me.memberId) return false
  const { rows } = await sql`select from team_member where workspace_id = ${tx.workspaceId} and team_id = ${teamId}
    and member_id = ${me.memberId}`.execute(tx.sql)
  return rows.length > 0
}

/** The crisis, held, while it goes on; only for those who may act in it. */
export async function lockOpenCrisis(tx: WorkspaceTransaction, crisisId: string, me: WorkspaceContext['me']) {
  const row = await tx.sql
    .selectFrom('crisis')
    .select(['ended_at', 'team_id', 'topic_id', 'steps', 'declared_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('crisis_id', '=', crisisId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('crisis-unknown')
  if (!(await mayAct(tx, row.team_id, me))) throw new Forbidden('crisis-group-only')
  if (row.ended_at) throw new Conflict('crisis-over')
  return row
}

export interface NewCrisis {
  name: string
  topicId: string | null
  proposalId: string | null
  teamId: string | null
  playbookId: string | null
  freezes: { posts: boolean; automatic: boolean; macros: boolean }
}

const memberOf = ({ actor }: WorkspaceTransaction): string | null => (actor.kind === 'member' ? actor.id : null)

export async function declareCrisis(tx: WorkspaceTransaction, input: NewCrisis, now: Date): Promise<string> {
  const crisisId = newId()
  await requirePlaces(tx, input)
  const alarmId = input.proposalId ? await acceptProposal(tx, input.proposalId, now) : null
  const steps = input.playbookId ? await stepsOfPlaybook(tx, input.playbookId) : []
  const { rows } = await sql`
    insert into crisis (workspace_id, crisis_id, name, topic_id, alarm_id, team_id, freezes_posts, freezes_automatic,
      freezes_macros, steps, declared_by, declared_at)
    values (${tx.workspaceId}, ${crisisId}, ${input.name}, ${input.topicId}, ${alarmId}, ${input.teamId},
      ${input.freezes.posts}, ${input.freezes.automatic}, ${input.freezes.macros},
      ${JSON.stringify(steps.map((step) => ({ ...step, doneAt: null, doneById: null })))}::jsonb, ${memberOf(tx)}, ${now})
    on conflict (workspace_id, topic_id) where ended_at is null do nothing returning 1`.execute(tx.sql)
  if (rows.length === 0) throw new Conflict('crisis-open')
  const topic: Record<string, string> = input.topicId ? { topicId: input.topicId } : {}
  tx.record({
    type: 'crisis.declared',
    subjects: { crisisId, ...topic },
    codes: { proposed: input.proposalId !== null },
  })
  if (input.teamId) await handToGroup(tx, { topicId: input.topicId, teamId: input.teamId }, now)
  await tellEverybody(tx, crisisId, 'declared')
  return crisisId
}

async function requirePlaces(tx: WorkspaceTransaction, { topicId, teamId }: NewCrisis): Promise<void> {
  const { rows } = await sql<{ topic: boolean; team: boolean }>`select
    (${topicId}::uuid is null or exists (select from topic where workspace_id = ${tx.workspaceId} and topic_id = ${topicId} and removed_at is null)) as topic,
    (${teamId}::uuid is null or exists (select from team where workspace_id = ${tx.workspaceId} and team_id = ${teamId})) as team`.execute(
    tx.sql,
  )
  const [known] = rows
  if (!known?.topic) throw new NotFound('topic-unknown')
  if (!known.team) throw new NotFound('team-unknown')
}

/** Everybody who reads the workspace: a crisis is nobody's secret, and whoever did not hear of it says the wrong thing. */
async function tellEverybody(tx: WorkspaceTransaction, crisisId: string, news: 'declared' | 'ended'): Promise<void> {
  const members = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'active')
    .execute()
  await notify(
    tx,
    CRISIS,
    members.map(({ member_id }) => ({ memberId: member_id, id: crisisId, news })),
  )
}

export async function tickStep(
  tx: WorkspaceTransaction,
  { crisisId, key, done }: { crisisId: string; key: string; done: boolean },
  me: WorkspaceContext['me'],
  now: Date,
): Promise<void> {
  const steps = (await lockOpenCrisis(tx, crisisId, me)).steps as unknown as DoneStep[]
  const step = steps.find((one) => one.key === key)
  if (!step) throw new NotFound('step-unknown')
  if ((step.doneAt !== null) === done) return
  const ticked = { ...step, doneAt: done ? now.toISOString() : null, doneById: done ? memberOf(tx) : null }
  await tx.sql
    .updateTable('crisis')
    .set({ steps: JSON.stringify(steps.map((one) => (one.key === key ? ticked : one))) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('crisis_id', '=', crisisId)
    .execute()
  tx.record({ type: done ? 'crisis.step-done' : 'crisis.step-open', subjects: { crisisId }, codes: { step: key } })
}

export async function writeEntry(
  tx: WorkspaceTransaction,
  { crisisId, kind, text }: { crisisId: string; kind: 'decision' | 'fact' | 'note'; text: string },
  me: WorkspaceContext['me'],
  now: Date,
): Promise<string> {
  await lockOpenCrisis(tx, crisisId, me)
  const entryId = newId()
  await tx.sql
    .insertInto('crisis_entry')
    .values({
      workspace_id: tx.workspaceId,
      entry_id: entryId,
      crisis_id: crisisId,
      kind,
      text,
      written_by: memberOf(tx),
      written_at: now,
    })
    .execute()
  tx.record({ type: 'crisis.logged', subjects: { crisisId }, codes: { kind } })
  return entryId
}

/** The all-clear: what waited goes on at once, unless another crisis holds it. */
export async function endCrisis(
  tx: WorkspaceTransaction,
  { crisisId, lessons }: { crisisId: string; lessons: string },
  me: WorkspaceContext['me'],
  now: Date,
): Promise<void> {
  const { topic_id, declared_at } = await lockOpenCrisis(tx, crisisId, me)
  const figures = await measureCrisis(tx, { crisisId, topicId: topic_id, from: declared_at, until: now })
  await tx.sql
    .updateTable('crisis')
    .set({ ended_at: now, ended_by: memberOf(tx), lessons, figures: JSON.stringify(figures) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('crisis_id', '=', crisisId)
    .execute()
  await thawDeliveries(tx, null)
  tx.record({ type: 'crisis.ended', subjects: { crisisId } })
  await tellEverybody(tx, crisisId, 'ended')
}
