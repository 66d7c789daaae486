import { parse, type Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

const TOPICS_READ_MAX = 500
const SIMILAR_MAX = 20

/** Other topics whose query asks for a word of this one: what they caught may be meant here as well. */
export async function similarTopics(tx: WorkspaceTransaction, topicId: string, draft: Query): Promise<string[]> {
  const words = wordsOf(draft)
  const topics = await tx.sql
    .selectFrom('topic')
    .select(['topic_id', 'query', 'languages'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('topic_id', '<>', topicId)
    .orderBy('created_at', 'desc')
    .limit(TOPICS_READ_MAX)
    .execute()
  const similar = topics.filter(({ query, languages }) => {
    const read = parse(query, { languages })
    return read.ok && !words.isDisjointFrom(wordsOf(read.query))
  })
  return similar.slice(0, SIMILAR_MAX).map((topic) => topic.topic_id)
}

const wordsOf = ({ leaves }: Query): Set<string> =>
  new Set(leaves.flatMap((leaf) => (leaf.kind === 'term' ? leaf.words.flatMap(({ keys }) => keys) : [])))
