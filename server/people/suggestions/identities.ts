import { sql } from 'kysely'
import type { LinkageRecord } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  type ContactPoint,
  type IdentityFacts,
  NOBODY_YET,
  type PersonFacts,
  pointKey,
  pointsNamed,
  recordOf,
} from './fields.ts'
import { type AuthorRow, type IdentityRows, identitiesQuery, type ToldRow } from './identity-rows.ts'

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

/**
 * Those of these identities that may be compared: not ours, not gone, of nobody who objected, no confirmed look-alike. Bounded
 * by the caller; one question about them and their persons, one about who pretends to be us, one about shared contact points.
 */
export async function readIdentities(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  impersonators: Impersonators,
): Promise<Map<string, Identity>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await identitiesQuery(tx.workspaceId, authorIds).execute(tx.sql)
  const found = rows[0] as IdentityRows
  const pretending = await impersonators(
    tx,
    found.authors.map(({ author_id }) => author_id),
  )
  const usable = found.authors.filter(({ author_id }) => !pretending.has(author_id))
  const persons = personsOf(found)
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
        record: recordOf(facts, row.is_organisation ? { ...person, isOrganisation: true } : person, shared),
        ownRecord: recordOf(facts, NOBODY_YET, shared),
        proven: persons.proven.get(row.person_id ?? '') ?? new Set(),
        named: new Set(named),
        shared: new Set(points.filter((point) => shared.has(point))),
      }
      return [row.author_id, identity]
    }),
  )
}

const factsOf = (row: AuthorRow, told: ReadonlyMap<string, string> = new Map()): IdentityFacts => ({
  kind: row.kind,
  network: row.network,
  scope: row.scope,
  networkId: row.network_id,
  handle: row.handle,
  name: row.name,
  bio: row.bio,
  url: row.url,
  activeFrom: new Date(row.active_from),
  activeUntil: new Date(row.active_until),
  told,
})

interface Persons {
  byId: Map<string, PersonFacts>
  /** Keys of contact points, by person. */
  proven: Map<string, Set<string>>
  /** What was told of the holder of an identity, by identity. */
  toldBy: Map<string, Map<string, string>>
}

function personsOf({ authors, points, told, written }: IdentityRows): Persons {
  const personIds = [...new Set(authors.flatMap(({ person_id }) => person_id ?? []))]
  const pointsOf = Map.groupBy(points, ({ person_id }) => person_id)
  const toldOf = Map.groupBy(told, ({ person_id }) => person_id)
  const writtenOf = Map.groupBy(written, ({ person_id }) => person_id)
  const byId = new Map(
    personIds.map((personId): [string, PersonFacts] => {
      const held = pointsOf.get(personId) ?? []
      const facts = {
        points: held.filter(({ is_held }) => is_held),
        told: mergedTold(toldOf.get(personId) ?? []),
        written: mergedTold(writtenOf.get(personId) ?? []),
        proven: held.filter(({ is_proven }) => is_proven),
        isOrganisation: false,
      }
      return [personId, facts]
    }),
  )
  return {
    byId,
    proven: new Map([...byId].map(([personId, { proven }]) => [personId, new Set(proven.map(pointKey))])),
    toldBy: new Map([...Map.groupBy(told, ({ author_id }) => author_id)].map(([id, of]) => [id, mergedTold(of)])),
  }
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
