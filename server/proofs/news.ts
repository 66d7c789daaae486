import { sql } from 'kysely'
import { membersWho } from '../accounts/index.ts'
import { notify, settle } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { StoredEvent } from '../platform/event-log.ts'
import type { NotificationKind, NotificationSubject } from '../platform/notification-kind.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'

/** What is read long after it happened, after an update for instance, is no news. */
const NEWS_MS = 24 * 3_600_000

export const questionSubject: NotificationSubject = {
  subject: 'proof-question',
  path: () => 'people/proofs',
  read: async (_tx, ids) => new Map(ids.map((id) => [id, { name: null, content: null }])),
}

export const PROVEN: NotificationKind = {
  kind: 'proof',
  permission: 'inbox.read',
  about: 'conversation',
  sentences: {
    en: {
      one: 'A customer whom you invited has proven who they are, or a question about it came up',
      many: (count) => `${count} customers whom you invited have proven who they are, or questions about it came up`,
    },
    de: {
      one: 'Eine Kundin oder ein Kunde hat auf Ihre Einladung hin gezeigt, wer sie oder er ist, oder es gibt dazu eine Frage',
      many: (count) => `${count} Eingeladene haben gezeigt, wer sie sind, oder es gibt dazu Fragen`,
    },
    nl: {
      one: 'Een klant die je uitnodigde heeft laten zien wie die is, of er is een vraag over',
      many: (count) => `${count} klanten die je uitnodigde hebben laten zien wie ze zijn, of er zijn vragen over`,
    },
  },
}

/** All questions are one notification until it is read: customers cannot flood a team. */
export const QUESTION: NotificationKind = {
  kind: 'question',
  permission: 'people.link',
  about: 'proof-question',
  gathered: true,
  sentences: {
    en: {
      one: 'A customer proved something that somebody has to decide on',
      many: (count) => `${count} proofs wait for somebody to decide`,
    },
    de: {
      one: 'Ein Nachweis passt nicht zum Bekannten und wartet auf eine Entscheidung',
      many: (count) => `${count} Nachweise warten auf eine Entscheidung`,
    },
    nl: {
      one: 'Een klant bewees iets waarover iemand moet beslissen',
      many: (count) => `${count} bewijzen wachten op een beslissing`,
    },
  },
}

/**
 * Whoever invited a customer to prove something is told when it is done, or when somebody has to decide. Where nobody did,
 * a question is told to all who may decide it.
 */
export const proofsSubscription = ({ clock }: Services): Subscription => ({
  name: 'proofs.news',
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
    await notify(tx, PROVEN, [{ memberId: member, id: conversation }])
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

/** What was decided meanwhile is not told. */
async function tellOfQuestion(tx: WorkspaceTransaction, questionId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select proof_question_id as id from proof_question where workspace_id = ${tx.workspaceId}
      and proof_question_id = ${questionId} and decided_at is null`.execute(tx.sql)
  if (rows.length === 0) return
  const members = await membersWho(tx, 'people.link')
  await notify(
    tx,
    QUESTION,
    members.map((memberId) => ({ memberId, id: questionId })),
  )
}

/** Where the last question was decided, nobody has to look any more. */
async function settleQuestions(tx: WorkspaceTransaction): Promise<void> {
  const open = await tx.sql
    .selectFrom('proof_question')
    .select('proof_question_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('decided_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (!open) await settle(tx, QUESTION, [])
}
