import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { invitedAuthor } from './invited.ts'

export type QuestionReason = 'objection' | 'two-customer-numbers' | 'proved-by-another' | 'sender-unproven'

export interface NewQuestion {
  proofId: string
  authorId: string
  personId: string | null
  otherPersonId: string | null
  because: QuestionReason
  proofInvitationId: string | null
  now: Date
}

/** Puts before staff what a proof alone must not do. Asked twice, it is one question. */
export async function ask(tx: WorkspaceTransaction, question: NewQuestion): Promise<void> {
  const { proofId, authorId, personId, otherPersonId, because, proofInvitationId, now } = question
  const questionId = newId()
  const asked = await tx.sql
    .insertInto('proof_question')
    .values({
      workspace_id: tx.workspaceId,
      proof_question_id: questionId,
      proof_id: proofId,
      author_id: authorId,
      person_id: personId,
      other_person_id: otherPersonId,
      because,
      proof_invitation_id: proofInvitationId,
      asked_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('proof_question_id')
    .executeTakeFirst()
  if (!asked) return
  const invited = await invitedAuthor(tx, proofInvitationId)
  tx.record({
    type: 'proof.question-asked',
    subjects: {
      proofQuestion: questionId,
      author: authorId,
      ...(personId ? { person: personId } : {}),
      ...(otherPersonId ? { otherPerson: otherPersonId } : {}),
      ...(invited ? { conversation: invited.conversationId, member: invited.invitedBy } : {}),
    },
    codes: { because },
  })
}
