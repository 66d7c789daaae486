import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { people as contract } from '../../contract/people.ts'
import type { shownBeforeSchema } from '../../contract/people-shapes.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'

type ShownBefore = z.output<typeof shownBeforeSchema>
type PastPage = z.output<(typeof contract.authors.past)['~orpc']['outputSchema'] & z.ZodType>
type Formerly = z.output<(typeof contract.persons.get)['~orpc']['outputSchema'] & z.ZodType>['formerly']

const PAST_MAX = 200

interface PastRow {
  attribute: ShownBefore['attribute']
  value: string
  seen_from: Date | null
  seen_until: Date
}

/** Served by the keys of author_past and author_handle: what one account showed is read whole, and ordered. */
const shownBefore = (tx: WorkspaceTransaction, authorId: RawBuilder<unknown>) => sql`
  select attribute, value, seen_from, seen_until from author_past
    where workspace_id = ${tx.workspaceId} and author_id = ${authorId}
  union all select 'handle', handle, seen_from, seen_until from author_handle
    where workspace_id = ${tx.workspaceId} and author_id = ${authorId} and seen_until is not null`

/** What an account showed before but for its handles, newest first. The present values stand in the author. */
export async function pastOf(tx: WorkspaceTransaction, authorId: string): Promise<ShownBefore[]> {
  const { rows } = await sql<PastRow>`
    select attribute, value, seen_from, seen_until from author_past
    where workspace_id = ${tx.workspaceId} and author_id = ${authorId}
    order by seen_until desc, attribute limit ${PAST_MAX}`.execute(tx.sql)
  return rows.map(toShown)
}

export async function listPast(
  tx: WorkspaceTransaction,
  { authorId, after, limit }: { authorId: string; after?: string | undefined; limit: number },
): Promise<PastPage> {
  const known = await sql`
    select from author where workspace_id = ${tx.workspaceId} and author_id = ${authorId}`.execute(tx.sql)
  if (known.rows.length === 0) throw new NotFound('author-unknown')
  const cursor = readCursor(after, 3)
  const { rows } = await sql<PastRow>`
    select * from (${shownBefore(tx, sql`${authorId}`)}) p
    ${cursor ? sql`where (seen_until, attribute, value) < (${cursor[0]}::timestamptz, ${cursor[1]}, ${cursor[2]})` : sql``}
    order by seen_until desc, attribute desc, value desc limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.seen_until, row.attribute, row.value))
  // Named in the answer as well: a veil covers what belongs to the ids that it finds there.
  return { authorId, items: page.items.map(toShown), nextCursor: page.nextCursor }
}

/** The latest of each attribute of several accounts, and how much there is of each account. */
export async function formerlyOf(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<Formerly> {
  const { rows } = await sql<PastRow & { author_id: string; count: number }>`
    select a.author_id, p.* from unnest(${[...new Set(authorIds)]}::uuid[]) as a(author_id)
      cross join lateral (
        select distinct on (attribute) *, count(*) over ()::int as count
        from (${shownBefore(tx, sql.ref('a.author_id'))}) shown
        order by attribute, seen_until desc, value desc) p
    order by a.author_id, p.seen_until desc, p.attribute desc`.execute(tx.sql)
  const found = new Map<string, Formerly[number]>()
  for (const row of rows) {
    const { author_id: authorId, count } = row
    found.set(authorId, { authorId, count, latest: [...(found.get(authorId)?.latest ?? []), toShown(row)] })
  }
  return [...found.values()]
}

const toShown = ({ attribute, value, seen_from: seenFrom, seen_until: seenUntil }: PastRow): ShownBefore => ({
  attribute,
  value,
  seenFrom,
  seenUntil,
})
