import { sql } from 'kysely'
import { ROLE_PERMISSIONS, ROLES } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { StoredEvent } from '../platform/event-log.ts'
import { newId } from '../platform/ids.ts'
import { sendSignal } from '../platform/live.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import { MAIL_AFTER_SECONDS, notify } from './notifying.ts'

/** What is read long after it happened, after an update for instance, is no news. */
const NEWS_MS = 24 * 3_600_000
const ROLES_TOLD = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('people.link'))

/**
 * Whoever invited a customer to prove something is told when it is done, or when somebody has to decide. Where nobody did,
 * a question is told to all who may decide it.
 */
export const proofsSubscription = ({ clock }: Services): Subscription => ({
  name: 'inbox.proofs',
  types: ['proof.invitation-proven', 'proof.question-asked', 'proof.question-decided'],
  handle: async (tx, events) => {
    const since = clock.now().getTime() - NEWS_MS
    // One at a time: a proof and a question about one conversation are one notification.
    for (const event of events)
      if (event.type === 'proof.question-decided') await settleQuestions(tx)
      else if (event.at.getTime() > since) await tell(tx, event)
  },
})

async function tell(tx: WorkspaceTransaction, { type, subjects }: StoredEvent): Promise<void> {
  const { member, conversation, proofQuestion } = subjects
  if (typeof member === 'string' && typeof conversation === 'string' && (await isHere(tx, member)))
    await notify(tx, 'proof', [{ memberId: member, conversationId: conversation }])
  else if (type === 'proof.question-asked') await tellOfQuestion(tx, String(proofQuestion))
}

async function isHere(tx: WorkspaceTransaction, memberId: string): Promise<boolean> {
  const found = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return found !== undefined
}

/** All questions are one notification until it is read: customers cannot flood a team. What was decided meanwhile is not told. */
async function tellOfQuestion(tx: WorkspaceTransaction, questionId: string): Promise<void> {
  const { rows: members } = await sql<{ member_id: string }>`
    select m.member_id from member m
    where m.workspace_id = ${tx.workspaceId} and m.state = 'active' and m.role = any(${[...ROLES_TOLD]}::text[])
      and exists (select from proof_question q where q.workspace_id = ${tx.workspaceId}
        and q.proof_question_id = ${questionId} and q.decided_at is null)
    order by m.member_id`.execute(tx.sql)
  if (members.length === 0) return
  const { rows } = await sql<{ member_id: string }>`
    insert into notification as n (workspace_id, notification_id, member_id, kind, proof_question_id, in_app, mail_due_at)
    select ${tx.workspaceId}, g.notification_id, g.member_id, 'question', ${questionId}, coalesce(t.in_app, true),
      case when coalesce(t.by_mail, true) then clock_timestamp() + make_interval(secs => ${MAIL_AFTER_SECONDS}) end
    from unnest(${members.map(newId)}::uuid[], ${members.map((m) => m.member_id)}::uuid[]) as g(notification_id, member_id)
      left join notification_setting t on t.workspace_id = ${tx.workspaceId} and t.member_id = g.member_id
        and t.kind = 'question'
    where coalesce(t.in_app, true) or coalesce(t.by_mail, true)
    on conflict (workspace_id, member_id) where read_at is null and proof_question_id is not null
      do update set times = n.times + 1, at = clock_timestamp(), proof_question_id = excluded.proof_question_id
    returning member_id`.execute(tx.sql)
  await signal(tx, rows)
}

/** Where the last question was decided, nobody has to look any more. */
async function settleQuestions(tx: WorkspaceTransaction): Promise<void> {
  const { rows } = await sql<{ member_id: string }>`
    update notification set read_at = clock_timestamp(), mail_due_at = null
    where workspace_id = ${tx.workspaceId} and proof_question_id is not null and read_at is null
      and not exists (select from proof_question q where q.workspace_id = ${tx.workspaceId} and q.decided_at is null)
    returning member_id`.execute(tx.sql)
  await signal(tx, rows)
}

async function signal(tx: WorkspaceTransaction, rows: { member_id: string }[]): Promise<void> {
  for (const { member_id: memberId } of rows)
    await sendSignal(tx, { kind: 'notification', permission: 'inbox.read', subjects: { memberId } })
}
