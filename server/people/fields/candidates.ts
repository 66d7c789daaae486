import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Actor } from '../../platform/events.ts'
import { accountName, type Candidate, type NamedIdentity, ranked, TOLD_BY_CUSTOMER } from './rule.ts'

/** By field. */
export type Candidates = Map<string, Candidate[]>

interface ToldRow {
  person_id: string
  author_id: string
  field: string
  source: string
  value: string
  told_at: Date
}

interface OverrideRow {
  person_id: string
  field: string
  value: string | null
  position: string
  set_at: Date
  set_by_kind: Actor['kind']
  set_by: string | null
}

/** A name that a source tells in parts alone. */
const NAME_PARTS = ['given-name', 'family-name']

/**
 * All candidates for fields of current persons, by person: of their identities (author_person) and of everyone who is the
 * same (person_current, person_override_person). `fields` absent: every field there is.
 */
export async function candidatesOf(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
  fields?: readonly string[],
): Promise<Map<string, Candidates>> {
  const found = new Map<string, Candidates>(personIds.map((id) => [id, new Map()]))
  if (personIds.length === 0) return found
  const add = (personId: string, field: string, candidate: Candidate) => {
    const of = found.get(personId)
    of?.set(field, [...(of.get(field) ?? []), candidate])
  }
  const told = await toldRows(tx, personIds, fields && [...fields, ...(fields.includes('name') ? NAME_PARTS : [])])
  for (const row of told) if (!fields || fields.includes(row.field)) add(row.person_id, row.field, toldCandidate(row))
  for (const row of composedNames(told)) add(row.person_id, 'name', toldCandidate(row))
  for (const row of await overrideRows(tx, personIds, fields))
    add(row.person_id, row.field, {
      origin: 'override',
      value: row.value,
      at: row.set_at,
      source: null,
      authorId: null,
      position: row.position,
      by: { kind: row.set_by_kind, id: row.set_by },
    })
  if (!fields || fields.includes('name'))
    for (const row of await namedIdentities(tx, personIds)) add(row.person_id, 'name', accountName(row))
  return found
}

/**
 * Of identities that are about to begin persons: `person_id` says which, in the order of the answer's keys. The caller
 * holds their rows.
 */
export async function candidatesOfBeginners(
  tx: WorkspaceTransaction,
  identities: readonly (NamedIdentity & { person_id: string })[],
): Promise<Map<string, Candidates>> {
  const found = new Map<string, Candidates>()
  const add = (personId: string, field: string, candidate: Candidate) => {
    const of = found.get(personId) ?? new Map<string, Candidate[]>()
    found.set(personId, of.set(field, [...(of.get(field) ?? []), candidate]))
  }
  for (const identity of identities) add(identity.person_id, 'name', accountName(identity))
  const personOf = new Map(identities.map(({ author_id, person_id }) => [author_id, person_id]))
  const { rows } = await sql<Omit<ToldRow, 'person_id'>>`
    select author_id, field, source, value, told_at from author_field
    where workspace_id = ${tx.workspaceId} and author_id = any(${[...personOf.keys()]}::uuid[])
      and field = any(${['name', 'language', ...NAME_PARTS]}::text[])`.execute(tx.sql)
  const told = rows.map((row) => ({ ...row, person_id: personOf.get(row.author_id) as string }))
  for (const row of [...told, ...composedNames(told)]) add(row.person_id, row.field, toldCandidate(row))
  return found
}

const toldCandidate = (row: ToldRow): Candidate => ({
  origin: row.source === TOLD_BY_CUSTOMER ? 'customer' : 'system',
  value: row.value,
  at: row.told_at,
  source: row.source,
  authorId: row.author_id,
})

/** "given-name" and "family-name" of one source on one identity make a name where that source tells none. */
function composedNames(told: readonly ToldRow[]): ToldRow[] {
  const bySource = Map.groupBy(told, (row) => `${row.author_id}\n${row.source}`)
  return [...bySource.values()].flatMap((rows) => {
    if (rows.some(({ field }) => field === 'name')) return []
    const parts = NAME_PARTS.flatMap((part) => rows.find(({ field }) => field === part) ?? [])
    const newest = parts.toSorted((a, b) => b.told_at.getTime() - a.told_at.getTime())[0]
    return newest ? [{ ...newest, field: 'name', value: parts.map(({ value }) => value).join(' ') }] : []
  })
}

async function toldRows(tx: WorkspaceTransaction, personIds: readonly string[], fields?: readonly string[]) {
  const { rows } = await sql<ToldRow>`
    select a.person_id, f.author_id, f.field, f.source, f.value, f.told_at
    from author a join author_field f on f.workspace_id = a.workspace_id and f.author_id = a.author_id
    where a.workspace_id = ${tx.workspaceId} and a.person_id = any(${personIds}::uuid[])
      ${fields ? sql`and f.field = any(${fields}::text[])` : sql``}`.execute(tx.sql)
  return rows
}

async function overrideRows(tx: WorkspaceTransaction, personIds: readonly string[], fields?: readonly string[]) {
  const { rows } = await sql<OverrideRow>`
    select distinct on (p.current_id, o.field) p.current_id as person_id, o.field, o.value, o.position, o.set_at,
      o.set_by_kind, o.set_by
    from person p join person_override o on o.workspace_id = p.workspace_id and o.person_id = p.person_id
      and o.withdrawn_at is null
    where p.workspace_id = ${tx.workspaceId} and p.current_id = any(${personIds}::uuid[])
      ${fields ? sql`and o.field = any(${fields}::text[])` : sql``}
    order by p.current_id, o.field, o.position desc`.execute(tx.sql)
  return rows
}

/** The identities of a person. One without any is called as the identity of the first link that stands. */
async function namedIdentities(tx: WorkspaceTransaction, personIds: readonly string[]) {
  const { rows } = await sql<NamedIdentity & { person_id: string }>`
    select person_id, author_id, kind, name, handle, network_id, first_heard_at from author
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`.execute(tx.sql)
  const nameless = personIds.filter((id) => !rows.some((row) => row.person_id === id))
  if (nameless.length === 0) return rows
  const first = await sql<NamedIdentity & { person_id: string }>`
    select distinct on (p.current_id) p.current_id as person_id, a.author_id, a.kind, a.name, a.handle, a.network_id,
      a.first_heard_at
    from person p
      join person_link l on l.workspace_id = p.workspace_id and l.person_id = p.person_id and l.withdrawn_at is null
      join author a on a.workspace_id = l.workspace_id and a.author_id = l.author_id and a.erased_at is null
    where p.workspace_id = ${tx.workspaceId} and p.current_id = any(${nameless}::uuid[])
    order by p.current_id, l.position, a.author_id`.execute(tx.sql)
  return [...rows, ...first.rows]
}

/**
 * What persons are called by themselves, whoever they are merged with: by what stands on each of them and on the identities
 * that were linked to it. For histories, which tell them apart.
 */
export async function namesApart(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
  sources: readonly string[],
): Promise<Map<string, string>> {
  const ids = sql`any(${personIds}::uuid[])`
  const linked = sql`
    select distinct l.person_id, l.author_id from person_link l
    where l.workspace_id = ${tx.workspaceId} and l.person_id = ${ids} and l.withdrawn_at is null and not l.shared`
  const identities = await sql<NamedIdentity & { person_id: string }>`
    select l.person_id, a.author_id, a.kind, a.name, a.handle, a.network_id, a.first_heard_at
    from (${linked}) l join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = l.author_id
      and a.erased_at is null`.execute(tx.sql)
  const told = await sql<ToldRow>`
    select l.person_id, f.author_id, f.field, f.source, f.value, f.told_at
    from (${linked}) l join author_field f on f.workspace_id = ${tx.workspaceId} and f.author_id = l.author_id
      and f.field = any(${['name', ...NAME_PARTS]}::text[])`.execute(tx.sql)
  const overrides = await sql<{ person_id: string; value: string | null }>`
    select distinct on (person_id) person_id, value from person_override
    where workspace_id = ${tx.workspaceId} and person_id = ${ids} and field = 'name' and withdrawn_at is null
    order by person_id, position desc`.execute(tx.sql)
  return new Map(
    personIds.flatMap((personId) => {
      const of = <Row extends { person_id: string }>(rows: readonly Row[]) =>
        rows.filter((row) => row.person_id === personId)
      const said = of(told.rows)
      const candidates = [
        ...said.filter(({ field }) => field === 'name').map(toldCandidate),
        ...composedNames(said).map(toldCandidate),
        ...of(identities.rows).map(accountName),
      ]
      const name = of(overrides.rows)[0]?.value ?? ranked(candidates, sources)[0]?.value
      return name ? [[personId, name] as const] : []
    }),
  )
}
