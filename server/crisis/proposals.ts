import { sql } from 'kysely'
import { membersWho } from '../accounts/index.ts'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import { CRISIS_PROPOSED } from './notification-kind.ts'

const PROPOSALS_MAX = 50

/** An alarm as strong as a crisis proposes one; whoever may declare is asked. Ended alarms propose nothing any more. */
export const alarmsSubscription = (services: Services): Subscription => ({
  name: 'crisis.alarms',
  types: ['alarm.raised', 'alarm.grew', 'alarm.ended'],
  handle: async (tx, events) => {
    const now = services.clock.now()
    for (const { type, subjects, codes } of events) {
      const alarmId = String(subjects.alarm)
      if (type === 'alarm.ended') await withdraw(tx, alarmId, now)
      else if (codes.strength === 'crisis') await propose(tx, alarmId, String(subjects.topic), now)
    }
  },
})

async function propose(tx: WorkspaceTransaction, alarmId: string, topicId: string, now: Date): Promise<void> {
  const { rows } = await sql`
    insert into crisis_proposal (workspace_id, alarm_id, topic_id, proposed_at)
    select ${tx.workspaceId}, a.alarm_id, ${topicId}, ${now} from alarm a
    where a.workspace_id = ${tx.workspaceId} and a.alarm_id = ${alarmId} and a.ended_at is null
      and not exists (select from crisis c where c.workspace_id = a.workspace_id and c.ended_at is null
        and (c.topic_id is null or c.topic_id = ${topicId}))
    on conflict do nothing returning 1`.execute(tx.sql)
  if (rows.length === 0) return
  const told = await membersWho(tx, 'crisis.declare')
  await notify(
    tx,
    CRISIS_PROPOSED,
    told.map((memberId) => ({ memberId, id: alarmId })),
  )
}

export async function listProposals(tx: WorkspaceTransaction) {
  const { rows } = await sql<{
    alarm_id: string
    topic_id: string
    name: string
    posts: number
    expected: number
    proposed_at: Date
  }>`
    select p.alarm_id, p.topic_id, t.name, a.posts, a.expected, p.proposed_at
    from crisis_proposal p join alarm a on a.workspace_id = p.workspace_id and a.alarm_id = p.alarm_id
      join topic t on t.workspace_id = p.workspace_id and t.topic_id = p.topic_id
    where p.workspace_id = ${tx.workspaceId} and p.state = 'open' order by p.proposed_at desc
    limit ${PROPOSALS_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    alarmId: row.alarm_id,
    topicId: row.topic_id,
    topicName: row.name,
    posts: row.posts,
    expected: row.expected,
    proposedAt: row.proposed_at,
  }))
}

/** Declared from it, or by hand while it waited. */
export const acceptProposal = (tx: WorkspaceTransaction, alarmId: string, now: Date): Promise<boolean> =>
  settleProposal(tx, alarmId, { state: 'declared', reason: '' }, now)

export async function dismissProposal(
  tx: WorkspaceTransaction,
  { alarmId, reason }: { alarmId: string; reason: string },
  now: Date,
): Promise<void> {
  const settled = await settleProposal(tx, alarmId, { state: 'dismissed', reason }, now)
  if (settled) return tx.record({ type: 'crisis.dismissed', subjects: { alarm: alarmId } })
  const known = await tx.sql
    .selectFrom('crisis_proposal')
    .select('state')
    .where('workspace_id', '=', tx.workspaceId)
    .where('alarm_id', '=', alarmId)
    .executeTakeFirst()
  if (!known) throw new NotFound('proposal-unknown')
  throw new Conflict('proposal-settled', { state: known.state })
}

const withdraw = (tx: WorkspaceTransaction, alarmId: string, now: Date): Promise<boolean> =>
  settleProposal(tx, alarmId, { state: 'ended', reason: '' }, now)

async function settleProposal(
  tx: WorkspaceTransaction,
  alarmId: string,
  { state, reason }: { state: 'declared' | 'dismissed' | 'ended'; reason: string },
  now: Date,
): Promise<boolean> {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const { numUpdatedRows } = await tx.sql
    .updateTable('crisis_proposal')
    .set({ state, reason, settled_by: by, settled_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('alarm_id', '=', alarmId)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
