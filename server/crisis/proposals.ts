import { type RawBuilder, sql } from 'kysely'
import { membersWho } from '../accounts/index.ts'
import type { CrisisProposal } from '../inbox/index.ts'
import { notify, settle } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import { CRISIS_PROPOSED } from './notification-kind.ts'

const PROPOSALS_MAX = 50
/** A rule that was told "no crisis" is set off by the next post again: so long it does not ask. */
const RULE_RESTS_HOURS = 12

/** An alarm as strong as a crisis proposes one; whoever may declare is asked. Ended alarms propose nothing any more. */
export const alarmsSubscription = (services: Services): Subscription => ({
  name: 'crisis.alarms',
  types: ['alarm.raised', 'alarm.grew', 'alarm.ended'],
  handle: async (tx, events) => {
    const now = services.clock.now()
    for (const { type, subjects, codes } of events) {
      const alarmId = String(subjects.alarm)
      if (type === 'alarm.ended') await withdraw(tx, alarmId, now)
      else if (codes.strength === 'crisis') await proposeByAlarm(tx, alarmId, String(subjects.topic), now)
    }
  },
})

const proposeByAlarm = (tx: WorkspaceTransaction, alarmId: string, topicId: string, now: Date): Promise<boolean> =>
  propose(
    tx,
    topicId,
    sql`select ${alarmId}::uuid, null::uuid, null::uuid, ${now}::timestamptz from alarm a
      where a.workspace_id = ${tx.workspaceId} and a.alarm_id = ${alarmId} and a.ended_at is null`,
  )

/** A routing rule asks; the database's clock says when. False: it lies before somebody already, or they said no. */
export const proposeCrisis = (
  tx: WorkspaceTransaction,
  { conversationId, ruleId, topicIds }: CrisisProposal,
): Promise<boolean> =>
  propose(
    tx,
    topicIds[0] ?? null,
    sql`select null::uuid, ${conversationId}::uuid, ${ruleId}::uuid, now()
      where not exists (select from crisis_proposal p where p.workspace_id = ${tx.workspaceId} and p.rule_id = ${ruleId}
        and p.state = 'dismissed' and p.settled_at > now() - make_interval(hours => ${RULE_RESTS_HOURS}))`,
  )

/** `because` gives alarm, conversation, rule and time, or nothing. Where a crisis goes on already nothing is proposed. */
async function propose(
  tx: WorkspaceTransaction,
  topicId: string | null,
  because: RawBuilder<unknown>,
): Promise<boolean> {
  const { rows } = await sql<{ proposal_id: string }>`
    insert into crisis_proposal (workspace_id, proposal_id, topic_id, alarm_id, conversation_id, rule_id, proposed_at)
    select ${tx.workspaceId}, ${newId()}, ${topicId}::uuid, b.* from (${because}) b
    where not exists (select from crisis c where c.workspace_id = ${tx.workspaceId} and c.ended_at is null
      and (c.topic_id is null or c.topic_id = ${topicId}::uuid))
    on conflict do nothing returning proposal_id`.execute(tx.sql)
  const [row] = rows
  if (!row) return false
  const told = await membersWho(tx, 'crisis.declare')
  await notify(
    tx,
    CRISIS_PROPOSED,
    told.map((memberId) => ({ memberId, id: row.proposal_id })),
  )
  return true
}

export async function listProposals(tx: WorkspaceTransaction) {
  const { rows } = await sql<{
    proposal_id: string
    alarm_id: string | null
    conversation_id: string | null
    topic_id: string | null
    name: string | null
    posts: number | null
    expected: number | null
    proposed_at: Date
  }>`
    select p.proposal_id, p.alarm_id, p.conversation_id, p.topic_id, t.name, a.posts, a.expected, p.proposed_at
    from crisis_proposal p left join alarm a on a.workspace_id = p.workspace_id and a.alarm_id = p.alarm_id
      left join topic t on t.workspace_id = p.workspace_id and t.topic_id = p.topic_id
    where p.workspace_id = ${tx.workspaceId} and p.state = 'open' order by p.proposed_at desc
    limit ${PROPOSALS_MAX}`.execute(tx.sql)
  return rows.map((row) => ({
    proposalId: row.proposal_id,
    alarmId: row.alarm_id,
    conversationId: row.conversation_id,
    topicId: row.topic_id,
    topicName: row.name,
    posts: row.posts,
    expected: row.expected,
    proposedAt: row.proposed_at,
  }))
}

/** The alarm that proposed it, if one did. Throws where somebody decided already. */
export async function acceptProposal(tx: WorkspaceTransaction, proposalId: string, now: Date): Promise<string | null> {
  const [settled] = await settleWhere(tx, sql`proposal_id = ${proposalId}`, { state: 'declared', reason: '' }, now)
  if (settled) return settled.alarm_id
  throw await refusal(tx, proposalId)
}

/** Whatever looked like the crisis that somebody declares is answered by it. Returns the alarms among it. */
export async function acceptProposalsAbout(
  tx: WorkspaceTransaction,
  topicId: string | null,
  now: Date,
): Promise<string[]> {
  const about = topicId === null ? sql`true` : sql`topic_id = ${topicId}`
  const settled = await settleWhere(tx, about, { state: 'declared', reason: '' }, now)
  return settled.flatMap(({ alarm_id }) => alarm_id ?? [])
}

export async function dismissProposal(
  tx: WorkspaceTransaction,
  { proposalId, reason }: { proposalId: string; reason: string },
  now: Date,
): Promise<void> {
  const [settled] = await settleWhere(tx, sql`proposal_id = ${proposalId}`, { state: 'dismissed', reason }, now)
  if (!settled) throw await refusal(tx, proposalId)
  const subjects = { alarm: settled.alarm_id, conversationId: settled.conversation_id }
  tx.record({
    type: 'crisis.dismissed',
    subjects: Object.fromEntries(Object.entries(subjects).filter(([, id]) => id !== null)) as Record<string, string>,
  })
}

async function refusal(tx: WorkspaceTransaction, proposalId: string): Promise<NotFound | Conflict> {
  const known = await tx.sql
    .selectFrom('crisis_proposal')
    .select('state')
    .where('workspace_id', '=', tx.workspaceId)
    .where('proposal_id', '=', proposalId)
    .executeTakeFirst()
  return known ? new Conflict('proposal-settled', { state: known.state }) : new NotFound('proposal-unknown')
}

const withdraw = (tx: WorkspaceTransaction, alarmId: string, now: Date) =>
  settleWhere(tx, sql`alarm_id = ${alarmId}`, { state: 'ended', reason: '' }, now)

/** Whoever was asked needs to look no more. */
async function settleWhere(
  tx: WorkspaceTransaction,
  which: RawBuilder<unknown>,
  { state, reason }: { state: 'declared' | 'dismissed' | 'ended'; reason: string },
  now: Date,
) {
  const by = tx.actor.kind === 'member' ? tx.actor.id : null
  const { rows } = await sql<{ proposal_id: string; alarm_id: string | null; conversation_id: string | null }>`
    update crisis_proposal set state = ${state}, reason = ${reason}, settled_by = ${by}, settled_at = ${now}
    where workspace_id = ${tx.workspaceId} and ${which} and state = 'open'
    returning proposal_id, alarm_id, conversation_id`.execute(tx.sql)
  await settle(
    tx,
    CRISIS_PROPOSED,
    rows.map((row) => row.proposal_id),
  )
  return rows
}
