import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { accountKey } from '../suppression.ts'

/**
 * One act on the graph of a workspace at a time. Every transaction that changes it takes its locks in this order:
 *
 * 1. the graph (an advisory lock of the workspace, until the transaction ends),
 * 2. rows of authors, in the order of accountKey, which is the order of intake,
 * 3. rows of persons, in the order of their ids.
 *
 * Intake and the beginning of a person by contact take 2 and 3 only: they never change whose an author is once it is
 * somebody's, and a person who begins is known to nobody yet. Whoever holds rows of authors must not ask for the graph, and
 * an act has a transaction of its own: a second one in it would take 2 after 3, and may meet intake on its way.
 */
export async function lockGraph(tx: WorkspaceTransaction): Promise<void> {
  if (holders.has(tx)) return
  await sql`select pg_advisory_xact_lock(hashtextextended(${`graph ${tx.workspaceId}`}, 0))`.execute(tx.sql)
  holders.add(tx)
}

/** It is held until the transaction ends: whoever has it need not ask again. */
const holders = new WeakSet<WorkspaceTransaction>()

export async function lockAuthors(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<void> {
  if (authorIds.length === 0) return
  const rows = await tx.sql
    .selectFrom('author')
    .select(['author_id', 'network', 'scope', 'network_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(({ eb, fn, val }) => eb('author_id', '=', fn.any(sql<string[]>`${val(authorIds)}::uuid[]`)))
    .execute()
  const ordered = rows
    .map((row) => ({ id: row.author_id, key: accountKey({ ...row, networkId: row.network_id }) }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ id }) => id)
  await sql`
    select from unnest(${ordered}::uuid[]) with ordinality as g(author_id, place)
      join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id
    order by g.place for no key update of a`.execute(tx.sql)
}

export async function lockPersons(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`
    select from person where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])
    order by person_id for no key update`.execute(tx.sql)
}

/** What an act touches: everyone who is the same as the persons named or as those to whom the authors belong or belonged. */
export interface Held {
  personIds: string[]
  authorIds: string[]
}

/**
 * Takes all locks of an act. `personIds` and `authorIds` are what it names. Whoever else a link of these authors that stands
 * leads to is held as well: it may come forth when one above falls away, and is called by it when nothing else is left.
 */
export async function holdGraph(
  tx: WorkspaceTransaction,
  { personIds = [], authorIds = [] }: { personIds?: readonly string[]; authorIds?: readonly string[] },
): Promise<Held> {
  await lockGraph(tx)
  const named = await sql<{ author_id: string }>`
    select author_id from author where workspace_id = ${tx.workspaceId}
      and person_id = any(select current_id from person
        where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]))`.execute(tx.sql)
  const authors = [...new Set([...authorIds, ...named.rows.map((row) => row.author_id)])]
  await lockAuthors(tx, authors)
  // Read under the authors' locks: a person may have begun by contact until now.
  const members = await sql<{ person_id: string }>`
    with touched as (
      select current_id from person where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])
      union select person_id from author
        where workspace_id = ${tx.workspaceId} and author_id = any(${authors}::uuid[]) and person_id is not null
      union select p.current_id from person_link l
          join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
        where l.workspace_id = ${tx.workspaceId} and l.author_id = any(${authors}::uuid[]) and l.withdrawn_at is null)
    select p.person_id from touched t
      join person p on p.workspace_id = ${tx.workspaceId} and p.current_id = t.current_id`.execute(tx.sql)
  const held = { personIds: members.rows.map((row) => row.person_id), authorIds: authors }
  await lockPersons(tx, held.personIds)
  return held
}
