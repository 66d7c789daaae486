import { mayContact } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict } from '../platform/errors.ts'
import type { ConversationRow } from './conversation.ts'

/**
 * Whoever does not want to be contacted is answered while their conversation is open, and not written to afterwards. The
 * post that is answered may be somebody else's of the thread: who wrote it decides as well.
 */
export async function refuseUnwanted(
  tx: WorkspaceTransaction,
  conversations: Pick<ConversationRow, 'state' | 'author_id'>[],
  replyToPostId: string,
): Promise<void> {
  for (const { state, author_id: authorId } of conversations)
    if (state === 'closed' && !(await mayContact(tx, { authorId }))) throw new Conflict('contact-objected')
  const author = await tx.sql
    .selectFrom('post')
    .innerJoin('author', (join) =>
      join.onRef('author.workspace_id', '=', 'post.workspace_id').onRef('author.author_id', '=', 'post.author_id'),
    )
    .select(['author.author_id', 'author.own'])
    .where('post.workspace_id', '=', tx.workspaceId)
    .where('post.post_id', '=', replyToPostId)
    .executeTakeFirst()
  if (!author || author.own || conversations.some((row) => row.author_id === author.author_id)) return
  if (await hasOpenConversation(tx, author.author_id)) return
  if (!(await mayContact(tx, { authorId: author.author_id }))) throw new Conflict('contact-objected')
}

/** Served by conversation_author. */
async function hasOpenConversation(tx: WorkspaceTransaction, authorId: string): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('conversation')
    .select('conversation_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .where('state', '<>', 'closed')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
