import { evaluate } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { featuresOf, judgeShortly } from '../../relevance/index.ts'
import type { StoredPost } from '../stored-posts.ts'
import { scorerOf } from '../triage/scorers.ts'
import { learningTopics, queryOf } from '../triage/topic-rows.ts'
import { knownOf } from './shown-posts.ts'

/**
 * How probably posts are for us, as far as the topic has learned: what stands with the mention, else what its model says of
 * a post that is no mention yet. Posts without a score are absent.
 */
export async function relevancesOf(
  tx: WorkspaceTransaction,
  topicId: string,
  posts: readonly StoredPost[],
): Promise<Map<string, number>> {
  const ids = posts.map(({ row }) => row.post_id)
  const stands = await knownOf(tx, topicId, ids)
  const [topic] = await learningTopics(tx, [topicId])
  const scorer = topic?.on ? await scorerOf(tx, topic) : null
  const query = topic ? queryOf(topic) : null
  const scores = new Map<string, number>()
  for (const post of posts) {
    const prepared = post.prepared()
    const judged = () =>
      scorer &&
      judgeShortly(scorer, featuresOf(prepared, (query && evaluate(query, prepared)?.spans) ?? [])).probability
    const score = stands.get(post.row.post_id)?.relevance ?? judged()
    if (score !== null) scores.set(post.row.post_id, score)
  }
  return scores
}
