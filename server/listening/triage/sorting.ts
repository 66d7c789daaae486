import { sql } from 'kysely'
import type { z } from 'zod'
import type { triage as contract } from '../../../contract/listening-triage.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import { judge, type Scorer } from '../../relevance/index.ts'
import { holdPosts, requireAtSourcesOf } from '../holding.ts'
import { keepPosts } from '../speaking.ts'
import { type JudgementView, viewOf } from './judging.ts'
import { releasePosts } from './label-keeping.ts'
import { alsoRead, type Learner, learnAnew } from './learning.ts'
import type { ReadPost } from './reading-posts.ts'
import { scorerOf } from './scorers.ts'
import { type LearningTopic, lockLearning } from './topic-rows.ts'
import { presentVerdict, standingVerdicts, type VerdictRow, type VerdictView } from './verdicts.ts'

type SortInput = z.infer<(typeof contract.sort)['~orpc']['inputSchema'] & z.ZodType>
type Sorted = SortInput['posts'][number]

export interface SortReport {
  items: { postId: string; outcome: 'sorted' | 'unchanged' | 'conflict' | 'unknown'; verdict: VerdictView | null }[]
  judged: { postId: string; judgement: JudgementView }[]
}

/**
 * Says of posts whether they are for us, and learns from it in the same transaction. Two people who sort the same post at
 * the same moment take turns; whoever did not know of the other's opposite verdict is told instead of overruling it. The
 * same verdict twice, by one person or a repeated request, is one.
 */
export async function sortPosts(
  tx: WorkspaceTransaction,
  topicId: string,
  posts: readonly Sorted[],
  shown: readonly string[],
  at: Date,
): Promise<SortReport> {
  const each = [...new Map(posts.map((post) => [post.postId, post])).values()]
  const ids = each.map(({ postId }) => postId)
  await requireAtSourcesOf(tx, ids)
  await holdPosts(tx, ids)
  const topic = await lockLearning(tx, topicId)
  const known = await mentionsAmong(tx, topicId, ids)
  const standing = new Map((await standingVerdicts(tx, ids, topicId)).map((row) => [row.postId, row]))
  const decided = each.map((post) => ({
    post,
    outcome: known.has(post.postId) ? outcomeOf(tx, post, standing.get(post.postId)) : ('unknown' as const),
  }))
  const fresh = decided.filter(({ outcome }) => outcome === 'sorted').map(({ post }) => post)
  const learner = fresh.length > 0 ? await write(tx, topic, fresh, standing, at) : null
  const after = new Map((await standingVerdicts(tx, ids, topicId)).map((row) => [row.postId, row]))
  return {
    items: decided.map(({ post, outcome }) => {
      const row = after.get(post.postId)
      return { postId: post.postId, outcome, verdict: row ? presentVerdict(row) : null }
    }),
    judged: learner ? await judgeAgain(tx, topic, learner, shown) : [],
  }
}

/** What is not there any more, or never matched, cannot be sorted. */
async function mentionsAmong(tx: WorkspaceTransaction, topicId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ post_id: string }>`
    select m.post_id from mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id
    where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.post_id = any(${ids}::uuid[])
      and p.deleted_at is null`.execute(tx.sql)
  return new Set(rows.map((row) => row.post_id))
}

function outcomeOf(
  tx: WorkspaceTransaction,
  { side, reason, words, against }: Sorted,
  standing: VerdictRow | undefined,
): 'sorted' | 'unchanged' | 'conflict' {
  const stands = standing?.verdictId ?? null
  if (against !== undefined && against !== stands && standing) return standing.side === side ? 'unchanged' : 'conflict'
  const isMine = standing?.byKind === tx.actor.kind && standing.by === tx.actor.id
  const isSame = standing?.side === side && standing.reason === reason && standing.words === words
  return isMine && isSame ? 'unchanged' : 'sorted'
}

async function write(
  tx: WorkspaceTransaction,
  topic: LearningTopic,
  posts: readonly Sorted[],
  standing: ReadonlyMap<string, VerdictRow>,
  at: Date,
): Promise<Learner> {
  const ids = posts.map(({ postId }) => postId)
  const read = await alsoRead(tx, topic, ids)
  const scorer = await scorerOf(tx, topic)
  const thoughts = posts.map(({ postId }) => (standing.has(postId) ? null : thoughtOf(scorer, read.get(postId))))
  await sql`
    insert into verdict (workspace_id, verdict_id, topic_id, post_id, version, side, reason, words, thought_probability,
      thought, sorted_by_kind, sorted_by, sorted_at)
    select ${tx.workspaceId}, verdict_id, ${topic.topicId}, post_id, ${topic.version}::bigint + 1, side, reason, words,
      thought_probability, thought, ${tx.actor.kind}, ${tx.actor.id}::uuid, ${at}
    from unnest(${posts.map(newId)}::uuid[], ${ids}::uuid[], ${posts.map(({ side }) => side)}::text[],
      ${posts.map(({ reason }) => reason)}::text[], ${posts.map(({ words }) => words || null)}::text[],
      ${thoughts.map((thought) => thought?.probability ?? null)}::real[],
      ${thoughts.map((thought) => thought?.side ?? null)}::text[])
      as g(verdict_id, post_id, side, reason, words, thought_probability, thought)`.execute(tx.sql)
  await keepPosts(tx, ids, 'label')
  await markMentions(tx, topic.topicId, ids)
  recordSorted(tx, topic.topicId, ids)
  return learnAnew(tx, topic)
}

const thoughtOf = (scorer: Scorer | null, post: ReadPost | undefined) =>
  scorer && post ? judge(scorer, post.features) : null

/** The mention says what stands: a person's side is certain, and without one the model may judge again. */
async function markMentions(tx: WorkspaceTransaction, topicId: string, postIds: readonly string[]): Promise<void> {
  await sql`
    with stands as (
      select distinct on (post_id) post_id, side from verdict where workspace_id = ${tx.workspaceId}
        and topic_id = ${topicId} and post_id = any(${postIds}::uuid[]) and taken_back_at is null
      order by post_id, version desc),
    held as materialized (
      select post_id from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        and post_id = any(${postIds}::uuid[]) order by post_id for update)
    update mention m set
      state = case stands.side when 'for-us' then 'kept' when 'not-for-us' then 'rejected' else 'new' end,
      relevance = case stands.side when 'for-us' then 1 when 'not-for-us' then 0 end, judged_as = stands.side
    from held left join stands using (post_id)
    where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.post_id = held.post_id`.execute(tx.sql)
}

/** The inbox hears of it: what is for us after all begins a conversation. */
const recordSorted = (tx: WorkspaceTransaction, topicId: string, postIds: string[]): void =>
  tx.record({ type: 'posts.sorted', subjects: { topic: topicId, posts: postIds }, codes: { count: postIds.length } })

async function judgeAgain(
  tx: WorkspaceTransaction,
  topic: LearningTopic,
  learner: Learner,
  shown: readonly string[],
): Promise<SortReport['judged']> {
  if (!topic.on || shown.length === 0) return []
  const read = await alsoRead(tx, topic, shown)
  return shown.flatMap((postId) => {
    const post = read.get(postId)
    return post ? [{ postId, judgement: viewOf(learner.relevance, post) }] : []
  })
}

/** What stood before stands again. A verdict that was taken back already, or belongs to another topic, is passed over. */
export async function takeBack(
  tx: WorkspaceTransaction,
  topicId: string,
  verdictIds: readonly string[],
  at: Date,
): Promise<number> {
  const given = await sql<{ post_id: string }>`select post_id from verdict where workspace_id = ${tx.workspaceId}
    and verdict_id = any(${verdictIds}::uuid[])`.execute(tx.sql)
  const postIds = given.rows.map((row) => row.post_id)
  await requireAtSourcesOf(tx, postIds)
  await holdPosts(tx, postIds)
  const topic = await lockLearning(tx, topicId)
  const { rows } = await sql<{ post_id: string }>`
    update verdict set taken_back_at = ${at} where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
      and verdict_id = any(${verdictIds}::uuid[]) and taken_back_at is null returning post_id`.execute(tx.sql)
  if (rows.length === 0) return 0
  const ids = [...new Set(rows.map((row) => row.post_id))]
  await markMentions(tx, topicId, ids)
  await releasePosts(tx, ids)
  tx.record({ type: 'posts.unsorted', subjects: { topic: topicId, posts: ids }, codes: { count: ids.length } })
  await learnAnew(tx, topic)
  return rows.length
}
