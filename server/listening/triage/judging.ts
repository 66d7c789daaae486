import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Judgement, judge, judgeShortly, type Scorer } from '../../relevance/index.ts'
import type { NewlyStored } from '../newly-stored.ts'
import { type ReadPost, readForTopics } from './reading-posts.ts'
import { scorerOf } from './scorers.ts'
import { type LearningTopic, learningTopics } from './topic-rows.ts'

export interface JudgedMention {
  topicId: string
  postId: string
  probability: number
  side: Judgement['side']
}

/** A step of intake: what has just been stored is judged by the topics that have learned to. */
export async function judgeNew(tx: WorkspaceTransaction, posts: readonly NewlyStored[]): Promise<void> {
  await judgeMentions(
    tx,
    posts.flatMap(({ candidate, row }) => candidate.topics.map(({ topicId }) => ({ topicId, postId: row.postId }))),
  )
}

/** Judges mentions that nobody has sorted. One statement finds the topics, one reads the posts, one writes. */
export async function judgeMentions(
  tx: WorkspaceTransaction,
  mentions: readonly { topicId: string; postId: string }[],
): Promise<void> {
  const scorers = await scorersFor(tx, [...new Set(mentions.map(({ topicId }) => topicId))])
  const wanted = mentions.flatMap(({ topicId, postId }) => {
    const found = scorers.get(topicId)
    return found ? [{ topic: found.topic, postId }] : []
  })
  if (wanted.length === 0) return
  const judged = (await readForTopics(tx, wanted)).map(({ topic, postId, read }) => ({
    topicId: topic.topicId,
    postId,
    ...judgeShortly(scorers.get(topic.topicId)?.scorer as Scorer, read.features),
  }))
  await writeJudgements(tx, judged)
}

interface TopicScorer {
  topic: LearningTopic
  scorer: Scorer
}

/** Of these topics, those that are switched on and have learned something. */
async function scorersFor(tx: WorkspaceTransaction, topicIds: readonly string[]): Promise<Map<string, TopicScorer>> {
  const found = new Map<string, TopicScorer>()
  if (topicIds.length === 0) return found
  // Most workspaces judge nothing, and most batches pass here.
  const { rows } = await sql<{ topic_id: string }>`
    select topic_id from topic_relevance where workspace_id = ${tx.workspaceId} and topic_id = any(${topicIds}::uuid[])
      and switched_on and scorer_version > 0`.execute(tx.sql)
  for (const topic of await learningTopics(
    tx,
    rows.map((row) => row.topic_id),
  )) {
    const scorer = await scorerOf(tx, topic)
    if (scorer) found.set(topic.topicId, { topic, scorer })
  }
  return found
}

/** A smaller difference orders nothing, and is not worth a new row. */
const DIFFERENCE_MIN = 0.005

/**
 * What a person sorted keeps the person's side. Returns what was thought to be noise and no longer is: it may belong into
 * the inbox after all.
 */
export async function writeJudgements(tx: WorkspaceTransaction, judged: readonly JudgedMention[]): Promise<string[]> {
  if (judged.length === 0) return []
  const ordered = judged.toSorted((a, b) => (a.postId + a.topicId < b.postId + b.topicId ? -1 : 1))
  const { rows } = await sql<{ post_id: string }>`
    with given as materialized (
      select m.topic_id, m.post_id, g.relevance, g.judged_as, m.judged_as as before from unnest(${ordered.map((j) => j.topicId)}::uuid[],
          ${ordered.map((j) => j.postId)}::uuid[], ${ordered.map((j) => j.probability)}::real[],
          ${ordered.map((j) => j.side)}::text[]) with ordinality as g(topic_id, post_id, relevance, judged_as, place)
        join mention m on m.workspace_id = ${tx.workspaceId} and m.topic_id = g.topic_id and m.post_id = g.post_id
      where m.state = 'new' and (m.relevance is null or m.judged_as is distinct from g.judged_as
        or abs(m.relevance - g.relevance) > ${DIFFERENCE_MIN})
      order by g.place for update of m),
    written as (
      update mention m set relevance = given.relevance, judged_as = given.judged_as from given
      where m.workspace_id = ${tx.workspaceId} and m.topic_id = given.topic_id and m.post_id = given.post_id)
    select post_id from given where before = 'not-for-us' and judged_as <> 'not-for-us'`.execute(tx.sql)
  return rows.map((row) => row.post_id)
}

export interface JudgementView {
  side: Judgement['side']
  probability: number
  reasons: { kind: ReasonKind; text: string; weight: number }[]
}
export type ReasonKind = 'word' | 'pair' | 'author' | 'source' | 'site' | 'link'

/** With reasons, in the post's own words. */
export function viewOf(scorer: Scorer, { features, wording }: ReadPost): JudgementView {
  const { side, probability, reasons } = judge(scorer, features)
  return { side, probability, reasons: shownReasons(reasons, wording()) }
}

export const shownReasons = (
  reasons: Judgement['reasons'],
  wording: ReadonlyMap<string, string>,
): JudgementView['reasons'] =>
  reasons.map(({ name, weight }) => {
    const at = name.indexOf(':')
    return { kind: name.slice(0, at) as ReasonKind, text: wording.get(name) ?? name.slice(at + 1), weight }
  })
