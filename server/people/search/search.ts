import { sql } from 'kysely'
import type { z } from 'zod'
import type { search as contract, FOUND_BY } from '../../../contract/people-search.ts'
import { readWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { AUTHOR_BRIEF_COLUMNS, type AuthorBrief, toAuthorBrief } from '../reading.ts'
import { type FoundIdentity, findByIdentity } from './find-by-identity.ts'
import { findByName } from './find-by-name.ts'
import { readTyped } from './typed.ts'

const ACCOUNTS_SHOWN_MAX = 6
/** An address typed whole is meant; a name typed right comes before what only begins alike. */
const BEGUN = 0.9

type Answer = z.output<NonNullable<(typeof contract)['~orpc']['outputSchema']>>
type Found = { by: (typeof FOUND_BY)[number]; value: string; exact: boolean }

/** Who may be meant by a text: identities and names are asked, and each person stands once, by the best reason. */
export async function searchPeople(
  tx: WorkspaceTransaction,
  { text: typed, limit }: { text: string; limit: number },
): Promise<Answer> {
  // PostgreSQL text holds no NUL, and half a character pair is not UTF-8.
  const text = typed.replaceAll('\0', '').toWellFormed()
  const { languages } = await readWorkspace(tx)
  const identities = await findByIdentity(tx, readTyped(text, languages))
  // Whoever typed an address or a number means it. A handle without its @ may be a name as well.
  const meant =
    text.includes('@') ||
    !/\p{L}/u.test(text) ||
    identities.some(({ exact, by }) => exact && (by === 'mail' || by === 'phone' || by === 'customer-number'))
  const named = meant ? [] : await findByName(tx, text, limit)
  const best = new Map<string, { rank: number; found: Found }>()
  const offer = (personId: string, rank: number, found: Found) => {
    if (rank > (best.get(personId)?.rank ?? 0)) best.set(personId, { rank, found })
  }
  for (const { personId, name, likeness } of named)
    offer(personId, likeness, { by: 'name', value: name, exact: likeness > BEGUN })
  for (const identity of identities)
    for (const personId of identity.personIds)
      offer(personId, identity.exact ? 2 : BEGUN, { by: identity.by, value: identity.value, exact: identity.exact })
  const order = [...best].toSorted(([, a], [, b]) => b.rank - a.rank).slice(0, limit)
  return {
    persons: await presentPersons(tx, new Map(order.map(([personId, { found }]) => [personId, found]))),
    accounts: await presentAccounts(tx, identities, limit),
  }
}

async function presentPersons(tx: WorkspaceTransaction, found: Map<string, Found>): Promise<Answer['persons']> {
  const ids = [...found.keys()]
  if (ids.length === 0) return []
  const { rows } = await sql<{ person_id: string; name: string; language: string | null }>`
    select person_id, name, language from person where workspace_id = ${tx.workspaceId}
      and person_id = any(${ids}::uuid[]) and erased_at is null`.execute(tx.sql)
  const persons = new Map(rows.map((row) => [row.person_id, row]))
  const authors = await accountsOf(tx, ids)
  return ids.flatMap((personId) => {
    const person = persons.get(personId)
    const by = found.get(personId)
    if (!person || !by) return []
    const { name, language } = person
    return [{ personId, name, language, authors: authors.get(personId) ?? [], found: by }]
  })
}

/** Accounts of each person, a few. Served by author_person. */
export async function accountsOf(tx: WorkspaceTransaction, personIds: string[]): Promise<Map<string, AuthorBrief[]>> {
  const { rows } = await sql<Parameters<typeof toAuthorBrief>[0] & { person_id: string }>`
    select g.person_id, a.* from unnest(${personIds}::uuid[]) as g(person_id) cross join lateral (
      select author_id, network, handle, name, avatar_url, own, state from author
      where workspace_id = ${tx.workspaceId} and person_id = g.person_id and kind = 'account'
      order by author_id limit ${ACCOUNTS_SHOWN_MAX}) a`.execute(tx.sql)
  const byPerson = Map.groupBy(rows, (row) => row.person_id)
  return new Map([...byPerson].map(([personId, all]) => [personId, all.map(toAuthorBrief)]))
}

async function presentAccounts(
  tx: WorkspaceTransaction,
  identities: FoundIdentity[],
  limit: number,
): Promise<Answer['accounts']> {
  const nobodys = new Map(
    identities.filter(({ personIds }) => personIds.length === 0).map((identity) => [identity.authorId, identity]),
  )
  if (nobodys.size === 0) return []
  const rows = await tx.sql
    .selectFrom('author')
    .select([...AUTHOR_BRIEF_COLUMNS, 'author.followers', 'author.last_heard_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('kind', '=', 'account')
    .where(sql<boolean>`author_id = any(${[...nobodys.keys()]}::uuid[])`)
    .execute()
  const shown = new Map(rows.map((row) => [row.author_id, row]))
  return [...nobodys.values()]
    .flatMap(({ authorId, by, value, exact }) => {
      const row = shown.get(authorId)
      if (!row) return []
      const listed = { ...toAuthorBrief(row), followers: row.followers, lastHeardAt: row.last_heard_at, person: null }
      return [{ ...listed, found: { by, value, exact } }]
    })
    .slice(0, limit)
}
