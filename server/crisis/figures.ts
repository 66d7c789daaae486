import { sql } from 'kysely'
import type { CrisisFigures } from '../../contract/crisis.ts'
import { deskAgreedSince, onlyMember, workspaceDay } from '../accounts/index.ts'
import { CONTRIBUTORS_MIN } from '../disclosure/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { holds } from './freezing.ts'

const BUCKET_MINUTES = 10
/** Points of the curve: a week of ten minutes. */
const BUCKETS_MAX = 1_008

export interface Span {
  crisisId: string
  topicId: string | null
  from: Date
  until: Date
}

/**
 * Of the team, never of a member: what was said between the declaration and the all-clear, and how it was answered. A
 * first answer counts from the customer's first post in the crisis to our first post that stands after it; how soon it came is
 * told of five people at least, or where the desk agreed on it (docs/staff-protection.md).
 */
export async function measureCrisis(tx: WorkspaceTransaction, span: Span): Promise<CrisisFigures> {
  const [posts, curve, answers, heldBack] = [
    await countPosts(tx, span),
    await curveOf(tx, span),
    await answersOf(tx, span),
    await heldBackBy(tx, span.crisisId),
  ]
  const peak = curve.reduce<(typeof curve)[number] | null>(
    (best, one) => (best === null || one.posts > best.posts ? one : best),
    null,
  )
  return { ...posts, ...answers, heldBack, curve, peakPosts: peak?.posts ?? 0, peakAt: peak?.at ?? null }
}

const saidIn = ({ workspaceId }: WorkspaceTransaction, { topicId, from, until }: Span) => sql`
  post p where p.workspace_id = ${workspaceId} and p.direction = 'in' and p.heard_at >= ${from} and p.heard_at < ${until}
    and (${topicId}::uuid is null or exists (select from mention m where m.workspace_id = p.workspace_id
      and m.post_id = p.post_id and m.topic_id = ${topicId}))`

async function countPosts(tx: WorkspaceTransaction, span: Span) {
  const { rows } = await sql<{ posts: string; labelled: string; negative: string }>`
    select count(*) as posts, count(p.sentiment) as labelled, count(*) filter (where p.sentiment = 'negative') as negative
    from ${saidIn(tx, span)}`.execute(tx.sql)
  const [row] = rows
  return {
    posts: Number(row?.posts ?? 0),
    postsWithLabel: Number(row?.labelled ?? 0),
    negative: Number(row?.negative ?? 0),
  }
}

async function curveOf(tx: WorkspaceTransaction, span: Span): Promise<CrisisFigures['curve']> {
  const { rows } = await sql<{ at: Date; posts: string }>`
    select date_bin(make_interval(mins => ${BUCKET_MINUTES}), p.heard_at, ${span.from}) as at, count(*) as posts
    from ${saidIn(tx, span)} group by 1 order by 1 limit ${BUCKETS_MAX}`.execute(tx.sql)
  return rows.map(({ at, posts }) => ({ at, posts: Number(posts) }))
}

async function answersOf(tx: WorkspaceTransaction, { topicId, from, until }: Span) {
  const { rows } = await sql<Answers>`
    with asked as (
      select c.conversation_id, c.waiting_since is not null as waiting, min(p.published_at) as first
      from conversation c join conversation_post p on p.workspace_id = c.workspace_id
        and p.conversation_id = c.conversation_id and p.direction = 'in' and not p.deleted
        and p.published_at >= ${from} and p.published_at < ${until}
      where c.workspace_id = ${tx.workspaceId} and (${topicId}::uuid is null or exists (
        select from conversation_topic t where t.workspace_id = c.workspace_id
          and t.conversation_id = c.conversation_id and t.topic_id = ${topicId}))
      group by c.conversation_id, c.waiting_since
    ), met as (
      select a.conversation_id, a.waiting, a.first, o.published_at as answered_at,
        case when o.post_id is null then null when d.delivery_id is null then ${UNKNOWN}
          when d.created_by_kind = 'member' then d.created_by::text end as contributor
      from asked a
        left join lateral (select p.post_id, p.published_at from conversation_post p
          where p.workspace_id = ${tx.workspaceId} and p.conversation_id = a.conversation_id and p.direction = 'out'
            and not p.deleted and p.published_at >= a.first and p.published_at < ${until}
          order by p.published_at limit 1) o on true
        left join delivery d on d.workspace_id = ${tx.workspaceId} and d.post_id = o.post_id)
    select count(*) as conversations, count(answered_at) as answered, count(*) filter (where waiting) as waiting,
      percentile_cont(0.5) within group (order by extract(epoch from answered_at - first) / 60) as minutes,
      array(select distinct contributor from met where contributor is not null limit ${CONTRIBUTORS_MIN}) as contributors
    from met`.execute(tx.sql)
  const [row] = rows
  return {
    conversations: Number(row?.conversations ?? 0),
    answered: Number(row?.answered ?? 0),
    waiting: Number(row?.waiting ?? 0),
    firstAnswerMinutes: row && (await mayTellTimes(tx, row.contributors, { from, until })) ? row.minutes : null,
  }
}

/** Answered in the network's own app by somebody whom nobody knows here. */
const UNKNOWN = 'unknown'

interface Answers {
  conversations: string
  answered: string
  waiting: string
  minutes: number | null
  contributors: string[]
}

/** What rules and bots answered is nobody's work. */
async function mayTellTimes(
  tx: WorkspaceTransaction,
  contributors: readonly string[],
  { from, until }: Pick<Span, 'from' | 'until'>,
): Promise<boolean> {
  if (contributors.length === 0 || contributors.length >= CONTRIBUTORS_MIN) return true
  if (contributors.length === 1 && contributors[0] === (await onlyMember(tx))) return true
  const agreedSince = await deskAgreedSince(tx, until)
  return agreedSince !== null && (await workspaceDay(tx, from)) >= agreedSince
}

async function heldBackBy(tx: WorkspaceTransaction, crisisId: string): Promise<number> {
  const { rows } = await sql<{ released: string; frozen: string }>`select
    (select count(*) from crisis_release where workspace_id = ${tx.workspaceId} and crisis_id = ${crisisId}) as released,
    (select count(*) from delivery d join crisis c on c.workspace_id = d.workspace_id and c.crisis_id = ${crisisId}
      where d.workspace_id = ${tx.workspaceId} and d.state = 'queued' and d.failure = 'frozen' and ${holds}) as frozen`.execute(
    tx.sql,
  )
  return Number(rows[0]?.released ?? 0) + Number(rows[0]?.frozen ?? 0)
}
