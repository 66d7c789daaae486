import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { isAside } from './noise.ts'
import type { LearningTopic } from './topic-rows.ts'

/** What is older waited for nobody. */
const DAYS = 7
const POSTS_MAX = 500

/** Posts that were kept out of the inbox as noise and no longer are: the inbox looks at them as if they had just been heard. */
export async function letIn(tx: WorkspaceTransaction, topic: LearningTopic, postIds: readonly string[]): Promise<void> {
  if (topic.noise !== 'kept-out' || postIds.length === 0) return
  tx.record({
    type: 'posts.let-in',
    subjects: { topic: topic.topicId, posts: [...postIds] },
    codes: { count: postIds.length },
  })
}

/** Called before judging is switched off or noise is no longer kept out: then the newest were kept out in vain. Served by mention_aside. */
export async function letAllIn(tx: WorkspaceTransaction, topic: LearningTopic): Promise<void> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topic.topicId}
      and (${isAside(sql``)}) and state = 'new' and published_at >= now() - make_interval(days => ${DAYS})
    order by published_at desc, post_id desc limit ${POSTS_MAX}`.execute(tx.sql)
  await letIn(
    tx,
    topic,
    rows.map((row) => row.post_id),
  )
}
