import { sql } from 'kysely'
import { earlierThan, loadPosts, momentIn, type Place, type Strand, type TimelineEntry } from '../listening/index.ts'
import { authorBriefs } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Actor } from '../platform/events.ts'

/** Of the authors of one timeline; who has more is told of the newest. */
const CONVERSATIONS_MAX = 5_000
/** Enough to tell conversations of the same minute apart. */
const OPENING_CHARACTERS_MAX = 60

type Turn = Extract<TimelineEntry, { kind: 'conversation' }>
type Conversation = Turn['conversation']

/** Conversations were opened, closed, opened again: the trail, read by conversation (event_turn). */
const turns: Strand = {
  name: 'conversation',
  allow: 'inbox.read',
  lowest: '0',
  highest: '9223372036854775807',
  find: async (tx, authorIds, before, limit) =>
    (await placesOfTurns(tx, await conversationsOf(tx, authorIds), before, limit).execute(tx.sql)).rows,
  load: async (tx, positions) => {
    const { rows } = await sql<{
      position: string
      at: Date
      turn: Turn['turn']
      because: string | null
      actor_kind: Actor['kind']
      actor_id: string | null
      conversation_id: string
    }>`
      select position::text, at, split_part(type, '.', 2) as turn, codes ->> 'because' as because, actor_kind, actor_id,
        conversation_id from event
      where workspace_id = ${tx.workspaceId} and position = any(${positions}::bigint[])`.execute(tx.sql)
    const conversations = await briefs(
      tx,
      rows.map((row) => row.conversation_id),
    )
    return new Map(
      rows.flatMap(({ position, at, turn, because, actor_kind, actor_id, conversation_id }) => {
        const conversation = conversations.get(conversation_id)
        const actor = { kind: actor_kind, id: actor_id }
        return conversation
          ? [[position, { kind: 'conversation' as const, at, position, turn, because, actor, conversation }]]
          : []
      }),
    )
  },
}

/** What we said in these conversations, from here or in the network's own app (conversation_post_ours). */
const answers: Strand = {
  name: 'answer',
  allow: 'inbox.read',
  lowest: '00000000-0000-0000-0000-000000000000',
  highest: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  find: async (tx, authorIds, before, limit) =>
    (await placesOfAnswers(tx, await conversationsOf(tx, authorIds), before, limit).execute(tx.sql)).rows,
  load: async (tx, postIds, authorIds) => {
    const posts = await loadPosts(tx, postIds)
    const { rows } = await sql<{
      post_id: string
      conversation_id: string
      created_by_kind: Actor['kind'] | null
      created_by: string | null
    }>`
      select distinct on (cp.post_id) cp.post_id, cp.conversation_id, d.created_by_kind, d.created_by
      from conversation_post cp
        join conversation c on c.workspace_id = cp.workspace_id and c.conversation_id = cp.conversation_id
          and c.author_id = any(${authorIds}::uuid[])
        left join delivery d on d.workspace_id = cp.workspace_id and d.delivery_id = cp.delivery_id
      where cp.workspace_id = ${tx.workspaceId} and cp.post_id = any(${postIds}::uuid[])
      order by cp.post_id, c.last_post_at desc, c.conversation_id`.execute(tx.sql)
    const conversations = await briefs(
      tx,
      rows.map((row) => row.conversation_id),
    )
    const placeOf = new Map(rows.map((row) => [row.post_id, row]))
    return new Map(
      posts.flatMap((post) => {
        const place = placeOf.get(post.postId)
        const conversation = conversations.get(place?.conversation_id ?? '')
        if (!place || !conversation) return []
        const { created_by_kind: kind, created_by: id } = place
        const writtenBy = kind && { kind, id }
        return [[post.postId, { kind: 'answer' as const, at: post.publishedAt, post, writtenBy, conversation }]]
      }),
    )
  },
}

/** Told on the timeline of an author and of a person (server/modules.ts). */
export const inboxStrands: readonly Strand[] = [turns, answers]

export const placesOfTurns = (
  tx: WorkspaceTransaction,
  ids: string[],
  before: Place | null,
  limit: number,
) => sql<Place>`
  select ${momentIn(sql.ref('e.at'))} as at, e.position::text as key
  from unnest(${ids}::text[]) as c(conversation_id) cross join lateral (
    select at, position from event where workspace_id = ${tx.workspaceId} and conversation_id = c.conversation_id
      and type in ('conversation.opened', 'conversation.closed', 'conversation.reopened')
      ${earlierThan(before, sql.ref('at'), sql.ref('position'), 'bigint')}
    order by at desc, position desc limit ${limit}) e
  order by e.at desc, e.position desc limit ${limit}`

/** One answer may serve several conversations of one person: it is told once. */
export const placesOfAnswers = (
  tx: WorkspaceTransaction,
  ids: string[],
  before: Place | null,
  limit: number,
) => sql<Place>`
  select ${momentIn(sql.ref('p.published_at'))} as at, p.post_id as key from (
    select distinct own.published_at, own.post_id
    from unnest(${ids}::uuid[]) as c(conversation_id) cross join lateral (
      select published_at, post_id from conversation_post where workspace_id = ${tx.workspaceId}
        and conversation_id = c.conversation_id and direction = 'out'
        ${earlierThan(before, sql.ref('published_at'), sql.ref('post_id'), 'uuid')}
      order by published_at desc, post_id desc limit ${limit}) own) p
  order by p.published_at desc, p.post_id desc limit ${limit}`

/** Served by conversation_author. As text ids: the trail knows conversations so, and a cast could not use its index. */
async function conversationsOf(tx: WorkspaceTransaction, authorIds: string[]): Promise<string[]> {
  const { rows } = await sql<{ conversation_id: string }>`
    select conversation_id from conversation where workspace_id = ${tx.workspaceId}
      and author_id = any(${authorIds}::uuid[])
    order by last_post_at desc, conversation_id desc limit ${CONVERSATIONS_MAX}`.execute(tx.sql)
  return rows.map((row) => row.conversation_id)
}

async function briefs(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Map<string, Conversation>> {
  const { rows } = await sql<{
    conversation_id: string
    network: string
    state: Conversation['state']
    author_id: string
    said: string | null
  }>`
    select c.conversation_id, c.network, c.state, c.author_id, opening.said
    from conversation c left join lateral (
      select left(coalesce(nullif(p.title, ''), p.text), ${OPENING_CHARACTERS_MAX * 10}) as said
      from conversation_post cp join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
      where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id
        and cp.direction = 'in' and not cp.deleted
      order by cp.published_at, cp.post_id limit 1) opening on true
    where c.workspace_id = ${tx.workspaceId}
      and c.conversation_id = any(${[...new Set(conversationIds)]}::uuid[])`.execute(tx.sql)
  const authors = await authorBriefs(tx, [...new Set(rows.map((row) => row.author_id))])
  return new Map(
    rows.flatMap(({ conversation_id: conversationId, network, state, author_id, said }) => {
      const author = authors.get(author_id)
      return author ? [[conversationId, { conversationId, network, state, author, opening: openingOf(said) }]] : []
    }),
  )
}

/** Whole words, without those that only address somebody. */
export function openingOf(said: string | null): string | null {
  const words = (said ?? '')
    .replace(/^(\s*@\S+)+/, '')
    .trim()
    .split(/\s+/)
  const kept: string[] = []
  for (const word of words) {
    if ([...kept, word].join(' ').length > OPENING_CHARACTERS_MAX) break
    kept.push(word)
  }
  // One word longer than all that: an address. It tells as little as none.
  if (kept.join('') === '') return null
  return kept.length < words.length ? `${kept.join(' ')} …` : kept.join(' ')
}
