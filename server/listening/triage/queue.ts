import { sql } from 'kysely'
import type { z } from 'zod'
import type { triage as contract } from '../../../contract/listening-triage.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { CANDIDATES_MAX, nextToAsk, vectorOf } from '../../relevance/index.ts'
import { presentPosts } from '../reading.ts'
import { spansOf } from '../search.ts'
import { viewOf } from './judging.ts'
import { alsoRead, learn } from './learning.ts'
import type { ReadPost } from './reading-posts.ts'
import { readLearning } from './topic-rows.ts'

type QueueInput = z.infer<(typeof contract.queue)['~orpc']['inputSchema'] & z.ZodType>
type Order = QueueInput['order']

/** Of these, the newest that nobody has sorted, the next question is chosen: as many as are read in a moment. */
const POOL = Math.min(400, CANDIDATES_MAX)

/** Posts that nobody has sorted, judged by what the topic knows at this moment. */
export async function readQueue(
  tx: WorkspaceTransaction,
  { topicId, order, without, limit }: Pick<QueueInput, 'topicId' | 'order' | 'without' | 'limit'>,
) {
  const topic = await readLearning(tx, topicId)
  const wanted = order === 'unsure' && topic.begun ? POOL : limit
  const ids = await unsorted(tx, topicId, order, without, wanted + 1)
  const learner = topic.begun ? await learn(tx, topic) : null
  const read = await alsoRead(tx, topic, ids.slice(0, wanted))
  const chosen =
    order === 'unsure' && learner ? teaching(learner, read, ids.slice(0, wanted), limit) : ids.slice(0, limit)
  const posts = chosen.flatMap((postId) => read.get(postId) ?? [])
  const views = await presentPosts(
    tx,
    posts.map(({ stored }) => stored.row),
  )
  const judges = topic.on && learner && learner.relevance.labels.length > 0
  return {
    items: posts.map((post, at) => ({
      ...(views[at] as (typeof views)[number]),
      spans: spansOf([...post.spans]),
      judgement: judges ? viewOf(learner.relevance, post) : null,
    })),
    more: ids.length > chosen.length,
  }
}

function teaching(
  { relevance, read: known, labelled }: Awaited<ReturnType<typeof learn>>,
  read: ReadonlyMap<string, ReadPost>,
  ids: readonly string[],
  limit: number,
): string[] {
  const vectors = (of: readonly string[], posts: ReadonlyMap<string, ReadPost>) =>
    of.flatMap((id) => {
      const post = posts.get(id)
      return post ? [{ id, vector: vectorOf(relevance.background, post.features) }] : []
    })
  return nextToAsk(
    relevance.model,
    vectors(ids, read),
    vectors(labelled, known).map(({ vector }) => vector),
    limit,
  )
}

/** Served by mention_topic or mention_useful: sorted posts are few, and passed over. */
async function unsorted(
  tx: WorkspaceTransaction,
  topicId: string,
  order: Order,
  without: readonly string[],
  limit: number,
): Promise<string[]> {
  const by = {
    unsure: sql`m.published_at desc, m.post_id desc`,
    newest: sql`m.published_at desc, m.post_id desc`,
    'most-useful': sql`m.relevance desc, m.post_id desc`,
    'least-useful': sql`m.relevance, m.post_id`,
  }[order]
  const isJudged = order === 'most-useful' || order === 'least-useful' ? sql`and m.relevance is not null` : sql``
  const { rows } = await sql<{ post_id: string }>`
    select m.post_id from mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id
    where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.state = 'new' and p.direction = 'in'
      and p.deleted_at is null and not m.post_id = any(${without}::uuid[]) ${isJudged}
    order by ${by} limit ${limit}`.execute(tx.sql)
  return rows.map((row) => row.post_id)
}
