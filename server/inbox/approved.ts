import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type Answering, queueApproved } from '../publishing/index.ts'
import { writeAnswers } from './answering.ts'
import { refuseUnwanted } from './contact-wishes.ts'
import { lockConversations } from './conversation.ts'
import { fourEyesRule } from './routing/four-eyes.ts'

/** What publishing has to know of conversations when somebody approves an answer; handed up by server/modules.ts. */
export const answering: Answering = {
  fourEyesRule,
  async isCurrent(tx, conversations) {
    const rows = await lockConversations(
      tx,
      conversations.map(({ conversationId }) => conversationId),
    )
    return conversations.every(
      ({ conversationId, againstVersion }) => rows.get(conversationId)?.version === againstVersion,
    )
  },
  async queue(services, tx, { delivery, written, closes, conversations }) {
    const ids = conversations.map(({ conversationId }) => conversationId)
    const rows = await lockConversations(tx, ids)
    const answered = conversations.flatMap(({ conversationId, againstVersion }) => {
      const row = rows.get(conversationId)
      return row ? [{ row, againstVersion, version: String(BigInt(row.version) + 1n) }] : []
    })
    // A private message that begins a strand answers no post; whether it may was asked when it was written.
    if (delivery.replyToPostId !== null)
      await refuseUnwanted(
        tx,
        answered.map(({ row }) => row),
        delivery.replyToPostId,
      )
    const deliveryId = await queueApproved(services, tx, delivery)
    await writeAnswers(tx, deliveryId, answered, { close: closes, text: written })
    return deliveryId
  },
  giveBack,
}

/** Unless they began something new, or are gone. */
async function giveBack(
  tx: WorkspaceTransaction,
  { memberId, written, attachmentIds, visibility, conversation }: Parameters<Answering['giveBack']>[1],
): Promise<void> {
  await sql`
    insert into draft (workspace_id, conversation_id, member_id, text, against_version, attachments, visibility)
    select ${tx.workspaceId}, ${conversation.conversationId}, m.member_id, ${written}, ${conversation.againstVersion},
      array(select a.attachment_id from attachment a where a.workspace_id = ${tx.workspaceId}
        and a.attachment_id = any(${[...attachmentIds]}::uuid[])), ${visibility}
    from member m where m.workspace_id = ${tx.workspaceId} and m.member_id = ${memberId}
    on conflict do nothing`.execute(tx.sql)
}
