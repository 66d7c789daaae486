import type { z } from 'zod'
import type { conversationNews } from '../../contract/inbox-threads.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { presentDeliveries } from '../publishing/index.ts'
import { requireConversation } from './conversation.ts'
import { presentThreadPosts, readThread } from './thread.ts'

const NEWS_MAX = 100

/** Everything that made a version after the given one: posts, edits, deletions, answers of colleagues. */
export async function readNews(
  tx: WorkspaceTransaction,
  conversationId: string,
  sinceVersion: string,
): Promise<z.infer<typeof conversationNews>> {
  const conversation = await requireConversation(tx, conversationId)
  const posts = await tx.sql
    .selectFrom('conversation_post')
    .select('post_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('version', '>', sinceVersion)
    .where('delivery_id', 'is', null)
    .orderBy('version', 'desc')
    .limit(NEWS_MAX)
    .execute()
  const answers = await tx.sql
    .selectFrom('answer')
    .select('delivery_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', '=', conversationId)
    .where('version', '>', sinceVersion)
    .where('failed_at', 'is', null)
    .orderBy('version', 'desc')
    .limit(NEWS_MAX)
    .execute()
  return {
    conversationId,
    version: conversation.version,
    posts: await presentThreadPosts(
      tx,
      await readThread(tx, conversation.thread_id),
      conversationId,
      posts.map((row) => row.post_id),
    ),
    answers: await presentDeliveries(
      tx,
      answers.map((row) => row.delivery_id),
    ),
  }
}
