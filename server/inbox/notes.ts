import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { requireConversation } from './conversation.ts'
import { memberOf } from './drafts.ts'
import { MENTION } from './notification-kinds.ts'

/** Notes are for colleagues and never leave the house; who is mentioned is told. */
export async function addNote(
  tx: WorkspaceTransaction,
  note: { conversationId: string; text: string; mentions: string[] },
): Promise<string> {
  const memberId = memberOf(tx)
  await requireConversation(tx, note.conversationId)
  const mentions = [...new Set(note.mentions)]
  await requireMembers(tx, mentions)
  const noteId = newId()
  await tx.sql
    .insertInto('note')
    .values({
      workspace_id: tx.workspaceId,
      note_id: noteId,
      conversation_id: note.conversationId,
      member_id: memberId,
      text: note.text,
      mentions,
    })
    .execute()
  tx.record({
    type: 'note.added',
    subjects: { conversationId: note.conversationId, noteId, mentions },
    codes: { mentions: mentions.length },
  })
  await notify(
    tx,
    MENTION,
    mentions.map((mentioned) => ({ memberId: mentioned, id: note.conversationId })),
  )
  return noteId
}

export async function editNote(tx: WorkspaceTransaction, noteId: string, text: string, at: Date): Promise<void> {
  await changeOwnNote(tx, noteId, { text, edited_at: at }, 'note.edited')
}

/** The text goes; that a note was there stays in the trail. */
export async function removeNote(tx: WorkspaceTransaction, noteId: string, at: Date): Promise<void> {
  await changeOwnNote(tx, noteId, { text: '', mentions: [], deleted_at: at }, 'note.removed')
}

async function changeOwnNote(
  tx: WorkspaceTransaction,
  noteId: string,
  change: { text: string; mentions?: string[]; edited_at?: Date; deleted_at?: Date },
  type: string,
): Promise<void> {
  const memberId = memberOf(tx)
  const row = await tx.sql
    .selectFrom('note')
    .select(['conversation_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('note_id', '=', noteId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('note-unknown')
  if (row.member_id !== memberId) throw new Forbidden('note-of-another')
  await tx.sql
    .updateTable('note')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('note_id', '=', noteId)
    .execute()
  tx.record({ type, subjects: { conversationId: row.conversation_id, noteId } })
}

export async function requireMembers(tx: WorkspaceTransaction, memberIds: string[]): Promise<void> {
  if (memberIds.length === 0) return
  const known = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', 'in', memberIds)
    .where('state', '=', 'active')
    .execute()
  if (known.length < memberIds.length) throw new Invalid('member-unknown')
}
