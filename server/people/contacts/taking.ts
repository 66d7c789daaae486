/** What a record says, written into the graph: identities, links, fields, consents. Who it is about was decided before. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { tellFields } from '../fields/told.ts'
import {
  beginPersonOf,
  type ContactKind,
  contactPoint,
  cutIdentity,
  linkIdentities,
  withdrawLink,
} from '../graph/index.ts'
import { tellMembership } from '../organisations/told.ts'
import { stateConsents } from './consents-told.ts'
import { type ContactRecord, evidenceOf, type Taking } from './contact-record.ts'
import type { KnownIdentity, NamedIdentity } from './identities.ts'
import { changedAmong, toldParts } from './news.ts'

/** Somebody who is known nowhere yet begins with the record. */
export async function beginWith(tx: WorkspaceTransaction, record: ContactRecord, taking: Taking): Promise<string> {
  const contactId = await identityOf(tx, record.anchor, taking)
  await writeContact(tx, contactId, taking)
  await tellFields(tx, contactId, taking.system, record.change.fields, taking.at)
  const { personId } = await beginPersonOf(
    tx,
    {
      authorId: contactId,
      because: 'imported',
      reason: '',
      evidence: evidenceOf(taking),
      legalBasis: record.change.legalBasis ?? taking.legalBasis,
    },
    taking.at,
  )
  await nameOthers(tx, contactId, personId, record, taking)
  await stateConsents(tx, contactId, record.change, taking)
  return personId
}

/** The record is about somebody who is known. */
export async function joinTo(
  tx: WorkspaceTransaction,
  personId: string,
  record: ContactRecord,
  taking: Taking,
): Promise<void> {
  const contactId = await identityOf(tx, record.anchor, taking)
  await writeContact(tx, contactId, taking)
  await tellFields(tx, contactId, taking.system, record.change.fields, taking.at)
  if (record.anchor.personId === null)
    await link(tx, [{ authorId: contactId, shared: false }], personId, record, taking)
  await nameOthers(tx, contactId, personId, record, taking)
  await stateConsents(tx, contactId, record.change, taking)
}

/** What a record that is known says now. Returns whether anything is new. */
export async function updateWith(tx: WorkspaceTransaction, record: ContactRecord, taking: Taking): Promise<boolean> {
  const contactId = record.anchor.authorId as string
  const fields = await changedFields(tx, contactId, record.change.fields, taking.system)
  await tellFields(tx, contactId, taking.system, fields, taking.at)
  const named = await nameOthers(tx, contactId, record.anchor.personId, record, taking)
  const left = await dropUnnamed(tx, contactId, record, taking)
  const stated = await stateConsents(tx, contactId, record.change, taking)
  const isNews = Object.keys(fields).length > 0 || named > 0 || left > 0 || stated > 0
  if (isNews)
    await sql`update contact set updated_at = ${taking.at}
      where workspace_id = ${tx.workspaceId} and author_id = ${contactId}`.execute(tx.sql)
  return isNews
}

const identityOf = async (
  tx: WorkspaceTransaction,
  identity: NamedIdentity & { authorId?: string | null },
  taking: Taking,
) =>
  identity.authorId ??
  contactPoint(
    tx,
    { kind: identity.part as ContactKind, scope: identity.scope || undefined, value: identity.networkId },
    taking.at,
  )

async function writeContact(tx: WorkspaceTransaction, contactId: string, taking: Taking): Promise<void> {
  await sql`
    insert into contact (workspace_id, author_id, source, legal_basis, import_id, created_at, updated_at)
    values (${tx.workspaceId}, ${contactId}, ${taking.system}, ${taking.legalBasis}, ${taking.importId}, ${taking.at}, ${taking.at})
    on conflict (workspace_id, author_id) do update set source = excluded.source, legal_basis = excluded.legal_basis,
      import_id = excluded.import_id, updated_at = excluded.updated_at, deleted_at = null`.execute(tx.sql)
}

/** One act for everything that a record names. Returns the links in the order given. */
async function link(
  tx: WorkspaceTransaction,
  identities: readonly { authorId: string; shared: boolean }[],
  personId: string,
  { change }: ContactRecord,
  taking: Taking,
): Promise<string[]> {
  const grounds = {
    method: 'imported' as const,
    evidence: evidenceOf(taking),
    legalBasis: change.legalBasis ?? taking.legalBasis,
  }
  return (await linkIdentities(tx, { identities, personId, ...grounds }, taking.at)).map(({ linkId }) => linkId)
}

/**
 * Ties the contact points that the record names and did not name before: what is nobody's to the record's person, what is
 * somebody else's as shared. Where somebody cut one off it stays so. Returns how many are new.
 */
async function nameOthers(
  tx: WorkspaceTransaction,
  contactId: string,
  personId: string | null,
  record: ContactRecord,
  taking: Taking,
): Promise<number> {
  const before = await namedBefore(tx, contactId)
  const named: { authorId: string; other: KnownIdentity }[] = []
  for (const other of record.others) {
    if (other.isErased || (other.part === 'account' && other.personId && other.personId !== personId)) continue
    const authorId = await identityOf(tx, other, taking)
    if (before.has(authorId) || authorId === contactId || named.some((one) => one.authorId === authorId)) continue
    named.push({ authorId, other })
  }
  const links = personId ? await tie(tx, named, personId, record, taking) : new Map<string, string>()
  for (const { authorId, other } of named)
    await sql`
      insert into contact_identity (workspace_id, contact_id, author_id, part, link_id)
      values (${tx.workspaceId}, ${contactId}, ${authorId}, ${other.part}, ${links.get(authorId) ?? null})
      on conflict do nothing`.execute(tx.sql)
  let added = named.length
  const { company, title } = record.change.fields
  if (company) added += (await tellMembership(tx, contactId, { name: company, role: title ?? '' }, taking)) ? 1 : 0
  return added
}

/** Links by identity; absent: nothing had to be, or could be, linked. */
async function tie(
  tx: WorkspaceTransaction,
  named: readonly { authorId: string; other: KnownIdentity }[],
  personId: string,
  record: ContactRecord,
  taking: Taking,
): Promise<Map<string, string>> {
  const tied = named.flatMap(({ authorId, other }) => {
    if (other.personId === personId) return []
    const shared = other.isNobodys || other.personId !== null
    return shared && other.part === 'account' ? [] : [{ authorId, shared }]
  })
  if (tied.length === 0) return new Map()
  const links = await link(tx, tied, personId, record, taking)
  return new Map(tied.map(({ authorId }, index) => [authorId, links[index] as string]))
}

async function namedBefore(tx: WorkspaceTransaction, contactId: string): Promise<Set<string>> {
  const { rows } = await sql<{ author_id: string }>`select author_id from contact_identity
    where workspace_id = ${tx.workspaceId} and contact_id = ${contactId}`.execute(tx.sql)
  return new Set(rows.map((row) => row.author_id))
}

/** A list that is told is whole: what it names no more loses the link that came of this record. */
async function dropUnnamed(
  tx: WorkspaceTransaction,
  contactId: string,
  { change, others }: ContactRecord,
  taking: Taking,
): Promise<number> {
  const told = toldParts(change)
  if (told.length === 0) return 0
  const named = others.flatMap(({ authorId }) => authorId ?? [])
  const { rows } = await sql<{ author_id: string; link_id: string | null }>`
    delete from contact_identity where workspace_id = ${tx.workspaceId} and contact_id = ${contactId}
      and part = any(${told}::text[]) and author_id <> all(${named}::uuid[])
      and author_id not in (select a.author_id from author a
        join unnest(${others.map(({ network }) => network)}::text[], ${others.map(({ scope }) => scope)}::text[],
          ${others.map(({ networkId }) => networkId)}::text[]) as g(network, scope, network_id)
          on a.workspace_id = ${tx.workspaceId} and a.network = g.network and a.scope = g.scope and a.network_id = g.network_id)
    returning author_id, link_id`.execute(tx.sql)
  for (const { link_id } of rows)
    if (link_id) await withdrawStanding(tx, link_id, `${taking.system} names it no more`, taking.at)
  return rows.length
}

async function withdrawStanding(tx: WorkspaceTransaction, linkId: string, because: string, at: Date): Promise<void> {
  const standing = await tx.sql
    .selectFrom('person_link')
    .select('link_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('link_id', '=', linkId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  if (standing) await withdrawLink(tx, linkId, because, at)
}

async function changedFields(
  tx: WorkspaceTransaction,
  contactId: string,
  fields: Record<string, string | null>,
  system: string,
): Promise<Record<string, string | null>> {
  const { rows } = await sql<{ field: string; value: string }>`select field, value from author_field
    where workspace_id = ${tx.workspaceId} and author_id = ${contactId} and source = ${system}`.execute(tx.sql)
  return changedAmong(fields, new Map(rows.map(({ field, value }) => [field, value])))
}

/** Cuts the record off: its fields and links fall away, and what others say of the person stays. */
export async function cutContact(tx: WorkspaceTransaction, contactId: string, at: Date): Promise<void> {
  const { rows } = await sql<{ link_id: string | null }>`
    delete from contact_identity where workspace_id = ${tx.workspaceId} and contact_id = ${contactId}
    returning link_id`.execute(tx.sql)
  for (const { link_id } of rows) if (link_id) await withdrawStanding(tx, link_id, 'record deleted', at)
  const author = await tx.sql
    .selectFrom('author')
    .select('person_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', contactId)
    .executeTakeFirst()
  if (author?.person_id) await cutIdentity(tx, { authorId: contactId, reason: 'record deleted' }, at)
  await sql`update contact set deleted_at = ${at}, updated_at = ${at}
    where workspace_id = ${tx.workspaceId} and author_id = ${contactId}`.execute(tx.sql)
}
