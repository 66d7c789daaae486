import { sql } from 'kysely'
import type { LinkageRecord } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { mayProfileAuthors } from '../consent/index.ts'
import { TOLD_BY_CUSTOMER } from '../fields/rule.ts'
import {
  type ContactPoint,
  type IdentityFacts,
  NOBODY_YET,
  type PersonFacts,
  type PointKind,
  pointKey,
  pointsNamed,
  recordOf,
} from './fields.ts'

/** Contact points and told fields of a person that are read; who has more has been filled by a machine. */
const POINTS_MAX = 40
const TOLD_MAX = 60

/** Says which of these accounts people have confirmed to pretend to be us. It lies below this module and is handed down. */
export type Impersonators = (tx: WorkspaceTransaction, authorIds: string[]) => Promise<Set<string>>

/** An identity as it is compared. */
export interface Identity {
  authorId: string
  personId: string | null
  network: string
  kind: IdentityFacts['kind']
  stable: boolean
  heardOnly: boolean
  /** With what is known of its person. */
  record: LinkageRecord
  /** Without: what it is found by, so that a person's mail is looked up once and not with each of their accounts. */
  ownRecord: LinkageRecord
  /** Contact points that the customer proved to be theirs. */
  proven: ReadonlySet<string>
  /** Contact points in its own profile. */
  named: ReadonlySet<string>
  /** Contact points that this one states, of which several persons are known to share them. */
  shared: ReadonlySet<string>
}

interface AuthorRow {
  author_id: string
  kind: IdentityFacts['kind']
  network: string
  scope: string
  network_id: string
  handle: string | null
  name: string | null
  bio: string | null
  url: string | null
  stable: boolean
  state_since: Date | null
  state: string
  person_id: string | null
  first_heard_at: Date
  last_heard_at: Date
}

/**
 * Those of these identities that may be compared: not ours, not gone, of nobody who objected, no confirmed look-alike. Bounded
 * by the caller; four queries, whatever their number.
 */
export async function readIdentities(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  impersonators: Impersonators,
): Promise<Map<string, Identity>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await authorsQuery(tx.workspaceId, authorIds).execute(tx.sql)
  const ids = rows.map(({ author_id }) => author_id)
  const [allowed, pretending] = [await mayProfileAuthors(tx, ids), await impersonators(tx, ids)]
  const usable = rows.filter(({ author_id }) => allowed.has(author_id) && !pretending.has(author_id))
  const persons = await readPersons(tx, usable)
  const stated = usable.map((row) => ({ row, facts: factsOf(row, persons.toldBy.get(row.author_id)) }))
  const shared = await sharedAmong(
    tx,
    stated.flatMap(({ row, facts }) => [
      ...pointsNamed(facts),
      ...(persons.byId.get(row.person_id ?? '')?.points ?? []),
    ]),
  )
  return new Map(
    stated.map(({ row, facts }) => {
      const person = persons.byId.get(row.person_id ?? '') ?? NOBODY_YET
      const named = pointsNamed(facts).map(pointKey)
      const points = [...named, ...person.points.map(pointKey)]
      const identity: Identity = {
        authorId: row.author_id,
        personId: row.person_id,
        network: row.network,
        kind: row.kind,
        stable: row.stable,
        heardOnly: row.person_id === null,
        record: recordOf(
          facts,
          persons.organisations.has(row.author_id) ? { ...person, isOrganisation: true } : person,
          shared,
        ),
        ownRecord: recordOf(facts, NOBODY_YET, shared),
        proven: persons.proven.get(row.person_id ?? '') ?? new Set(),
        named: new Set(named),
        shared: new Set(points.filter((point) => shared.has(point))),
      }
      return [row.author_id, identity]
    }),
  )
}

/** Served by author's primary key. */
export const authorsQuery = (workspaceId: string, authorIds: readonly string[]) => sql<AuthorRow>`
  select a.author_id, a.kind, a.network, a.scope, a.network_id, a.handle, a.name, a.bio, a.url, a.stable, a.state,
    a.state_since, a.person_id, a.first_heard_at, a.last_heard_at
  from unnest(${[...authorIds]}::uuid[]) as g(author_id)
    join author a on a.workspace_id = ${workspaceId} and a.author_id = g.author_id
  where not a.own and a.state <> 'gone' and a.erased_at is null`

const factsOf = (row: AuthorRow, told: ReadonlyMap<string, string> = new Map()): IdentityFacts => ({
  kind: row.kind,
  network: row.network,
  scope: row.scope,
  networkId: row.network_id,
  handle: row.handle,
  name: row.name,
  bio: row.bio,
  url: row.url,
  activeFrom: row.first_heard_at,
  activeUntil: row.state === 'deactivated' && row.state_since ? row.state_since : row.last_heard_at,
  told,
})

interface Persons {
  byId: Map<string, PersonFacts>
  /** Keys of contact points, by person. */
  proven: Map<string, Set<string>>
  /** What was told of the holder of an identity, by identity. */
  toldBy: Map<string, Map<string, string>>
  /** Identities that are an organisation itself. */
  organisations: Set<string>
}

async function readPersons(tx: WorkspaceTransaction, rows: readonly AuthorRow[]): Promise<Persons> {
  const personIds = [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))]
  const points = await readPoints(tx, personIds)
  const told = await readTold(tx, personIds, rows)
  const written = await readWritten(tx, personIds)
  const ids = rows.map(({ author_id }) => author_id)
  const { rows: claimed } = await sql<{ author_id: string }>`
    select author_id from organisation_account
    where workspace_id = ${tx.workspaceId} and author_id = any(${ids}::uuid[]) and withdrawn_at is null`.execute(tx.sql)
  const pointsOf = Map.groupBy(points, ({ personId }) => personId)
  const toldOf = Map.groupBy(told, (row) => row.person_id)
  const byId = new Map(
    personIds.map((personId) => {
      const held = pointsOf.get(personId) ?? []
      const facts: PersonFacts = {
        points: held.filter(({ isHeld }) => isHeld),
        told: mergedTold(toldOf.get(personId) ?? []),
        written: written.get(personId) ?? new Map(),
        proven: held.filter(({ isProven }) => isProven),
        isOrganisation: false,
      }
      return [personId, facts]
    }),
  )
  const proven = Map.groupBy(
    points.filter(({ isProven }) => isProven),
    ({ personId }) => personId,
  )
  return {
    byId,
    proven: new Map([...proven].map(([personId, held]) => [personId, new Set(held.map(pointKey))])),
    toldBy: new Map([...Map.groupBy(told, ({ author_id }) => author_id)].map(([id, of]) => [id, mergedTold(of)])),
    organisations: new Set(claimed.map(({ author_id }) => author_id)),
  }
}

interface PersonPoint extends ContactPoint {
  personId: string
  /** It belongs to them now; otherwise they proved it once and another link stands above that. */
  isHeld: boolean
  isProven: boolean
}

/** Served by author_person for what belongs to them now, and by person_link_person for what they proved. */
async function readPoints(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<PersonPoint[]> {
  if (personIds.length === 0) return []
  const { rows } = await sql<PersonPoint>`
    select g.person_id as "personId", x.kind, x.scope, x.network_id as value, x.is_held as "isHeld", x.is_proven as "isProven"
    from unnest(${[...personIds]}::uuid[]) as g(person_id)
      cross join lateral (
        select a.author_id, a.kind, a.scope, a.network_id, true as is_held, exists (
            select from person_link l join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
            where l.workspace_id = a.workspace_id and l.author_id = a.author_id and l.withdrawn_at is null
              and l.method = 'customer-proved' and p.current_id = g.person_id) as is_proven
        from author a where a.workspace_id = ${tx.workspaceId} and a.person_id = g.person_id and a.kind <> 'account'
        union all
        select a.author_id, a.kind, a.scope, a.network_id, false, true
        from person p
          join person_link l on l.workspace_id = p.workspace_id and l.person_id = p.person_id
            and l.withdrawn_at is null and l.method = 'customer-proved' and not l.shared
          join author a on a.workspace_id = l.workspace_id and a.author_id = l.author_id
            and a.kind <> 'account' and a.person_id is distinct from g.person_id
        where p.workspace_id = ${tx.workspaceId} and p.current_id = g.person_id
        limit ${POINTS_MAX}) x`.execute(tx.sql)
  return rows.filter(({ kind }) => (['mail', 'phone', 'site', 'customer-number'] as PointKind[]).includes(kind))
}

interface ToldRow {
  author_id: string
  person_id: string | null
  field: string
  value: string
}

/** What members wrote over, on whichever of the merged persons: the newest of each field. Served by person_override_person. */
async function readWritten(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const { rows } = await sql<{ person_id: string; field: string; value: string | null }>`
    select distinct on (g.person_id, o.field) g.person_id, o.field, o.value
    from unnest(${[...personIds]}::uuid[]) as g(person_id)
      join person p on p.workspace_id = ${tx.workspaceId} and p.current_id = g.person_id
      join person_override o on o.workspace_id = p.workspace_id and o.person_id = p.person_id and o.withdrawn_at is null
    order by g.person_id, o.field, o.position desc`.execute(tx.sql)
  const standing = rows.filter((row): row is { person_id: string; field: string; value: string } => row.value !== null)
  return new Map(
    [...Map.groupBy(standing, ({ person_id }) => person_id)].map(([personId, of]) => [personId, mergedTold(of)]),
  )
}

/** Customers themselves first, then the latest of each field, of the identities themselves and of all others of their persons. */
async function readTold(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
  rows: readonly AuthorRow[],
): Promise<ToldRow[]> {
  const nobodys = rows.filter(({ person_id }) => person_id === null).map(({ author_id }) => author_id)
  const { rows: told } = await sql<ToldRow>`
    select f.author_id, f.person_id, f.field, f.value from (
      select a.author_id, a.person_id from author a where a.workspace_id = ${tx.workspaceId} and a.person_id = any(${[...personIds]}::uuid[])
      union all select author_id, null from unnest(${nobodys}::uuid[]) as n(author_id)) g
      cross join lateral (
        select g.author_id, g.person_id, t.field, t.value, t.source, t.told_at from author_field t
        where t.workspace_id = ${tx.workspaceId} and t.author_id = g.author_id order by t.told_at desc limit ${TOLD_MAX}) f
    order by f.source = ${TOLD_BY_CUSTOMER} desc, f.told_at desc`.execute(tx.sql)
  return told
}

function mergedTold(rows: readonly Pick<ToldRow, 'field' | 'value'>[]): Map<string, string> {
  const told = new Map<string, string>()
  for (const { field, value } of rows) if (!told.has(field)) told.set(field, value)
  return told
}

/** Of these contact points the ones that somebody said are shared: a family's phone, an office's mail. */
async function sharedAmong(tx: WorkspaceTransaction, points: readonly ContactPoint[]): Promise<Set<string>> {
  if (points.length === 0) return new Set()
  const { rows } = await sql<ContactPoint>`
    select a.kind, a.scope, a.network_id as value from unnest(${points.map(({ kind }) => kind)}::text[],
        ${points.map(({ scope }) => scope)}::text[], ${points.map(({ value }) => value)}::text[]) as g(kind, scope, value)
      join author a on a.workspace_id = ${tx.workspaceId} and a.network = g.kind and a.scope = g.scope
        and a.network_id = g.value
    where exists (select from person_link l where l.workspace_id = a.workspace_id and l.author_id = a.author_id
      and l.shared and l.withdrawn_at is null)`.execute(tx.sql)
  return new Set(rows.map(pointKey))
}
