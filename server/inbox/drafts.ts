import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden } from '../platform/errors.ts'
import { type ConversationRow, requireConversation } from './conversation.ts'

export interface NewDraft {
  conversationId: string
  text: string
  againstVersion: string
  attachmentIds: string[]
}

export function memberOf({ actor }: WorkspaceTransaction): string {
  if (actor.kind === 'member' && actor.id) return actor.id
  throw new Forbidden('members-only')
}

/** Kept on the server, so that a closed browser loses nothing. An empty one is none. */
export async function saveDraft(
  tx: WorkspaceTransaction,
  draft: NewDraft,
  savedAt: Date,
): Promise<{ savedAt: Date; stale: boolean }> {
  const memberId = memberOf(tx)
  const conversation = await requireConversation(tx, draft.conversationId)
  const stale = conversation.version !== draft.againstVersion
  if (draft.text.trim() === '' && draft.attachmentIds.length === 0) {
    await discardDraft(tx, draft.conversationId)
    return { savedAt, stale }
  }
  const written = {
    text: draft.text,
    against_version: draft.againstVersion,
    attachments: draft.attachmentIds,
    saved_at: savedAt,
  }
  await tx.sql
    .insertInto('draft')
    .values({
      workspace_id: tx.workspaceId,
      conversation_id: draft.conversationId,
      member_id: memberId,
      ...written,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'conversation_id', 'member_id']).doUpdateSet(written))
    .execute()
  return { savedAt, stale }
}

export async function discardDraft(tx: WorkspaceTransaction, conversationId: string): Promise<boolean> {
  const gone = await tx.sql
    .deleteFrom('draft')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('member_id', '=', memberOf(tx))
    .returning('conversation_id')
    .executeTakeFirst()
  return gone !== undefined
}

/** One's own; bots keep none here. */
export async function readDraft(tx: WorkspaceTransaction, conversation: ConversationRow) {
  const { actor } = tx
  if (actor.kind !== 'member' || !actor.id) return null
  const row = await tx.sql
    .selectFrom('draft')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversation.conversation_id)
    .where('member_id', '=', actor.id)
    .executeTakeFirst()
  if (!row) return null
  return {
    text: row.text,
    againstVersion: row.against_version,
    attachmentIds: row.attachments,
    savedAt: row.saved_at,
    stale: row.against_version !== conversation.version,
  }
}
