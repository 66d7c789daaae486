import { sql } from 'kysely'
import type { z } from 'zod'
import type { people as contract } from '../../contract/people.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import type { Actor } from '../platform/events.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { handleKey, nameKey, prefixEnd } from './name-keys.ts'
import { formerlyOf, pastOf } from './past.ts'
import { AUTHOR_BRIEF_COLUMNS, currentPerson, handlesOf, linksOf, personsOfAuthors, toAuthorBrief } from './reading.ts'

const AUTHOR_LINKS_MAX = 100
/** As many identities as a person may have (graph/identities.ts), and what ended last. */
const PERSON_LINKS_MAX = 700

type Output<Procedure> = Procedure extends { '~orpc': { outputSchema?: infer Schema } }
  ? z.output<NonNullable<Schema> & z.ZodType>
  : never
type ListedAuthors = Output<typeof contract.authors.list>

export interface AuthorListOptions {
  search?: string | undefined
  network?: string | undefined
  after?: string | undefined
  limit: number
}

interface ListedRow {
  author_id: string
  network: string
  handle: string | null
  name: string | null
  avatar_url: string | null
  own: boolean
  state: 'active' | 'deactivated' | 'gone'
  kind: 'account' | 'mail' | 'phone' | 'site' | 'customer-number'
  network_id: string
  followers: string | null
  last_heard_at: Date
}

/** The last heard first (author_last_heard); a search goes by handle and name (author_by_handle, author_by_name). */
export async function listAuthors(tx: WorkspaceTransaction, options: AuthorListOptions): Promise<ListedAuthors> {
  const page = options.search ? await searchAuthors(tx, options) : await newestAuthors(tx, options)
  const persons = await personsOfAuthors(
    tx,
    page.items.map((row) => row.author_id),
  )
  const items = page.items.map((row) => ({
    ...toAuthorBrief(row),
    followers: row.followers,
    lastHeardAt: row.last_heard_at,
    person: persons.get(row.author_id) ?? null,
  }))
  return { items, nextCursor: page.nextCursor }
}

async function newestAuthors(tx: WorkspaceTransaction, { network, after, limit }: AuthorListOptions) {
  const cursor = readCursor(after, 2)
  let query = tx.sql
    .selectFrom('author')
    .select([...AUTHOR_BRIEF_COLUMNS, 'author.followers', 'author.last_heard_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'account')
  if (network) query = query.where('network', '=', network)
  if (cursor)
    query = query.where(sql<boolean>`(last_heard_at, author_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`)
  const rows: ListedRow[] = await query
    .orderBy('last_heard_at', 'desc')
    .orderBy('author_id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOf(rows, limit, (row) => writeCursor(row.last_heard_at, row.author_id))
}

/** Both indexes are walked from the cursor on and merged; an author found by handle and name comes once, by the lesser key. */
async function searchAuthors(tx: WorkspaceTransaction, { search = '', network, after, limit }: AuthorListOptions) {
  const cursor = readCursor(after, 2)
  const byHandle = handleKey(search)
  const byName = nameKey(search)
  const walk = (column: 'handle_key' | 'name_key', prefix: string | null) => sql`
    (select ${sql.ref(column)} as key, author_id from author
     where workspace_id = ${tx.workspaceId} and ${sql.ref(column)} >= ${prefix ?? ''} and ${sql.ref(column)} < ${prefix === null ? '' : prefixEnd(prefix)}
       ${cursor ? sql`and (${sql.ref(column)}, author_id) > (${cursor[0]}, ${cursor[1]}::uuid)` : sql``}
       ${network ? sql`and network = ${network}` : sql``}
     order by ${sql.ref(column)}, author_id limit ${limit + 1})`
  const { rows } = await sql<ListedRow & { key: string }>`
    with found as (${walk('handle_key', byHandle)} union ${walk('name_key', byName)}),
    page as (select key, author_id from found order by key, author_id limit ${limit + 1})
    select page.key, a.author_id, a.network, a.handle, a.name, a.avatar_url, a.own, a.state, a.kind, a.network_id,
      a.followers, a.last_heard_at
    from page join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = page.author_id
    order by page.key, page.author_id`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.key, row.author_id))
  return { ...page, items: page.items.filter((row) => isFirstMeeting(row, byHandle)) }
}

/** Found by its name as well as by its handle, an author is shown where its handle stands. */
function isFirstMeeting(row: ListedRow & { key: string }, handlePrefix: string | null): boolean {
  const handle = handleKey(row.handle)
  const foundByHandle = handlePrefix !== null && handle?.startsWith(handlePrefix) === true
  return !foundByHandle || row.key === handle
}

export async function readAuthor(
  tx: WorkspaceTransaction,
  authorId: string,
): Promise<Output<typeof contract.authors.get>> {
  const row = await tx.sql
    .selectFrom('author')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .executeTakeFirst()
  if (!row) throw new NotFound('author-unknown')
  const handles = await handlesOf(tx, [authorId])
  const links = await linksOf(tx, { authorId }, AUTHOR_LINKS_MAX)
  return {
    ...toAuthorBrief(row),
    followers: row.followers,
    lastHeardAt: row.last_heard_at,
    person: (await personsOfAuthors(tx, [authorId])).get(authorId) ?? null,
    kind: row.kind,
    past: await pastOf(tx, authorId),
    scope: row.scope,
    networkId: row.network_id,
    bio: row.bio,
    url: row.url,
    stable: row.stable,
    firstHeardAt: row.first_heard_at,
    handles: handles.map(({ handle, name, seenFrom, seenUntil }) => ({
      handle,
      name,
      seenFrom,
      seenUntil: seenUntil ?? row.last_heard_at,
    })),
    links,
  }
}

/** Whoever is named of those who are the same: the answer is the current person's. */
export async function readPerson(
  tx: WorkspaceTransaction,
  personId: string,
): Promise<Output<typeof contract.persons.get>> {
  const row = await tx.sql
    .selectFrom('person')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', (await currentPerson(tx, personId)) ?? personId)
    .executeTakeFirst()
  if (!row) throw new NotFound('person-unknown')
  if (row.erased_at) throw new NotFound('person-erased')
  const links = await linksOf(tx, { personId }, PERSON_LINKS_MAX)
  return {
    personId: row.person_id,
    name: row.name,
    language: row.language,
    note: row.note,
    beganBecause: row.began_because,
    reason: row.reason,
    createdAt: row.created_at,
    createdBy: { kind: row.created_by_kind as Actor['kind'], id: row.created_by },
    links,
    formerly: await formerlyOf(
      tx,
      links.map(({ author }) => author.authorId),
    ),
  }
}
