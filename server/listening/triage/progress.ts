import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { triage as contract } from '../../../contract/listening-triage.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { strongest } from '../../relevance/index.ts'
import { BACKGROUND_POSTS_MIN } from './background.ts'
import { shownReasons } from './judging.ts'
import { learn } from './learning.ts'
import { isAside } from './noise.ts'
import { LAST_ID, type LearningTopic, readLearning } from './topic-rows.ts'

type State = z.infer<(typeof contract.state)['~orpc']['outputSchema'] & z.ZodType>

/** With fewer labels nothing is decided; server/relevance/judgement.ts. */
const LABELS_TO_DECIDE = 4
const COUNTED_MAX = 10_000
const RECORD_MAX = 100
const BINS = 5
const STRONGEST = 12
const DAY_MS = 86_400_000

/** What a topic has learned, in figures that say what they rest on. */
export async function readProgress(tx: WorkspaceTransaction, topicId: string, now: Date): Promise<State> {
  const topic = await readLearning(tx, topicId)
  const sides = await countVerdicts(tx, topicId)
  const counts = async (days: number) => {
    const since = new Date(now.getTime() - days * DAY_MS)
    const [forUs, unsure, aside] = sidesOf(topic.on)
    return {
      forUs: await count(tx, topicId, since, forUs),
      unsure: await count(tx, topicId, since, unsure),
      aside: await count(tx, topicId, since, aside),
    }
  }
  return {
    begun: topic.begun,
    on: topic.on,
    noise: topic.noise,
    labels: {
      forUs: sides.forUs,
      notForUs: sides.notForUs,
      counting: sides.counting,
      toDecide: Math.max(0, LABELS_TO_DECIDE - sides.counting),
      hints: sides.hints,
    },
    record: await readRecord(tx, topicId),
    background: {
      posts: topic.backgroundPosts,
      learnedAt: topic.backgroundLearnedAt,
      needed: BACKGROUND_POSTS_MIN,
    },
    judging: { left: await countToJudge(tx, topic) },
    today: await counts(1),
    week: await counts(7),
    strongest: await loudest(tx, topic),
  }
}

/** Switched off, only what people said counts. */
const sidesOf = (on: boolean): [forUs: RawBuilder<unknown>, unsure: RawBuilder<unknown>, aside: RawBuilder<unknown>] =>
  on
    ? [
        sql`state = 'kept' or (state = 'new' and judged_as = 'for-us')`,
        sql`state = 'new' and judged_as = 'unsure'`,
        isAside(sql``),
      ]
    : [sql`state = 'kept'`, sql`false`, sql`state = 'rejected'`]

/** What a list of the topic's posts has to know; cheaper than everything. */
export async function readEffect(tx: WorkspaceTransaction, topicId: string, now: Date) {
  const topic = await readLearning(tx, topicId)
  const judges = topic.on && topic.scorerVersion !== '0'
  const since = new Date(now.getTime() - 7 * DAY_MS)
  const [, , aside] = sidesOf(judges)
  return { judges, noise: topic.noise, aside: await count(tx, topicId, since, aside) }
}

async function countVerdicts(tx: WorkspaceTransaction, topicId: string) {
  const { rows } = await sql<{ forUs: number; notForUs: number; counting: number; hints: number }>`
    select count(*) filter (where side = 'for-us')::int as "forUs", count(*) filter (where side = 'not-for-us')::int as "notForUs",
      coalesce((select labels from topic_relevance where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}), 0) as counting,
      (select count(*)::int from (select from relevance_hint where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        limit ${COUNTED_MAX}) few) as hints
    from (select distinct on (post_id) post_id, side from (select post_id, side, version from verdict
        where workspace_id = ${tx.workspaceId} and topic_id = ${topicId} and taken_back_at is null
        order by version desc, post_id limit ${COUNTED_MAX}) latest order by post_id, version desc) stands`.execute(
    tx.sql,
  )
  return rows[0] as (typeof rows)[number]
}

/** Served by mention_topic, or mention_aside where that is asked. */
async function count(tx: WorkspaceTransaction, topicId: string, since: Date, which: RawBuilder<unknown>) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and published_at >= ${since} and (${which}) limit ${COUNTED_MAX + 1}) few`.execute(tx.sql)
  const found = rows[0]?.count ?? 0
  return { count: Math.min(found, COUNTED_MAX), atLeast: found > COUNTED_MAX }
}

/** What the walk of upkeep.ts has not reached yet. Served by mention_topic. */
async function countToJudge(tx: WorkspaceTransaction, topic: LearningTopic): Promise<number> {
  if (topic.judgingFrom === null || !topic.on) return 0
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from mention where workspace_id = ${tx.workspaceId}
      and topic_id = ${topic.topicId}
      and (published_at, post_id) < (${topic.judgingFrom}::timestamptz, ${topic.judgingPostId ?? LAST_ID}::uuid)
      limit ${COUNTED_MAX}) few`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

interface Thought {
  side: 'for-us' | 'not-for-us'
  thought: 'for-us' | 'unsure' | 'not-for-us'
  probability: number
}

/** What it had thought of posts before anybody sorted them; it could not have learned the answer. */
async function readRecord(tx: WorkspaceTransaction, topicId: string): Promise<State['record']> {
  const { rows } = await sql<Thought>`
    select side, thought, thought_probability as probability from verdict where workspace_id = ${tx.workspaceId}
      and topic_id = ${topicId} and taken_back_at is null and thought is not null
    order by version desc, post_id limit ${RECORD_MAX}`.execute(tx.sql)
  const decided = rows.filter(({ thought }) => thought !== 'unsure')
  const right = decided.filter(({ thought, side }) => thought === side).length
  const bins = Array.from({ length: BINS }, (_, at) => {
    const [from, to] = [at / BINS, (at + 1) / BINS]
    const within = rows.filter(({ probability }) => probability >= from && (probability < to || to === 1))
    const mean = (of: (row: Thought) => number) =>
      within.length === 0 ? 0 : within.reduce((sum, row) => sum + of(row), 0) / within.length
    const forUs = mean(({ side }) => (side === 'for-us' ? 1 : 0))
    return { from, to, posts: within.length, mean: mean(({ probability }) => probability), forUs }
  })
  return { asked: rows.length, right, wrong: decided.length - right, unsure: rows.length - decided.length, bins }
}

/** Only words of posts that are still here have names; of what is gone nothing can be read. */
async function loudest(tx: WorkspaceTransaction, topic: LearningTopic): Promise<State['strongest']> {
  if (!topic.begun) return { forUs: [], notForUs: [] }
  const { relevance, labelled, read } = await learn(tx, topic)
  const posts = labelled.flatMap((postId) => read.get(postId) ?? [])
  const wording = new Map<string, string>()
  for (const post of posts) for (const [name, text] of post.wording()) if (!wording.has(name)) wording.set(name, text)
  const found = strongest(
    relevance,
    posts.flatMap(({ features }) => features.names),
    STRONGEST,
  )
  return { forUs: shownReasons(found.forUs, wording), notForUs: shownReasons(found.notForUs, wording) }
}
