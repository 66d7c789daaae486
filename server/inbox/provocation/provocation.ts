/**
 * Guidance on accounts that provoke. It looks at what the account said in public and at what was done about it here, of the
 * one account and not of whoever may be behind it; nothing is kept, nothing happens by itself, and whoever asks for a copy
 * of their data reads the posts and acts that it rests on. A complaint is no provocation, however angry: it stands apart.
 */
import { sql } from 'kysely'
import type { z } from 'zod'
import { type provocation as contract, PROVOCATION_DAYS } from '../../../contract/inbox-provocation.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { requireConversation } from '../conversation.ts'

type Provocation = z.output<NonNullable<(typeof contract.of)['~orpc']['outputSchema']>>
type Facts = Provocation['facts']

/** Newest of the account; more would change nothing. */
const POSTS_READ = 500
const CONVERSATIONS_READ = 100
const SOME_FROM = 2
const REPEATED_FROM = 6
const INSULT_POINTS_MAX = 5

export async function provocationOf(tx: WorkspaceTransaction, conversationId: string, now: Date): Promise<Provocation> {
  const { author_id } = await requireConversation(tx, conversationId)
  const since = new Date(now.getTime() - PROVOCATION_DAYS * 86_400_000)
  const facts = await factsOf(tx, author_id, since)
  const complaint = await complaintIn(tx, conversationId)
  const points = pointsOf(facts)
  const level = points >= REPEATED_FROM ? 'repeated' : points >= SOME_FROM ? 'some' : 'none'
  return {
    level,
    points,
    days: PROVOCATION_DAYS,
    facts,
    complaint,
    advice: adviceFor(level, facts, complaint !== null),
  }
}

export const pointsOf = ({ insults, closed, hidden, reported, muted, blocked }: Facts): number =>
  Math.min(insults, INSULT_POINTS_MAX) + 2 * (closed + hidden + reported) + 3 * (muted + blocked)

export function adviceFor(
  level: Provocation['level'],
  { muted, blocked }: Pick<Facts, 'muted' | 'blocked'>,
  complaint: boolean,
): Provocation['advice'] {
  if (level === 'none') return []
  // Whoever has a point is answered on the point, once and calmly: silence would be taken for contempt by everybody who reads.
  if (complaint) return ['answer-the-matter', 'ask-lead']
  if (level === 'some') return ['do-not-feed', 'close-with-reason']
  return ['do-not-feed', 'hide', ...(muted + blocked > 0 ? [] : (['mute-or-block'] as const)), 'close-with-reason']
}

/** Served by post_author, moderation_author, conversation_author and event_conversation. */
async function factsOf(tx: WorkspaceTransaction, authorId: string, since: Date): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select
      (select count(*)::int from (${publicPosts(tx, authorId, since)}) p where p.offensive) as insults,
      (select count(*)::int from (${closedAs(tx, authorId, since)}) e) as closed,
      ${acts(tx, authorId, since, 'hide')} as hidden, ${acts(tx, authorId, since, 'report')} as reported,
      ${acts(tx, authorId, since, 'mute')} as muted, ${acts(tx, authorId, since, 'block')} as blocked,
      greatest((select max(p.published_at) from (${publicPosts(tx, authorId, since)}) p where p.offensive),
        (select max(m.asked_at) ${counted(tx, authorId, since)} and m.action in ('hide', 'report', 'mute', 'block')),
        (select max(e.at) from (${closedAs(tx, authorId, since)}) e)) as "lastAt"`.execute(tx.sql)
  return rows[0] as Facts
}

const publicPosts = (tx: WorkspaceTransaction, authorId: string, since: Date) => sql`
  select p.offensive, p.published_at from post p where p.workspace_id = ${tx.workspaceId} and p.author_id = ${authorId}
    and p.direction = 'in' and p.visibility = 'public' and p.deleted_at is null and p.published_at >= ${since}
  order by p.published_at desc limit ${POSTS_READ}`

/** What was taken back was a mistake and counts for nothing. */
const counted = (tx: WorkspaceTransaction, authorId: string, since: Date) => sql`
  from moderation m where m.workspace_id = ${tx.workspaceId} and m.author_id = ${authorId}
    and m.asked_at >= ${since} and m.state in ('done', 'unknown')
    and m.reason in ('insult', 'hate', 'spam', 'off-topic', 'false-claim', 'illegal', 'other')`

const acts = (tx: WorkspaceTransaction, authorId: string, since: Date, action: string) => sql`
  (select count(*)::int ${counted(tx, authorId, since)} and m.action = ${action})`

const closedAs = (tx: WorkspaceTransaction, authorId: string, since: Date) => sql`
  select e.at from (select c.conversation_id from conversation c where c.workspace_id = ${tx.workspaceId}
      and c.author_id = ${authorId} order by c.last_post_at desc limit ${CONVERSATIONS_READ}) own
    join event e on e.workspace_id = ${tx.workspaceId} and e.conversation_id = own.conversation_id::text
  where e.type = 'conversation.closed' and e.codes ->> 'reason' = 'provocation' and e.at >= ${since}`

async function complaintIn(tx: WorkspaceTransaction, conversationId: string): Promise<Provocation['complaint']> {
  const { rows } = await sql<{ postId: string; at: Date }>`
    select p.post_id as "postId", p.published_at as at from conversation_post cp
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = ${conversationId} and cp.direction = 'in'
      and not cp.deleted and cp.answered_by is null and cp.settled_at is null
      and p.intent in ('complaint', 'question') and p.offensive is not true
    order by p.published_at desc limit 1`.execute(tx.sql)
  return rows[0] ?? null
}
