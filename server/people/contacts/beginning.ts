/** Records of persons who are known nowhere, many at once: a few statements for all, and the same rows as one by one. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { tellFieldsOf } from '../fields/told.ts'
import { beginImportedPersons, contactPoints } from '../graph/index.ts'
import { tellFirstMemberships } from '../organisations/told.ts'
import { accountKey } from '../suppression.ts'
import { stateConsents } from './consents-told.ts'
import { type ContactRecord, evidenceOf, type Taking } from './contact-record.ts'
import type { KnownIdentity } from './identities.ts'

export interface Beginning {
  record: ContactRecord
  taking: Taking
}

interface Named {
  authorId: string
  other: KnownIdentity
  /** Tied to the person; else it is only noted that the record names it. */
  tie: { shared: boolean } | null
}

interface Placed extends Beginning {
  contactId: string
  named: Named[]
}

/**
 * `source` is what all of them have in common. What each record is known by is not in the graph yet, and no two name the
 * same. Returns the persons in the order given.
 */
export async function beginMany(
  tx: WorkspaceTransaction,
  beginnings: readonly Beginning[],
  { system, at }: Pick<Taking, 'system' | 'at'>,
): Promise<string[]> {
  if (beginnings.length === 0) return []
  const placed = await placeIdentities(tx, beginnings, at)
  await writeContacts(tx, placed)
  const told = placed.map(({ contactId, record }) => ({ authorId: contactId, fields: record.change.fields }))
  await tellFieldsOf(tx, told, system, at)
  const persons = await beginImportedPersons(
    tx,
    placed.map(({ contactId, named, record, taking }) => ({
      authorId: contactId,
      others: named.flatMap(({ authorId, tie }) => (tie ? [{ authorId, shared: tie.shared }] : [])),
      evidence: evidenceOf(taking),
      legalBasis: record.change.legalBasis ?? taking.legalBasis,
    })),
    at,
  )
  await noteNamed(
    tx,
    placed.map(({ contactId, named }, index) => ({ contactId, named, linkIds: persons[index]?.linkIds ?? [] })),
  )
  await tellFirstMemberships(
    tx,
    placed.flatMap(({ contactId, record }) => {
      const { company, title } = record.change.fields
      return company ? [{ authorId: contactId, name: company, role: title ?? '' }] : []
    }),
    { system, at },
  )
  for (const { contactId, record, taking } of placed) await stateConsents(tx, contactId, record.change, taking)
  return persons.map(({ personId }) => personId)
}

async function placeIdentities(
  tx: WorkspaceTransaction,
  beginnings: readonly Beginning[],
  at: Date,
): Promise<Placed[]> {
  const unknown = beginnings
    .flatMap(({ record }) => [record.anchor, ...record.others])
    .filter(({ authorId }) => authorId === null)
  const added = await contactPoints(tx, unknown, at)
  const ids = new Map(unknown.map((identity, index) => [accountKey(identity), added[index]]))
  const idOf = (identity: KnownIdentity) => (identity.authorId ?? ids.get(accountKey(identity))) as string
  return beginnings.map((beginning) => ({
    ...beginning,
    contactId: idOf(beginning.record.anchor),
    named: beginning.record.others.flatMap((other) => {
      if (other.isErased || (other.part === 'account' && other.personId)) return []
      const shared = other.isNobodys || other.personId !== null
      return { authorId: idOf(other), other, tie: shared && other.part === 'account' ? null : { shared } }
    }),
  }))
}

async function writeContacts(tx: WorkspaceTransaction, placed: readonly Placed[]): Promise<void> {
  const rows = placed.map(({ contactId, taking }) => ({
    author_id: contactId,
    source: taking.system,
    legal_basis: taking.legalBasis,
    import_id: taking.importId,
    at: taking.at,
  }))
  await sql`
    insert into contact (workspace_id, author_id, source, legal_basis, import_id, created_at, updated_at)
    select ${tx.workspaceId}, g.author_id, g.source, g.legal_basis, g.import_id, g.at, g.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g(author_id uuid, source text, legal_basis text, import_id uuid, at timestamptz)`.execute(tx.sql)
}

async function noteNamed(
  tx: WorkspaceTransaction,
  placed: readonly { contactId: string; named: Named[]; linkIds: string[] }[],
): Promise<void> {
  const rows = placed.flatMap(({ contactId, named, linkIds }) => {
    const links = linkIds.values()
    return named.map(({ authorId, other, tie }) => ({
      contact_id: contactId,
      author_id: authorId,
      part: other.part,
      link_id: tie ? (links.next().value ?? null) : null,
    }))
  })
  if (rows.length === 0) return
  await sql`
    insert into contact_identity (workspace_id, contact_id, author_id, part, link_id)
    select ${tx.workspaceId}, g.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as g(contact_id uuid, author_id uuid, part text, link_id uuid) on conflict do nothing`.execute(tx.sql)
}
