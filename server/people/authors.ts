import { sql } from 'kysely'
import type { HeardAuthor } from '../connectors/index.ts'
import { textArray } from '../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { refreshPersons } from './fields/cached.ts'
import { lockPersons } from './graph/lock.ts'
import { handleKey, nameKey } from './name-keys.ts'
import { type AccountIdentity, accountKey } from './suppression.ts'

/** last_heard_at is exact to this: an index entry moves with it, and busy authors are heard many times a second. */
const LAST_HEARD_EXACT_TO_MS = 60_000

export type AuthorState = 'active' | 'deactivated' | 'gone'

export interface KnownAuthor {
  authorId: string
  own: boolean
  state: AuthorState
  /** What the network said last about the account; what was published before it is not taken in while it is away. */
  stateSince: Date | null
  /** A whole number as text; null where no network said. */
  followers: string | null
}

export interface RememberedAuthors {
  /** By accountKey. */
  byKey: Map<string, KnownAuthor>
  /** How many were heard for the first time. */
  added: number
}

interface Row {
  author_id: string
  network: string
  scope: string
  network_id: string
  handle: string | null
  name: string | null
  avatar_url: string | null
  bio: string | null
  url: string | null
  followers: string | null
  own: boolean
  state: AuthorState
  state_since: Date | null
  last_heard_at: Date
}

/**
 * Finds or makes the author of each account heard, updates what changed, and keeps the history of what it showed. A network
 * that does not know a detail says null, which never overwrites what is known. `onlyKnown` makes none. Safe beside another
 * transaction that hears the same accounts, and beside acts on the graph: rows are touched in the order of graph/lock.ts. Who is about to
 * begin as a person, or may be, is therefore named in `beginning` (by accountKey), and locked now.
 */
export async function rememberAuthors(
  tx: WorkspaceTransaction,
  authors: HeardAuthor[],
  heardAt: Date,
  { onlyKnown = false, beginning = NOBODY }: { onlyKnown?: boolean; beginning?: ReadonlySet<string> } = {},
): Promise<RememberedAuthors> {
  const newest = new Map(authors.map((author) => [accountKey(author), author]))
  const known = await findAuthors(tx, [...newest.values()])
  const moved = [...newest.entries()]
    .filter(([key, author]) => {
      const row = known.get(key)
      return (row !== undefined || !onlyKnown) && (beginning.has(key) || isNews(row, author, heardAt))
    })
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, author]) => author)
  const written = moved.length > 0 ? await writeAuthors(tx, moved, heardAt) : []
  const renamed = written.filter((row) => row.handle_before !== null && row.handle_before !== row.handle)
  for (const row of renamed) tx.record({ type: 'author.renamed', subjects: { author: row.author_id } })
  await renamePersons(tx, written)
  const all = new Map([...known.values(), ...written].map((row) => [keyOfRow(row), toKnown(row)]))
  return { byKey: all, added: written.filter((row) => row.added).length }
}

const NOBODY: ReadonlySet<string> = new Set()

/**
 * Persons are called by what their accounts show, as far as nobody said otherwise (fields/rule.ts): also a person who is
 * left without any, by the first that was theirs. Served by person_link_stack.
 */
async function renamePersons(tx: WorkspaceTransaction, written: readonly WrittenRow[]): Promise<void> {
  const renamed = written.flatMap((row) => (row.shown_anew ? [row.author_id] : []))
  if (renamed.length === 0) return
  const { rows } = await sql<{ person_id: string }>`
    select distinct p.current_id as person_id from person_link l
      join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
    where l.workspace_id = ${tx.workspaceId} and l.author_id = any(${renamed}::uuid[]) and l.withdrawn_at is null`.execute(
    tx.sql,
  )
  const personIds = rows.map((row) => row.person_id)
  await lockPersons(tx, personIds)
  await refreshPersons(tx, personIds)
}

/** Served by author's unique key, one look for each account, however far statistics are behind the table. */
async function findAuthors(tx: WorkspaceTransaction, accounts: AccountIdentity[]): Promise<Map<string, Row>> {
  if (accounts.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select a.* from unnest(${textArray(accounts.map((a) => a.network))}::text[], ${textArray(accounts.map((a) => a.scope))}::text[],
        ${textArray(accounts.map((a) => a.networkId))}::text[]) as g(network, scope, network_id)
      cross join lateral (
        select author_id, network, scope, network_id, handle, name, avatar_url, bio, url, followers, own, state,
          state_since, last_heard_at
        from author where workspace_id = ${tx.workspaceId} and network = g.network and scope = g.scope
          and network_id = g.network_id limit 1) a`.execute(tx.sql)
  return new Map(rows.map((row) => [keyOfRow(row), row]))
}

function isNews(row: Row | undefined, author: HeardAuthor, heardAt: Date): boolean {
  if (!row) return true
  const differs = (told: string | null, stored: string | null) => told !== null && told !== stored
  return (
    differs(author.handle, row.handle) ||
    differs(author.name, row.name) ||
    differs(author.avatarUrl, row.avatar_url) ||
    differs(author.bio, row.bio) ||
    differs(author.url, row.url) ||
    differs(wholeNumber(author.followers), row.followers) ||
    heardAt.getTime() - row.last_heard_at.getTime() > LAST_HEARD_EXACT_TO_MS
  )
}

interface WrittenRow extends Row {
  added: boolean
  handle_before: string | null
  person_id: string | null
  /** Name or handle are others than before. */
  shown_anew: boolean
}

/**
 * A period of a handle ends where the next begins; the first begins when the author is first heard. An author neither seen
 * before nor added was added meanwhile by another transaction, which has begun the period. What else an author shows is
 * kept when it changes (author_past), until when it was seen; a picture whose address is only signed anew is the same one.
 * Where links may be suggested, whoever changed is compared
 * again (identity_due).
 */
async function writeAuthors(tx: WorkspaceTransaction, authors: HeardAuthor[], heardAt: Date): Promise<WrittenRow[]> {
  const column = (of: (author: HeardAuthor) => string | null) => authors.map((author) => clean(of(author)))
  const { rows } = await sql<WrittenRow>`
    with given as (
      select * from unnest(${authors.map(newId)}::uuid[], ${column((a) => a.network)}::text[], ${column((a) => a.scope)}::text[],
        ${column((a) => a.networkId)}::text[], ${column((a) => a.handle)}::text[], ${column((a) => a.name)}::text[],
        ${column((a) => handleKey(a.handle))}::text[], ${column((a) => nameKey(a.name))}::text[],
        ${column((a) => a.avatarUrl)}::text[], ${column((a) => a.bio)}::text[], ${column((a) => a.url)}::text[],
        ${authors.map((a) => wholeNumber(a.followers))}::bigint[], ${authors.map((a) => a.stable)}::boolean[])
      as g(author_id, network, scope, network_id, handle, name, handle_key, name_key, avatar_url, bio, url, followers, stable)),
    before as (
      select a.author_id, a.handle, a.name, a.avatar_url, a.bio, a.url, a.last_heard_at from given g join author a on a.workspace_id = ${tx.workspaceId}
        and a.network = g.network and a.scope = g.scope and a.network_id = g.network_id),
    written as (
      insert into author (workspace_id, author_id, network, scope, network_id, handle, name, handle_key, name_key,
        avatar_url, bio, url, followers, stable, kind, first_heard_at, last_heard_at)
      select ${tx.workspaceId}, g.author_id, g.network, g.scope, g.network_id, g.handle, g.name, g.handle_key, g.name_key,
        g.avatar_url, g.bio, g.url, g.followers, g.stable,
        case when g.network = 'mail' and g.scope = '' then 'mail' else 'account' end, ${heardAt}, ${heardAt} from given g
      on conflict (workspace_id, network, scope, network_id) do update set
        handle = coalesce(excluded.handle, author.handle), handle_key = coalesce(excluded.handle_key, author.handle_key),
        name = coalesce(excluded.name, author.name), name_key = coalesce(excluded.name_key, author.name_key),
        avatar_url = coalesce(excluded.avatar_url, author.avatar_url), bio = coalesce(excluded.bio, author.bio),
        url = coalesce(excluded.url, author.url), followers = coalesce(excluded.followers, author.followers),
        last_heard_at = greatest(excluded.last_heard_at, author.last_heard_at)
      returning author_id, network, scope, network_id, handle, name, avatar_url, bio, url, followers, own, state,
        state_since, last_heard_at, person_id, author_id = any(select g.author_id from given g) as added),
    past as (
      insert into author_past (workspace_id, author_id, attribute, value, seen_from, seen_until)
      select ${tx.workspaceId}, w.author_id, c.attribute, c.value, (
          select max(p.seen_until) from author_past p
          where p.workspace_id = ${tx.workspaceId} and p.author_id = w.author_id and p.attribute = c.attribute),
        b.last_heard_at
      from written w join before b using (author_id) cross join lateral (values ('name', b.name, w.name),
        ('avatar', b.avatar_url, w.avatar_url), ('bio', b.bio, w.bio), ('url', b.url, w.url)) c(attribute, value, now)
      where (w.name, w.avatar_url, w.bio, w.url) is distinct from (b.name, b.avatar_url, b.bio, b.url)
        and c.value is not null and c.value <> c.now
        and (c.attribute <> 'avatar' or split_part(c.value, '?', 1) <> split_part(c.now, '?', 1))
      on conflict do nothing),
    ended as (
      update author_handle h set seen_until = b.last_heard_at
      from written w join before b using (author_id)
      where h.workspace_id = ${tx.workspaceId} and h.author_id = w.author_id and h.handle = b.handle
        and w.handle is distinct from b.handle and h.seen_until is null),
    begun as (
      insert into author_handle (workspace_id, author_id, handle, name, seen_from, seen_until)
      select ${tx.workspaceId}, w.author_id, w.handle, w.name, ${heardAt}, null
      from written w left join before b using (author_id)
      where w.handle is not null and (w.added or (b.author_id is not null and b.handle is distinct from w.handle))
      on conflict do nothing),
    due as (
      insert into identity_due (workspace_id, author_id)
      select p.workspace_id, w.author_id
      from inference_policy p cross join written w left join before b using (author_id)
      where p.workspace_id = ${tx.workspaceId} and p.mode <> 'none' and (w.person_id is not null or p.heard_too)
        and (b.author_id is null or (w.name, w.handle, w.bio, w.url) is distinct from (b.name, b.handle, b.bio, b.url)))
    select w.*, b.handle as handle_before, not w.added and (b.name, b.handle) is distinct from (w.name, w.handle) as shown_anew
    from written w left join before b using (author_id)`.execute(tx.sql)
  return rows
}

const keyOfRow = (row: Row) => accountKey({ network: row.network, scope: row.scope, networkId: row.network_id })

const toKnown = (row: Row): KnownAuthor => ({
  authorId: row.author_id,
  own: row.own,
  state: row.state,
  stateSince: row.state_since,
  followers: row.followers,
})

/** PostgreSQL text holds no NUL, and half a character pair is not UTF-8. */
const clean = (text: string | null): string | null => text?.replaceAll('\0', '').toWellFormed() ?? null

const wholeNumber = (count: number | null): string | null =>
  count === null || !Number.isFinite(count) ? null : String(Math.max(0, Math.trunc(count)))
