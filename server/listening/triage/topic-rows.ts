import { sql } from 'kysely'
import { parse, type Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'

/** A topic with what it has learned, but for the learned bytes, which are read where they are needed. */
export interface LearningTopic {
  topicId: string
  /** Of the topic's query. */
  queryVersion: number
  query: string
  languages: string[]
  begun: boolean
  on: boolean
  noise: 'shown' | 'below' | 'kept-out'
  version: string
  scorerVersion: string
  backgroundVersion: string
  backgroundPosts: number
  backgroundLearnedAt: Date | null
  linePosts: string[]
  judgingFrom: Date | null
  judgingPostId: string | null
}

/** Above every post of a moment. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const COLUMNS = sql`t.topic_id as "topicId", t.version as "queryVersion", t.query, t.languages,
  r.topic_id is not null as begun, coalesce(r.switched_on, true) as "on", coalesce(r.noise, 'shown') as noise,
  coalesce(r.version, 0) as version, coalesce(r.scorer_version, 0) as "scorerVersion",
  coalesce(r.background_version, 0) as "backgroundVersion", coalesce(r.background_posts, 0) as "backgroundPosts",
  r.background_learned_at as "backgroundLearnedAt", coalesce(r.line_posts, '{}') as "linePosts",
  r.judging_from as "judgingFrom", r.judging_post_id as "judgingPostId"`

export async function readLearning(tx: WorkspaceTransaction, topicId: string): Promise<LearningTopic> {
  const [row] = await learningTopics(tx, [topicId])
  if (!row) throw new NotFound('topic-unknown')
  return row
}

export async function learningTopics(tx: WorkspaceTransaction, topicIds: readonly string[]): Promise<LearningTopic[]> {
  if (topicIds.length === 0) return []
  const { rows } = await sql<LearningTopic>`
    select ${COLUMNS} from topic t
      left join topic_relevance r on r.workspace_id = t.workspace_id and r.topic_id = t.topic_id
    where t.workspace_id = ${tx.workspaceId} and t.topic_id = any(${topicIds}::uuid[]) and t.removed_at is null`.execute(
    tx.sql,
  )
  return rows
}

/** A topic begins to learn when somebody sorts, or opens the screen to do so. */
export async function beginLearning(tx: WorkspaceTransaction, topicId: string): Promise<void> {
  await readLearning(tx, topicId)
  await sql`insert into topic_relevance (workspace_id, topic_id, background_due_at)
    values (${tx.workspaceId}, ${topicId}, '-infinity') on conflict do nothing`.execute(tx.sql)
}

/**
 * Whoever changes what a topic has learned holds its row first: verdicts have one order, and no one learns from half of
 * them.
 */
export async function lockLearning(tx: WorkspaceTransaction, topicId: string): Promise<LearningTopic> {
  const { rows } = await sql`select from topic_relevance where workspace_id = ${tx.workspaceId}
    and topic_id = ${topicId} for update`.execute(tx.sql)
  if (rows.length === 0) {
    await beginLearning(tx, topicId)
    return lockLearning(tx, topicId)
  }
  return readLearning(tx, topicId)
}

/** What a scorer of before rests on is no longer so. Returns the new version. */
export async function raiseVersion(tx: WorkspaceTransaction, topicId: string): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    update topic_relevance set version = version + 1 where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
    returning version`.execute(tx.sql)
  return rows[0]?.version ?? '0'
}

const queries = new WeakMap<LearningTopic, Query | null>()

/** The topic's query as it is now; null where it no longer reads, then nothing of a post is masked. */
export function queryOf(topic: LearningTopic): Query | null {
  const known = queries.get(topic)
  if (known !== undefined) return known
  const parsed = parse(topic.query, { languages: topic.languages })
  const query = parsed.ok ? parsed.query : null
  queries.set(topic, query)
  return query
}
