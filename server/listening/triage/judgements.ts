import { sql } from 'kysely'
import type { z } from 'zod'
import type { triage as contract } from '../../../contract/listening-triage.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { viewOf } from './judging.ts'
import { readPosts } from './reading-posts.ts'
import { scorerOf } from './scorers.ts'
import { learningTopics } from './topic-rows.ts'
import { presentVerdict, standingVerdicts } from './verdicts.ts'

type Judgements = z.infer<(typeof contract.judgements)['~orpc']['outputSchema'] & z.ZodType>['items']

/** What each topic that matched the post thinks of it now, and what people said. */
export async function readJudgements(tx: WorkspaceTransaction, postId: string): Promise<Judgements> {
  const { rows } = await sql<{ topic_id: string }>`select topic_id from mention where workspace_id = ${tx.workspaceId}
    and post_id = ${postId} order by topic_id`.execute(tx.sql)
  const topics = await learningTopics(
    tx,
    rows.map((row) => row.topic_id),
  )
  const verdicts = new Map((await standingVerdicts(tx, [postId], null)).map((row) => [row.topicId, row]))
  const items: Judgements = []
  for (const topic of topics.filter(({ begun }) => begun)) {
    const scorer = topic.on ? await scorerOf(tx, topic) : null
    const post = scorer ? (await readPosts(tx, topic, [postId])).get(postId) : undefined
    const verdict = verdicts.get(topic.topicId)
    items.push({
      topicId: topic.topicId,
      judgement: scorer && post ? viewOf(scorer, post) : null,
      verdict: verdict ? presentVerdict(verdict) : null,
    })
  }
  return items
}
