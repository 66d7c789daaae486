import { sql } from 'kysely'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, NotFound } from '../platform/errors.ts'
import { withEverythingOpen } from '../platform/everything-open.ts'
import { newId } from '../platform/ids.ts'
import type { WorkspaceContext } from '../platform/procedures.ts'
import { thawDeliveries } from '../publishing/index.ts'
import { measureCrisis } from './figures.ts'
import { handToGroup } from './group.ts'
import { CRISIS } from './notification-kind.ts'
import { stepsOfPlaybook } from './playbooks.ts'
import { acceptProposal, acceptProposalsAbout } from './proposals.ts'
import { type DoneStep, mayAct } from './reading.ts'

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
  const accepted = input.proposalId ? await acceptProposal(tx, input.proposalId, now) : null
  const [answered = null] = await acceptProposalsAbout(tx, input.topicId, now)
  const alarmId = accepted ?? answered
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

/**
 * The all-clear: what waited goes on at once, unless another crisis holds it. The report and what was held back are the
 * workspace's: sources that are closed to whoever gives it count too.
 */
export async function endCrisis(
  tx: WorkspaceTransaction,
  { crisisId, lessons }: { crisisId: string; lessons: string },
  me: WorkspaceContext['me'],
  now: Date,
): Promise<void> {
  const { topic_id, declared_at } = await lockOpenCrisis(tx, crisisId, me)
  const figures = await withEverythingOpen(tx, async (whole) => {
    const measured = await measureCrisis(whole, { crisisId, topicId: topic_id, from: declared_at, until: now })
    await thawDeliveries(whole, null)
    return measured
  })
  await tx.sql
    .updateTable('crisis')
    .set({ ended_at: now, ended_by: memberOf(tx), lessons, figures: JSON.stringify(figures) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('crisis_id', '=', crisisId)
    .execute()
  tx.record({ type: 'crisis.ended', subjects: { crisisId } })
  await tellEverybody(tx, crisisId, 'ended')
}
