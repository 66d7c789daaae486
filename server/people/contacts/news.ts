/** What records that are known say now beside what they said before: most of a nightly file is no news. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { keyOfName } from '../organisations/organisations.ts'
import { organisationsNamed, toldMemberships } from '../organisations/told.ts'
import type { ContactChange } from './contact-change.ts'
import type { ContactRecord, Taking } from './contact-record.ts'

/** Lists that a record tells, by the part that identities have in it. */
const LISTS = { mail: 'mails', phone: 'phones', site: 'sites', 'customer-number': 'numbers' } as const

export const toldParts = (change: ContactChange): string[] =>
  Object.entries(LISTS).flatMap(([part, list]) => (change[list] === undefined ? [] : [part]))

type Fields = Readonly<Record<string, string | null>>

/** Those that differ from what the same source told before. */
export const changedAmong = (fields: Fields, before: ReadonlyMap<string, string>): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([field, value]) => (before.get(field) ?? null) !== (value?.trim().normalize('NFC') || null),
    ),
  )

interface Before {
  fields: Map<string, Map<string, string>>
  named: Map<string, { author_id: string; part: string }[]>
  memberships: Awaited<ReturnType<typeof toldMemberships>>
  organisations: Map<string, string>
  /** Newest statements, by identity and purpose. */
  consents: Map<string, boolean>
  objected: Set<string>
}

/** The records of which everything was said before; `updateWith` would write nothing of them. */
export async function unchangedAmong(
  tx: WorkspaceTransaction,
  records: readonly ContactRecord[],
  taking: Pick<Taking, 'system' | 'consent'>,
): Promise<Set<ContactRecord>> {
  if (records.length === 0) return new Set()
  const before = await readBefore(tx, records, taking.system)
  return new Set(records.filter((record) => !isNews(record, before, taking)))
}

async function readBefore(tx: WorkspaceTransaction, records: readonly ContactRecord[], system: string) {
  const ids = records.flatMap(({ anchor }) => anchor.authorId ?? [])
  const ofThese = sql`workspace_id = ${tx.workspaceId} and author_id = any(${ids}::uuid[])`
  const fields = await sql<{ author_id: string; field: string; value: string }>`
    select author_id, field, value from author_field where ${ofThese} and source = ${system}`.execute(tx.sql)
  const named = await sql<{ contact_id: string; author_id: string; part: string }>`
    select contact_id, author_id, part from contact_identity
    where workspace_id = ${tx.workspaceId} and contact_id = any(${ids}::uuid[])`.execute(tx.sql)
  const states = records.some(({ change }) => change.consents.length > 0 || change.doNotContact)
  const consents = await sql<{ author_id: string; purpose: string; given: boolean }>`
    select distinct on (author_id, purpose) author_id, purpose, given from consent
    where ${ofThese} and ${states} order by author_id, purpose, stated_at desc, consent_id desc`.execute(tx.sql)
  const objected = await sql<{ author_id: string }>`
    select author_id from objection where ${ofThese} and ${states} and kind = 'contact' and lifted_at is null`.execute(
    tx.sql,
  )
  return {
    fields: new Map(
      [...Map.groupBy(fields.rows, (row) => row.author_id)].map(([id, rows]) => [
        id,
        new Map(rows.map(({ field, value }) => [field, value])),
      ]),
    ),
    named: Map.groupBy(named.rows, (row) => row.contact_id),
    memberships: await toldMemberships(tx, ids),
    organisations: await organisationsNamed(
      tx,
      records.flatMap(({ change }) => change.fields.company ?? []),
    ),
    consents: new Map(consents.rows.map(({ author_id, purpose, given }) => [`${author_id} ${purpose}`, given])),
    objected: new Set(objected.rows.map((row) => row.author_id)),
  }
}

function isNews({ change, anchor, others }: ContactRecord, before: Before, taking: Pick<Taking, 'consent'>): boolean {
  const contactId = anchor.authorId ?? ''
  if (Object.keys(changedAmong(change.fields, before.fields.get(contactId) ?? new Map())).length > 0) return true
  const named = before.named.get(contactId) ?? []
  const known = new Set([contactId, ...named.map((row) => row.author_id)])
  if (others.some(({ isErased, authorId }) => !isErased && (authorId === null || !known.has(authorId)))) return true
  const parts = toldParts(change)
  const still = new Set(others.map(({ authorId }) => authorId))
  if (named.some(({ author_id, part }) => parts.includes(part) && !still.has(author_id))) return true
  const { company, title } = change.fields
  const organisationId = company ? before.organisations.get(keyOfName(company)) : null
  const told = before.memberships.get(contactId) ?? []
  if (company && !told.some((one) => one.organisationId === organisationId && one.role === (title ?? ''))) return true
  if (change.doNotContact && !before.objected.has(contactId)) return true
  return change.consents.some(
    ({ purpose, given, text }) =>
      (text !== undefined || taking.consent !== null) && before.consents.get(`${contactId} ${purpose}`) !== given,
  )
}
