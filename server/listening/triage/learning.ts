import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  type Background,
  HINTS_MAX,
  LABELS_MAX,
  labelsFrom,
  packedScorer,
  retrained,
  type TopicRelevance,
  type Vector,
} from '../../relevance/index.ts'
import { type ReadPost, readPosts } from './reading-posts.ts'
import { backgroundOf } from './scorers.ts'
import { type LearningTopic, raiseVersion } from './topic-rows.ts'

/** Some 3 MB each; what is not here is read again from the posts. */
const LEARNERS_MAX = 6
const READ_POSTS_MAX = 2_000
/** Texts of posts that were deleted meanwhile, by another process, must not stay in this one. */
const KEPT_MS = 10 * 60_000

/** What a topic has learned, with the posts that it was learned from. A function of what is stored, nothing else. */
export interface Learner {
  relevance: TopicRelevance
  /** By post id. */
  read: ReadonlyMap<string, ReadPost>
  /** Posts that were sorted, of which the label counts. */
  labelled: readonly string[]
}

interface Kept {
  queryVersion: number
  backgroundVersion: string
  background: Background | null
  read: Map<string, ReadPost>
  /** Of the line's posts. */
  vectors: readonly Vector[]
}

/** Posts that were read and taken apart by this process, by topic; each is checked against its row before it is used again. */
const kept = new Map<string, Kept>()

/** Learns from the verdicts, hints and posts that are stored now: some 5 ms for 100 labels, once their posts were read. */
export async function learn(tx: WorkspaceTransaction, topic: LearningTopic): Promise<Learner> {
  // What a transaction that fails has read was perhaps never written.
  tx.afterEnd((committed) => committed || forgetRead([topic.topicId]))
  const known = keptOf(topic)
  known.background ??= await backgroundOf(tx, topic.topicId)
  const { background, read } = known
  const given = await countingVerdicts(tx, topic.topicId)
  const hinted = await countingHints(tx, topic.topicId)
  const line = await contentsOf(tx, topic.linePosts)
  const lineIsNew = await readMissing(tx, topic, line, read)
  await readMissing(tx, topic, [...given, ...hinted], read)
  const featuresOf = (rows: readonly Content[]) =>
    rows.flatMap((row) => {
      const features = read.get(row.postId)?.features
      return features ? [{ id: row.postId, features, forUs: row.side === 'for-us' }] : []
    })
  const relevance = retrained({
    on: true,
    background,
    labels: labelsFrom(featuresOf(given).toReversed(), featuresOf(hinted).toReversed()),
    posts: featuresOf(line).map(({ features }) => features),
    ...(known.vectors.length === line.length && !lineIsNew ? { vectors: known.vectors } : {}),
  })
  known.vectors = relevance.vectors
  return { relevance, read, labelled: given.map(({ postId }) => postId) }
}

/** Every post was published before: judging begins there anew. */
export const NEWEST_FIRST = new Date(Date.UTC(9000, 0, 1))

/** Learns and stores the outcome as the scorer of a new version. The caller holds the topic's row. */
export async function learnAnew(tx: WorkspaceTransaction, topic: LearningTopic): Promise<Learner> {
  const learner = await learn(tx, topic)
  const { labels } = learner.relevance
  const given = labels.filter(({ weight }) => weight === 1).length
  const version = await raiseVersion(tx, topic.topicId)
  await sql`
    update topic_relevance set scorer = ${labels.length > 0 ? packedScorer(learner.relevance) : null},
      scorer_version = ${version}, scorer_query = ${topic.queryVersion}, labels = ${given}, hints = ${labels.length - given},
      judging_from = ${NEWEST_FIRST}, judging_post_id = null
    where workspace_id = ${tx.workspaceId} and topic_id = ${topic.topicId}`.execute(tx.sql)
  return learner
}

/** Other posts of the topic, read once by this process. */
export async function alsoRead(
  tx: WorkspaceTransaction,
  topic: LearningTopic,
  postIds: readonly string[],
): Promise<ReadonlyMap<string, ReadPost>> {
  const { read } = keptOf(topic)
  await readMissing(tx, topic, await contentsOf(tx, postIds), read)
  return read
}

interface Content {
  postId: string
  contentHash: string
  side?: 'for-us' | 'not-for-us'
}

/** Of a post that was sorted again and again only the latest verdict is found; so many rows hold enough of the others. */
const VERDICTS_READ_MAX = 2 * LABELS_MAX

/** The latest first. Served by verdict_newest. */
async function countingVerdicts(tx: WorkspaceTransaction, topicId: string): Promise<Content[]> {
  const { rows } = await sql<Content>`
    select v.post_id as "postId", v.side, p.content_hash as "contentHash" from (
        select post_id, side, version from verdict where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
          and taken_back_at is null order by version desc, post_id limit ${VERDICTS_READ_MAX}) v
      join post p on p.workspace_id = ${tx.workspaceId} and p.post_id = v.post_id and p.deleted_at is null
    order by v.version desc, v.post_id`.execute(tx.sql)
  const latest = new Map<string, Content>()
  for (const row of rows) if (!latest.has(row.postId)) latest.set(row.postId, row)
  return [...latest.values()].slice(0, LABELS_MAX)
}

/** The latest first. Served by relevance_hint_newest. */
async function countingHints(tx: WorkspaceTransaction, topicId: string): Promise<Content[]> {
  const { rows } = await sql<Content>`
    select h.post_id as "postId", h.side, p.content_hash as "contentHash" from (
        select post_id, side, hinted_at from relevance_hint where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        order by hinted_at desc, post_id limit ${HINTS_MAX}) h
      join post p on p.workspace_id = ${tx.workspaceId} and p.post_id = h.post_id and p.deleted_at is null
    order by h.hinted_at desc, h.post_id`.execute(tx.sql)
  return rows
}

async function contentsOf(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<Content[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<Content>`
    select p.post_id as "postId", p.content_hash as "contentHash" from unnest(${postIds}::uuid[]) with ordinality as g(post_id, place)
      join post p on p.workspace_id = ${tx.workspaceId} and p.post_id = g.post_id and p.deleted_at is null
    order by g.place`.execute(tx.sql)
  return rows
}

/** Returns whether anything was read anew. */
async function readMissing(
  tx: WorkspaceTransaction,
  topic: LearningTopic,
  posts: readonly Content[],
  read: Map<string, ReadPost>,
): Promise<boolean> {
  const missing = posts.filter(({ postId, contentHash }) => read.get(postId)?.stored.row.content_hash !== contentHash)
  if (missing.length === 0) return false
  const found = await readPosts(
    tx,
    topic,
    missing.map(({ postId }) => postId),
  )
  for (const [postId, post] of found) read.set(postId, post)
  return true
}

/** What was read for another query, or on another background, is read again. */
function keptOf({ topicId, queryVersion, backgroundVersion }: LearningTopic): Kept {
  const known = kept.get(topicId)
  const isUsable =
    known?.queryVersion === queryVersion &&
    known.backgroundVersion === backgroundVersion &&
    known.read.size <= READ_POSTS_MAX
  const used = isUsable
    ? known
    : newlyKept(topicId, { queryVersion, backgroundVersion, background: null, read: new Map(), vectors: [] })
  kept.delete(topicId)
  kept.set(topicId, used)
  if (kept.size > LEARNERS_MAX) kept.delete(kept.keys().next().value as string)
  return used
}

function newlyKept(topicId: string, fresh: Kept): Kept {
  setTimeout(() => kept.get(topicId) === fresh && kept.delete(topicId), KEPT_MS).unref()
  return fresh
}

/** Nothing of posts that are gone stays in the memory of this process; others notice by the rows. */
export function forgetRead(topicIds: readonly string[]): void {
  for (const topicId of topicIds) kept.delete(topicId)
}
