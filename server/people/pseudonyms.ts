import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { givenInWorkspace } from '../platform/callers.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden } from '../platform/errors.ts'
import { isId } from '../platform/ids.ts'
import type { Veil } from '../platform/procedures.ts'
import type { Secrets } from '../platform/secrets.ts'

/**
 * In a workspace that wants it, accounts that belong to no person are shown by a pseudonym to whoever needs only what was
 * said. It covers whole answers, whichever procedure gave them: every id in an answer is looked up, and whatever those
 * accounts are known by is replaced wherever it stands, in addresses and texts as well. So a new procedure is covered from
 * its first day.
 */
const PSEUDONYM_CHARACTERS = 6
/** Answers are pages of at most a hundred things, with a few ids each. */
const IDS_MAX = 20_000
/** A name of one word is taken out where it stands alone; inside a text it is a word like others. */
const PLAIN_CHARACTERS_MIN = 4

/** Callers with `authors.identify` see everything, and cost nothing. */
export const veiled = givenInWorkspace(({ permissions }, { secrets }) =>
  permissions.has('authors.identify') ? {} : { veil: veilOf(secrets) },
)

export const veilOf = (secrets: Secrets): Veil => ({
  isDrawn: isPseudonymous,
  ask: async (tx, input) => {
    if (asksForAccount(input) && (await isPseudonymous(tx))) throw new Forbidden('authors-are-pseudonymous')
  },
  cover: async (tx, output) => {
    if (!(await isPseudonymous(tx))) return output
    const known = await knownBy(tx, [...idsIn(output)].slice(0, IDS_MAX))
    if (known.length === 0) return output
    const cover = coverOf(known, (authorId) => pseudonym(secrets, tx.workspaceId, authorId))
    return covered(output, cover) as typeof output
  },
})

async function isPseudonymous(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ on: boolean }>`select coalesce((settings ->> 'pseudonymous')::boolean, false) as on
    from workspace where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return rows[0]?.on ?? false
}

/** Finding an account by its handle, or posts by their author, would say whose pseudonym it is. */
function asksForAccount(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false
  return Object.entries(input).some(([key, value]) => {
    if (key === 'search' || key === 'handle') return typeof value === 'string' && value.trim() !== ''
    if (key === 'query') return typeof value === 'string' && /\b(author|url)\s*:|@\S/i.test(value)
    return asksForAccount(value)
  })
}

function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (isId(value)) found.add(value)
  } else if (Array.isArray(value)) for (const one of value) idsIn(one, found)
  else if (typeof value === 'object' && value !== null && !(value instanceof Date))
    for (const [key, one] of Object.entries(value)) {
      if (isId(key)) found.add(key)
      idsIn(one, found)
    }
  return found
}

interface Known {
  authorId: string
  names: string[]
  addresses: string[]
}

/** The accounts behind these ids (their own, of posts, of conversations) that are nobody's and not ours. */
async function knownBy(tx: WorkspaceTransaction, ids: string[]): Promise<Known[]> {
  const { rows } = await sql<{
    author_id: string
    handle: string | null
    name: string | null
    network_id: string
    avatar_url: string | null
    url: string | null
    past: string[]
    past_addresses: string[]
  }>`
    with named as (
      select author_id from author where workspace_id = ${tx.workspaceId} and author_id = any(${ids}::uuid[])
      union select author_id from post where workspace_id = ${tx.workspaceId} and post_id = any(${ids}::uuid[])
      union select author_id from conversation where workspace_id = ${tx.workspaceId} and conversation_id = any(${ids}::uuid[]))
    select a.author_id, a.handle, a.name, a.network_id, a.avatar_url, a.url,
      array(select distinct unnest(array[h.handle, h.name]) from author_handle h
        where h.workspace_id = a.workspace_id and h.author_id = a.author_id)
      || array(select p.value from author_past p where p.workspace_id = a.workspace_id and p.author_id = a.author_id
        and p.attribute = 'name') as past,
      array(select p.value from author_past p where p.workspace_id = a.workspace_id and p.author_id = a.author_id
        and p.attribute in ('avatar', 'url')) as past_addresses
    from named join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = named.author_id
    where a.person_id is null and not a.own and a.kind = 'account'`.execute(tx.sql)
  return rows.map((row) => ({
    authorId: row.author_id,
    names: [row.handle, row.name, row.network_id, ...row.past].filter((name): name is string => Boolean(name)),
    addresses: [row.avatar_url, row.url, ...row.past_addresses].filter((address): address is string =>
      Boolean(address),
    ),
  }))
}

interface Cover {
  /** Whole texts. */
  exact: Map<string, string>
  addresses: Set<string>
  /** Within texts; null when nothing can be told from ordinary words. */
  inside: RegExp | null
}

function coverOf(known: Known[], nameOf: (authorId: string) => string): Cover {
  const exact = new Map<string, string>()
  for (const { authorId, names } of known)
    for (const name of names)
      for (const written of [name, `@${name}`]) exact.set(written.toLowerCase(), nameOf(authorId))
  const telling = [...new Set(known.flatMap(({ names }) => names))]
    .filter((name) => name.length >= PLAIN_CHARACTERS_MIN && !/^\p{L}+$/u.test(name))
    .sort((one, other) => other.length - one.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return {
    exact,
    addresses: new Set(known.flatMap(({ addresses }) => addresses)),
    inside: telling.length > 0 ? new RegExp(`@?(?:${telling.join('|')})`, 'gi') : null,
  }
}

function covered(value: unknown, cover: Cover): unknown {
  if (typeof value === 'string') return coveredText(value, cover)
  if (Array.isArray(value)) return value.map((one) => covered(one, cover))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, covered(one, cover)]))
}

function coveredText(text: string, { exact, addresses, inside }: Cover): string | null {
  if (addresses.has(text)) return null
  const whole = exact.get(text.toLowerCase())
  if (whole !== undefined) return whole
  if (!inside) return text
  const without = text.replace(
    inside,
    (found) => exact.get(found.toLowerCase()) ?? exact.get(found.slice(1).toLowerCase()) ?? '…',
  )
  // An address that named them leads to them: it is no address any more.
  return without !== text && /^https?:/.test(text) ? null : without
}

/** The same for an account as long as the installation's keys last; keyed, so that no guess can be tried out. */
export function pseudonym(secrets: Secrets, workspaceId: string, authorId: string): string {
  const hash = createHmac('sha256', secrets.derive(`pseudonyms ${workspaceId}`))
    .update(authorId)
    .digest()
  return [...hash.subarray(0, PSEUDONYM_CHARACTERS)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
}
/** Crockford's base 32: nothing that is mistaken for something else when read out. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
