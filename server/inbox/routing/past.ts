import { sql } from 'kysely'
import { DRY_RUN_STEP } from '../../../contract/inbox-routing.ts'
import { DRY_RUN_MAX } from '../../../contract/routing-words.ts'
import { CONTRIBUTORS_MIN } from '../../disclosure/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'

/** Of one conversation; what was said later moved it seldom. */
const POSTS_MAX = 20
const SNIPPET_CHARACTERS = 160
/** Answered in the network's own app by somebody whom nobody knows here: taken for one and the same person. */
const UNKNOWN = 'unknown'

export interface PastConversation {
  conversationId: string
  teamId: string | null
  priority: string
  snippet: string
  /** Of the customer, oldest first. */
  postIds: string[]
  /** From their first words to our first answer, on the wall clock; null: none. */
  firstAnswerMinutes: number | null
  /** Whose work that is: who answered first, or with whom it lies unanswered; null: nobody's. It leaves the server in no answer. */
  contributor: string | null
}

/** How many there are in all, as far as they are read. Served by conversation_newest. */
export async function countPast(tx: WorkspaceTransaction, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from conversation c
      where c.workspace_id = ${tx.workspaceId} and c.last_post_at >= ${since} limit ${DRY_RUN_MAX}) few`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

/** Conversations in which something was said since, newest first. Served by conversation_newest and conversation_post's key. */
export async function readPast(
  tx: WorkspaceTransaction,
  { since, after }: { since: Date; after: string | undefined },
): Promise<{ items: PastConversation[]; nextCursor: string | null }> {
  const cursor = readCursor(after, 2)
  const beyond = cursor
    ? sql`and (c.last_post_at, c.conversation_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`
    : sql``
  const { rows } = await sql<PastConversation & { lastPostAt: Date }>`
    select c.conversation_id as "conversationId", c.assigned_team_id as "teamId", c.priority,
      c.last_post_at as "lastPostAt", coalesce(said.ids, '{}') as "postIds", coalesce(said.snippet, '') as snippet,
      extract(epoch from ours.at - said.first_at)::float8 / 60 as "firstAnswerMinutes",
      case when ours.at is null then c.assigned_member_id::text when ours.delivery_id is null then ${UNKNOWN}
        when d.created_by_kind = 'member' then d.created_by::text end as contributor
    from (select * from conversation c where c.workspace_id = ${tx.workspaceId} and c.last_post_at >= ${since} ${beyond}
        order by c.last_post_at desc, c.conversation_id desc limit ${DRY_RUN_STEP + 1}) c
      left join lateral (
        select array_agg(few.post_id order by few.published_at, few.post_id) as ids, min(few.published_at) as first_at,
          (array_agg(few.text order by few.published_at, few.post_id))[1] as snippet
        from (select cp.post_id, cp.published_at, left(p.text, ${SNIPPET_CHARACTERS}) as text from conversation_post cp
            join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
          where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id and cp.direction = 'in'
            and not cp.deleted
          order by cp.published_at, cp.post_id limit ${POSTS_MAX}) few) said on true
      left join lateral (
        select cp.published_at as at, cp.delivery_id from conversation_post cp
        where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id and cp.direction = 'out'
          and cp.published_at >= said.first_at
        order by cp.published_at, cp.post_id limit 1) ours on true
      left join delivery d on d.workspace_id = c.workspace_id and d.delivery_id = ours.delivery_id
    order by c.last_post_at desc, c.conversation_id desc`.execute(tx.sql)
  return pageOf(rows, DRY_RUN_STEP, (row) => writeCursor(row.lastPostAt, row.conversationId))
}

/** Teams about which figures may be said at all. */
export async function teamsOfMany(tx: WorkspaceTransaction): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ team_id: string }>`
    select t.team_id from team_member t join member m on m.workspace_id = t.workspace_id and m.member_id = t.member_id
      and m.state = 'active'
    where t.workspace_id = ${tx.workspaceId} group by t.team_id having count(*) >= ${CONTRIBUTORS_MIN}`.execute(tx.sql)
  return new Set(rows.map((row) => row.team_id))
}
