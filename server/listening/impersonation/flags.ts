import { sql } from 'kysely'
import { authorBriefs } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { PictureComparison } from './pictures.ts'
import type { Reason } from './resemblance.ts'

export interface Flag {
  authorId: string
  ownAuthorId: string
  strength: number
  reasons: Reason[]
  picture: PictureComparison
}

export type FlagState = 'open' | 'dismissed' | 'confirmed'

const OPEN_COUNTED_MAX = 100

/** What decides whether it is another matter than the one that was dismissed. */
const kindsOf = (reasons: readonly Reason[]): string => JSON.stringify(reasons.map(({ kind }) => kind).sort())

/**
 * What was found among the accounts that were looked at, in the order of their ids. What was decided stays decided, unless it
 * was dismissed and there are other reasons now; an open flag whose reasons are gone goes. Accounts that went or became
 * ours meanwhile are passed over.
 */
export async function writeFlags(
  tx: WorkspaceTransaction,
  looked: readonly string[],
  flags: readonly Flag[],
  now: Date,
): Promise<void> {
  const rows = flags.toSorted((a, b) => (a.authorId < b.authorId ? -1 : 1))
  await withdrawFlags(
    tx,
    looked,
    rows.map(({ authorId }) => authorId),
  )
  if (rows.length === 0) return
  const { rows: written } = await sql<{ author_id: string; strength: number; found_at: Date }>`
    insert into impersonation as i (workspace_id, author_id, own_author_id, strength, reasons, picture, found_at)
    select ${tx.workspaceId}, g.author_id, g.own_author_id, g.strength, g.reasons, g.picture, ${now}
    from unnest(${rows.map(({ authorId }) => authorId)}::uuid[], ${rows.map(({ ownAuthorId }) => ownAuthorId)}::uuid[],
      ${rows.map(({ strength }) => strength)}::real[], ${rows.map(({ reasons }) => JSON.stringify(reasons))}::jsonb[],
      ${rows.map(({ picture }) => picture)}::text[]) as g(author_id, own_author_id, strength, reasons, picture)
      join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id and not a.own
      join author o on o.workspace_id = ${tx.workspaceId} and o.author_id = g.own_author_id and o.own
    order by g.author_id
    on conflict (workspace_id, author_id) do update set own_author_id = excluded.own_author_id, strength = excluded.strength,
        reasons = excluded.reasons, picture = excluded.picture,
        state = case i.state when 'dismissed' then 'open' else i.state end,
        found_at = case i.state when 'dismissed' then excluded.found_at else i.found_at end,
        decided_on = case i.state when 'dismissed' then null else i.decided_on end,
        decided_because = case i.state when 'dismissed' then null else i.decided_because end,
        decided_by = case i.state when 'dismissed' then null else i.decided_by end,
        decided_at = case i.state when 'dismissed' then null else i.decided_at end
      where (i.reasons, i.picture) is distinct from (excluded.reasons, excluded.picture)
        and (i.state <> 'dismissed' or i.decided_on is distinct from (
          select jsonb_agg(r ->> 'kind' order by r ->> 'kind') from jsonb_array_elements(excluded.reasons) r))
    returning author_id, strength, found_at`.execute(tx.sql)
  for (const { author_id, strength, found_at } of written)
    if (found_at.getTime() === now.getTime())
      tx.record({
        type: 'impersonation.flagged',
        subjects: { author: author_id },
        codes: { percent: Math.round(strength * 100) },
      })
}

async function withdrawFlags(tx: WorkspaceTransaction, looked: readonly string[], flagged: string[]): Promise<void> {
  await sql`delete from impersonation where workspace_id = ${tx.workspaceId} and state = 'open'
    and author_id = any(${[...looked]}::uuid[]) and author_id <> all(${flagged}::uuid[])`.execute(tx.sql)
  await sql`delete from impersonation i using author a where i.workspace_id = ${tx.workspaceId}
    and a.workspace_id = i.workspace_id and a.author_id = i.author_id and a.own`.execute(tx.sql)
}

interface FlagRow {
  author_id: string
  own_author_id: string
  strength: number
  reasons: Reason[]
  picture: PictureComparison
  state: FlagState
  found_at: Date
  decided_because: string | null
  decided_by: string | null
  decided_at: Date | null
}

/** Served by impersonation_list. Accounts that are gone stay in it until they are forgotten, and are marked so. */
export const flagsQuery = (workspaceId: string, state: FlagState, after: [Date, string] | null, limit: number) =>
  sql<FlagRow>`
  select * from impersonation where workspace_id = ${workspaceId} and state = ${state}
    ${after ? sql`and (found_at, author_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
  order by found_at desc, author_id desc limit ${limit}`

export async function listFlags(
  tx: WorkspaceTransaction,
  { state, after, limit }: { state: FlagState; after?: string | undefined; limit: number },
) {
  const cursor = readCursor(after, 2)
  const place: [Date, string] | null = cursor && [new Date(cursor[0] as string), cursor[1] as string]
  const { rows } = await flagsQuery(tx.workspaceId, state, place, limit + 1).execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.found_at, row.author_id))
  const briefs = await authorBriefs(
    tx,
    page.items.flatMap((row) => [row.author_id, row.own_author_id]),
  )
  const items = page.items.flatMap((row) => {
    const [author, own] = [briefs.get(row.author_id), briefs.get(row.own_author_id)]
    if (!author || !own) return []
    const { strength, reasons, picture, decided_by, decided_at, decided_because } = row
    const decided = decided_at && { by: decided_by, at: decided_at, because: decided_because ?? '' }
    return [{ author, own, strength, reasons, picture, state: row.state, foundAt: row.found_at, decided }]
  })
  return { items, nextCursor: page.nextCursor }
}

/** Of these accounts the ones that somebody said pretend to be us. */
export async function confirmedLookAlikes(tx: WorkspaceTransaction, authorIds: string[]): Promise<Set<string>> {
  if (authorIds.length === 0) return new Set()
  const { rows } = await sql<{ author_id: string }>`
    select author_id from impersonation
    where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and state = 'confirmed'`.execute(
    tx.sql,
  )
  return new Set(rows.map((row) => row.author_id))
}

/** 100 means at least so many. */
export async function countOpen(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from (select from impersonation where workspace_id = ${tx.workspaceId} and state = 'open'
      limit ${OPEN_COUNTED_MAX}) few`.execute(tx.sql)
  return rows[0]?.open ?? 0
}

/** A person's decision, with its reason; nothing follows from it by itself. */
export async function decide(
  tx: WorkspaceTransaction,
  authorId: string,
  to: { state: FlagState; because: string | null },
  now: Date,
): Promise<void> {
  const { rows } = await sql<FlagRow>`
    select * from impersonation where workspace_id = ${tx.workspaceId} and author_id = ${authorId} for update`.execute(
    tx.sql,
  )
  const [row] = rows
  if (!row) throw new NotFound('impersonation-unknown')
  if (row.state === to.state) throw new Conflict('impersonation-decided', { state: row.state })
  const isOpen = to.state === 'open'
  await tx.sql
    .updateTable('impersonation')
    .set({
      state: to.state,
      decided_on: isOpen ? null : kindsOf(row.reasons),
      decided_because: to.because,
      decided_by: isOpen || tx.actor.kind !== 'member' ? null : tx.actor.id,
      decided_at: isOpen ? null : now,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .execute()
  tx.record({
    type: isOpen ? 'impersonation.reopened' : `impersonation.${to.state}`,
    subjects: { author: authorId },
    ...(to.because === null ? {} : { content: { because: to.because } }),
  })
}
