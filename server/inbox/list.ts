import { sql } from 'kysely'
import {
  BULK_MAX,
  COUNT_MAX,
  type ConversationFilters,
  type ConversationItem,
} from '../../contract/inbox-conversations.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { allOf, conditionsOf } from './filters.ts'
import { presentConversations } from './items.ts'

export type Order = 'newest' | 'oldest' | 'waiting' | 'negative' | 'due'

export interface ListOptions extends ConversationFilters {
  order: Order
  after?: string | undefined
  limit: number
}

const COLUMN_OF = {
  newest: 'c.last_post_at',
  oldest: 'c.last_post_at',
  waiting: 'c.waiting_since',
  negative: 'c.negative_since',
  due: 'c.due_at',
} as const satisfies Record<Order, string>
/** Some orders know only what has a place in them. */
export const NARROWED_BY: Partial<Record<Order, ConversationFilters>> = {
  waiting: { waiting: 'yes' },
  negative: { unanswered: 'negative' },
  due: { due: 'any' },
}

/** Staff protection: a figure about so few people would be a figure about one of them. */
const TEAM_COUNTED_FROM = 5

/** ids -> load together -> present. Served by conversation_state and its sisters, conversation_waiting, conversation_negative, conversation_due. */
export async function listConversations(
  tx: WorkspaceTransaction,
  { order, after, limit, ...filters }: ListOptions,
): Promise<{ items: ConversationItem[]; nextCursor: string | null }> {
  const column = sql.ref(COLUMN_OF[order])
  const conditions = await conditionsOf(tx, { ...NARROWED_BY[order], ...filters })
  const cursor = readCursor(after, 2)
  const beyond = order === 'newest' ? sql`<` : sql`>`
  if (cursor)
    conditions.push(sql`(${column}, c.conversation_id) ${beyond} (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const direction = order === 'newest' ? sql`desc` : sql`asc`
  const { rows } = await sql<{ conversation_id: string; at: Date }>`
    select c.conversation_id, ${column} as at from conversation c where ${allOf(conditions)}
    order by ${column} ${direction}, c.conversation_id ${direction} limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.at, row.conversation_id))
  return {
    items: await presentConversations(
      tx,
      page.items.map((row) => row.conversation_id),
    ),
    nextCursor: page.nextCursor,
  }
}

export type Count = { count: number; more: boolean } | null

/** Counted up to COUNT_MAX, so that a count costs no more than a few pages. Null: it would be about one colleague. */
export async function countConversations(tx: WorkspaceTransaction, filters: ConversationFilters[]): Promise<Count[]> {
  const counts: Count[] = []
  for (const one of filters) counts.push((await isAboutOne(tx, one)) ? null : await count(tx, one))
  return counts
}

async function count(tx: WorkspaceTransaction, filters: ConversationFilters): Promise<Count> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from conversation c where ${allOf(await conditionsOf(tx, filters))} limit ${COUNT_MAX + 1}) few`.execute(
    tx.sql,
  )
  const found = rows[0]?.count ?? 0
  return { count: Math.min(found, COUNT_MAX), more: found > COUNT_MAX }
}

/**
 * A colleague's own queue, or a team so small that it is one. One's own queue and team are known to oneself, as far as they
 * are work to be done: with what is closed, the figures of the one other colleague could be worked out by subtraction.
 */
async function isAboutOne(tx: WorkspaceTransaction, filters: ConversationFilters): Promise<boolean> {
  if (filters.memberId && filters.memberId !== tx.actor.id) return true
  const isToBeDone = filters.state === 'open' || filters.state === 'snoozed'
  if ((filters.memberId || filters.assignee === 'me') && !isToBeDone) return true
  if (!filters.teamId) return false
  const { rows } = await sql<{ members: number; mine: boolean }>`
    select count(*)::int as members, coalesce(bool_or(member_id = ${tx.actor.id}), false) as mine from team_member
    where workspace_id = ${tx.workspaceId} and team_id = ${filters.teamId}`.execute(tx.sql)
  const [team] = rows
  return team !== undefined && !(team.mine && isToBeDone) && team.members < TEAM_COUNTED_FROM
}

/** For bulk actions: the first of what matches, newest first, and whether there are more. */
export async function matchingIds(
  tx: WorkspaceTransaction,
  filters: ConversationFilters,
): Promise<{ ids: string[]; more: boolean }> {
  const { rows } = await sql<{ conversation_id: string }>`
    select c.conversation_id from conversation c where ${allOf(await conditionsOf(tx, filters))}
    order by c.last_post_at desc, c.conversation_id desc limit ${BULK_MAX + 1}`.execute(tx.sql)
  return { ids: rows.slice(0, BULK_MAX).map((row) => row.conversation_id), more: rows.length > BULK_MAX }
}
