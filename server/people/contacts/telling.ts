/** Records as systems tell them through the API: new or changed by (system, number), one or many. */
import { sql } from 'kysely'
import type { ContactInput } from '../../../contract/people-contacts.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { mayContact } from '../consent/index.ts'
import { lockGraph } from '../graph/index.ts'
import { type ContactChange, type ContactFault, customField, FIELD_NAMES } from './contact-change.ts'
import { type ContactOutcome, takeContact } from './contacts.ts'
import { cutContact } from './taking.ts'

export interface TellingOutcome {
  externalId: string
  outcome: ContactOutcome | 'changed-meanwhile'
  personId: string | null
  updatedAt: Date | null
  problems: { code: string; params: ContactFault['params'] }[]
}

export interface TellingSource {
  system: string
  secrets: Secrets
  at: Date
}

export type TellContact = ContactInput & { externalId: string }

/** So long the graph is held at once: whoever merges or answers meanwhile has a turn in between. */
const STRETCH_MS = 250

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/**
 * Each has its own outcome, in the order given; one that is refused leaves the others as they are. Many are taken in
 * stretches, each a transaction: a call that breaks off leaves the first of them, and may be sent again as it is.
 */
export async function tellContacts(
  inWorkspace: InWorkspace,
  contacts: readonly TellContact[],
  source: TellingSource,
): Promise<TellingOutcome[]> {
  const outcomes: TellingOutcome[] = []
  while (outcomes.length < contacts.length) {
    const left = contacts.slice(outcomes.length)
    outcomes.push(...(await inWorkspace((tx) => tellStretch(tx, left, source))))
  }
  return outcomes
}

/** As many of the first as there is time for, one at least. */
async function tellStretch(
  tx: WorkspaceTransaction,
  contacts: readonly TellContact[],
  source: TellingSource,
): Promise<TellingOutcome[]> {
  await lockGraph(tx)
  const begunAt = performance.now()
  const outcomes: TellingOutcome[] = []
  for (const contact of contacts) {
    outcomes.push(await tellOne(tx, contact, source))
    if (performance.now() - begunAt > STRETCH_MS) break
  }
  return outcomes
}

export async function tellContact(
  tx: WorkspaceTransaction,
  contact: TellContact,
  source: TellingSource,
): Promise<TellingOutcome> {
  await lockGraph(tx)
  return tellOne(tx, contact, source)
}

async function tellOne(
  tx: WorkspaceTransaction,
  { externalId, ...given }: TellContact,
  { system, secrets, at }: TellingSource,
): Promise<TellingOutcome> {
  const before = await findRecord(tx, system, externalId)
  if (given.ifUpdatedAt && given.ifUpdatedAt.getTime() !== before?.updated_at.getTime())
    return {
      externalId,
      outcome: 'changed-meanwhile',
      personId: before?.person_id ?? null,
      updatedAt: before?.updated_at ?? null,
      problems: [],
    }
  const { legalBasis, inUse } = given
  const source = { system, secrets, at, legalBasis, inUse, consent: null, importId: null, line: null }
  const taken = await takeContact(tx, changeOfInput(externalId, given), source)
  const after = await findRecord(tx, system, externalId)
  if (after && taken.outcome !== 'unchanged' && taken.outcome !== 'possible')
    tx.record({
      type: 'contact.changed',
      subjects: { author: after.author_id, ...(after.person_id ? { person: after.person_id } : {}) },
      codes: { system, outcome: taken.outcome },
    })
  return {
    externalId,
    outcome: taken.outcome,
    personId: taken.personId,
    updatedAt: after?.updated_at ?? null,
    problems: taken.faults.map(({ code, params }) => ({ code, params })),
  }
}

const INPUT_NAMES: Record<string, string> = { ...FIELD_NAMES, givenName: 'given-name', familyName: 'family-name' }

function changeOfInput(externalId: string, given: ContactInput): ContactChange {
  const fields: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(given))
    if (Object.hasOwn(INPUT_NAMES, name) && (value === null || typeof value === 'string'))
      fields[INPUT_NAMES[name] as string] = value
  if (given.tags !== undefined) fields.tags = given.tags?.join(', ') || null
  for (const [name, value] of Object.entries(given.custom ?? {})) fields[customField(name)] = value
  const { mails, phones, sites, accounts, numbers, consents, doNotContact, legalBasis } = given
  return {
    externalId,
    fields,
    mails,
    phones,
    sites,
    numbers,
    handles: accounts,
    consents,
    doNotContact,
    legalBasis,
  }
}

interface RecordRow {
  author_id: string
  person_id: string | null
  legal_basis: ContactInput['legalBasis']
  source: string
  created_at: Date
  updated_at: Date
}

/** Served by author's unique key. */
async function findRecord(
  tx: WorkspaceTransaction,
  system: string,
  externalId: string,
): Promise<RecordRow | undefined> {
  const { rows } = await sql<RecordRow>`
    select a.author_id, a.person_id, c.legal_basis, c.source, c.created_at, c.updated_at
    from author a join contact c on c.workspace_id = a.workspace_id and c.author_id = a.author_id and c.deleted_at is null
    where a.workspace_id = ${tx.workspaceId} and a.network = 'customer-number' and a.scope = ${system}
      and a.network_id = ${externalId.normalize('NFC').trim()}`.execute(tx.sql)
  return rows[0]
}

async function requireRecord(tx: WorkspaceTransaction, system: string, externalId: string): Promise<RecordRow> {
  const record = await findRecord(tx, system, externalId)
  if (!record) throw new NotFound('contact-unknown')
  return record
}

export async function readContact(tx: WorkspaceTransaction, system: string, externalId: string) {
  const record = await requireRecord(tx, system, externalId)
  const fields = await sql<{ field: string; value: string }>`
    select field, value from author_field where workspace_id = ${tx.workspaceId} and author_id = ${record.author_id}
      and source = ${record.source} order by field`.execute(tx.sql)
  const points = await sql<{ part: string; scope: string; network_id: string }>`
    select i.part, a.scope, a.network_id from contact_identity i
      join author a on a.workspace_id = i.workspace_id and a.author_id = i.author_id
    where i.workspace_id = ${tx.workspaceId} and i.contact_id = ${record.author_id} order by 1, 2, 3`.execute(tx.sql)
  const of = (part: string) => points.rows.filter((row) => row.part === part).map((row) => row.network_id)
  const person = record.person_id
    ? await tx.sql
        .selectFrom('person')
        .select(['person_id', 'name'])
        .where('workspace_id', '=', tx.workspaceId)
        .where('person_id', '=', record.person_id)
        .executeTakeFirst()
    : undefined
  return {
    system,
    externalId,
    person: person ? { personId: person.person_id, name: person.name } : null,
    fields: Object.fromEntries(fields.rows.map(({ field, value }) => [field, value])),
    mails: of('mail'),
    phones: of('phone'),
    sites: of('site'),
    numbers: points.rows
      .filter(({ part }) => part === 'customer-number')
      .map(({ scope, network_id }) => ({ system: scope, number: network_id })),
    legalBasis: record.legal_basis,
    doNotContact: !(await mayContact(tx, { authorId: record.author_id })),
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  }
}

export async function removeContact(
  tx: WorkspaceTransaction,
  system: string,
  externalId: string,
  at: Date,
): Promise<void> {
  await lockGraph(tx)
  const record = await requireRecord(tx, system, externalId)
  await cutContact(tx, record.author_id, at)
  tx.record({
    type: 'contact.deleted',
    subjects: { author: record.author_id, ...(record.person_id ? { person: record.person_id } : {}) },
    codes: { system },
  })
}
