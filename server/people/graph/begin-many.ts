import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { cachedFields } from '../fields/cached.ts'
import { candidatesOfBeginners } from '../fields/candidates.ts'
import type { NamedIdentity } from '../fields/rule.ts'
import { fieldSources } from '../fields/settings.ts'
import { type Grounds, pushLinksOf } from './ledger.ts'
import { lockAuthors, lockGraph } from './lock.ts'
import { beginOperations, type Operation } from './operations.ts'

/** Somebody of whom a record tells, and who is known nowhere yet. */
export interface ImportedPerson {
  /** By what the record itself is known. */
  authorId: string
  /** What else it names; no identity stands in two records. */
  others: readonly { authorId: string; shared: boolean }[]
  evidence: Grounds['evidence']
  legalBasis: Grounds['legalBasis']
}

export interface BegunByImport {
  personId: string
  /** Of the others, in the order given. */
  linkIds: string[]
}

interface Beginning extends ImportedPerson {
  personId: string
  grounds: Grounds
}

/**
 * Many persons begin with records of a system or file, as if each had begun by itself (begin.ts) and then had been tied to
 * what else its record names (link.ts): two acts for each, so that each is undone by itself.
 */
export async function beginImportedPersons(
  tx: WorkspaceTransaction,
  imported: readonly ImportedPerson[],
  at: Date,
): Promise<BegunByImport[]> {
  if (imported.length === 0) return []
  await lockGraph(tx)
  const beginnings = imported.map((one) => ({
    ...one,
    personId: newId(),
    grounds: { method: 'imported' as const, evidence: one.evidence, legalBasis: one.legalBasis },
  }))
  await writePersons(tx, beginnings, await lockIdentities(tx, beginnings), at)
  const begun = await beginOperations(
    tx,
    beginnings.map(({ personId }) => ({ kind: 'begin', personIds: [personId] })),
    at,
  )
  await tie(
    tx,
    beginnings.map((one, index) => ({ ...one, operation: begun[index] as Operation, shared: false })),
  )
  const naming = beginnings.filter(({ others }) => others.length > 0)
  const acts = await beginOperations(
    tx,
    naming.map(({ personId }) => ({ kind: 'link', personIds: [personId] })),
    at,
  )
  const linkIds = await tie(
    tx,
    naming.flatMap(({ others, personId, grounds }, index) =>
      others.map((other) => ({ ...other, personId, grounds, operation: acts[index] as Operation })),
    ),
  )
  let next = 0
  return beginnings.map(({ personId, others }) => {
    const first = next
    next += others.length
    return { personId, linkIds: linkIds.slice(first, next) }
  })
}

type Row = NamedIdentity & { own: boolean; person_id: string | null; erased_at: Date | null }

/** The identities that will be the persons' own, by id. Refuses what is somebody's by now. */
async function lockIdentities(tx: WorkspaceTransaction, beginnings: readonly Beginning[]): Promise<Map<string, Row>> {
  const named = beginnings.flatMap(({ authorId, others }) => [{ authorId, shared: false }, ...others])
  const authorIds = named.map(({ authorId }) => authorId)
  await lockAuthors(tx, authorIds)
  const { rows } = await sql<Row>`
    select author_id, kind, name, handle, network_id, first_heard_at, own, person_id, erased_at from author
    where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[])`.execute(tx.sql)
  const found = new Map(rows.map((row) => [row.author_id, row]))
  for (const { authorId, shared } of named) {
    const row = found.get(authorId)
    if (!row) throw new NotFound('author-unknown')
    if (row.own) throw new Invalid('author-is-ours')
    if (row.erased_at) throw new Conflict('author-erased')
    if (row.person_id && !shared) throw new Conflict('author-linked', { personId: row.person_id })
  }
  return found
}

async function writePersons(
  tx: WorkspaceTransaction,
  beginnings: readonly Beginning[],
  identities: ReadonlyMap<string, Row>,
  at: Date,
): Promise<void> {
  const owned = beginnings.flatMap(({ personId, authorId, others }) =>
    [authorId, ...others.flatMap((other) => (other.shared ? [] : [other.authorId]))].map((id) => ({
      ...(identities.get(id) as Row),
      person_id: personId,
    })),
  )
  const sources = await fieldSources(tx)
  const persons = [...(await candidatesOfBeginners(tx, owned))].map(([person_id, candidates]) => ({
    person_id,
    ...cachedFields(candidates, sources),
  }))
  await sql`
    insert into person (workspace_id, person_id, current_id, name, name_key, language, began_because, reason, created_at,
      created_by_kind, created_by)
    select ${tx.workspaceId}, g.person_id, g.person_id, g.name, g.name_key, g.language, 'imported', '', ${at},
      ${tx.actor.kind}, ${tx.actor.id}::uuid
    from jsonb_to_recordset(${JSON.stringify(persons)}::jsonb)
      as g(person_id uuid, name text, name_key text, language text)`.execute(tx.sql)
  await sql`
    update author a set person_id = g.person_id
    from unnest(${owned.map((row) => row.author_id)}::uuid[], ${owned.map((row) => row.person_id)}::uuid[])
      as g(author_id, person_id)
    where a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id`.execute(tx.sql)
}

interface Tie {
  authorId: string
  personId: string
  shared: boolean
  grounds: Grounds
  operation: Operation
}

async function tie(tx: WorkspaceTransaction, ties: readonly Tie[]): Promise<string[]> {
  if (ties.length === 0) return []
  const linkIds = await pushLinksOf(tx, ties)
  for (const [index, { authorId, personId, grounds, operation }] of ties.entries()) {
    const { operationId } = operation
    const link = linkIds[index] as string
    if (operation.kind === 'begin')
      tx.record({
        type: 'person.begun',
        subjects: { person: personId, author: authorId, operation: operationId },
        codes: { because: 'imported' },
      })
    tx.record({
      type: 'link.made',
      subjects: { link, person: personId, author: authorId, operation: operationId },
      codes: { method: grounds.method, legalBasis: grounds.legalBasis },
    })
  }
  return linkIds
}
