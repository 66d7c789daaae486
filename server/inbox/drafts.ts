import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden } from '../platform/errors.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { forgetAttachments } from '../publishing/index.ts'
import { type ConversationRow, requireConversation } from './conversation.ts'

const UNUSED_DAYS = 7

export interface NewDraft {
  conversationId: string
  text: string
  againstVersion: string
  attachmentIds: string[]
  strand: 'public' | 'private'
  /** Whose text it began with. */
  macroId: string | null
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
    visibility: draft.strand,
    macro_id: await knownMacro(tx, draft.macroId),
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

/** One that was removed meanwhile is held back by nothing. */
async function knownMacro(tx: WorkspaceTransaction, macroId: string | null): Promise<string | null> {
  if (macroId === null) return null
  const row = await tx.sql
    .selectFrom('macro')
    .select('macro_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('macro_id', '=', macroId)
    .executeTakeFirst()
  return row?.macro_id ?? null
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

/** Uploaded long ago, and in no answer and no draft: nobody will send it any more. Over all workspaces, from the clock. */
export async function forgetUnusedAttachments(services: Services, workspaceIds: string[]): Promise<void> {
  const before = new Date(services.clock.now().getTime() - UNUSED_DAYS * 86_400_000)
  for (const workspaceId of workspaceIds)
    await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select distinct unnest(attachments) as id from draft where workspace_id = ${workspaceId}`.execute(tx.sql)
      await forgetAttachments(
        services,
        tx,
        before,
        rows.map((row) => row.id),
      )
    })
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
    strand: row.visibility,
    macroId: row.macro_id,
    stale: row.against_version !== conversation.version,
  }
}
