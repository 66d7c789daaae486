import { sql } from 'kysely'
import type {
  ConsentPurpose,
  ObjectionKind,
  PersonPurpose,
  StatementChannel,
} from '../../../contract/people-consent.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { reachOf } from './subjects.ts'

/** The ledger of one person is short; one that is not is cut here. */
const STATEMENTS_MAX = 200

export type LegalBasis = 'consent' | 'contract' | 'legitimate-interest' | 'legal-obligation'

export interface ConsentEntry {
  consentId: string
  personId: string | null
  authorId: string | null
  purpose: ConsentPurpose
  given: boolean
  text: string
  language: string
  channel: StatementChannel
  at: Date
  withdrawn: { at: Date; channel: StatementChannel; reason: string } | null
}

export interface ObjectionEntry {
  objectionId: string
  personId: string | null
  authorId: string | null
  kind: ObjectionKind
  reason: string
  channel: StatementChannel
  at: Date
  lifted: { at: Date; reason: string } | null
}

export interface ConsentState {
  mayContact: boolean
  mayProfile: boolean
  /** By purpose what holds now, the strictest of everyone who is the same; never asked: absent. */
  purposes: Partial<Record<ConsentPurpose, 'given' | 'refused' | 'withdrawn'>>
  /** Why each who is the same is kept; the one in whose name they are shown first. */
  bases: { personId: string; legalBasis: LegalBasis; purpose: PersonPurpose; byDefault: boolean }[]
  /** Newest first. */
  consents: ConsentEntry[]
  objections: ObjectionEntry[]
}

/** Everything that was said about the use of a person's data, over everyone who is the same. */
export async function consentStateOf(tx: WorkspaceTransaction, personId: string): Promise<ConsentState> {
  const reach = await reachOf(tx, { personId })
  if (reach.personIds.length === 0) throw new NotFound('person-unknown')
  const consents = await consentsOf(tx, reach)
  const objections = await objectionsOf(tx, reach)
  const standing = new Set(objections.filter(({ lifted }) => lifted === null).map(({ kind }) => kind))
  return {
    mayContact: !standing.has('contact'),
    mayProfile: !standing.has('profiling'),
    purposes: strictest(consents),
    bases: await basesOf(tx, reach.personIds),
    consents,
    objections,
  }
}

/** For each place the newest statement of a purpose holds; of several places the strictest. */
export function strictest(consents: ConsentEntry[]): ConsentState['purposes'] {
  const newest = new Map<string, ConsentEntry>()
  for (const entry of consents) {
    const key = `${entry.personId ?? entry.authorId} ${entry.purpose}`
    const before = newest.get(key)
    if (!before || entry.at > before.at) newest.set(key, entry)
  }
  const holding: ConsentState['purposes'] = {}
  for (const entry of newest.values()) {
    const says = !entry.given ? 'refused' : entry.withdrawn ? 'withdrawn' : 'given'
    const before = holding[entry.purpose]
    if (before === undefined || STRICTNESS[says] > STRICTNESS[before]) holding[entry.purpose] = says
  }
  return holding
}
const STRICTNESS = { given: 0, withdrawn: 1, refused: 2 }

async function consentsOf(
  tx: WorkspaceTransaction,
  reach: { personIds: string[]; authorIds: string[] },
): Promise<ConsentEntry[]> {
  const { rows } = await sql<Record<string, unknown> & { withdrawn_at: Date | null }>`
    select * from consent where workspace_id = ${tx.workspaceId} and person_id = any(${reach.personIds}::uuid[])
    union all
    select * from consent where workspace_id = ${tx.workspaceId} and author_id = any(${reach.authorIds}::uuid[])
    order by stated_at desc, consent_id desc limit ${STATEMENTS_MAX}`.execute(tx.sql)
  return rows.map(toConsent)
}

export const toConsent = (row: Record<string, unknown>): ConsentEntry => ({
  consentId: row.consent_id as string,
  personId: row.person_id as string | null,
  authorId: row.author_id as string | null,
  purpose: row.purpose as ConsentPurpose,
  given: row.given as boolean,
  text: row.text as string,
  language: row.language as string,
  channel: row.channel as StatementChannel,
  at: row.stated_at as Date,
  withdrawn: row.withdrawn_at
    ? {
        at: row.withdrawn_at as Date,
        channel: row.withdrawn_channel as StatementChannel,
        reason: (row.withdrawn_because as string | null) ?? '',
      }
    : null,
})

async function objectionsOf(
  tx: WorkspaceTransaction,
  reach: { personIds: string[]; authorIds: string[] },
): Promise<ObjectionEntry[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select * from objection where workspace_id = ${tx.workspaceId} and person_id = any(${reach.personIds}::uuid[])
    union all
    select * from objection where workspace_id = ${tx.workspaceId} and author_id = any(${reach.authorIds}::uuid[])
    order by objected_at desc, objection_id desc limit ${STATEMENTS_MAX}`.execute(tx.sql)
  return rows.map(toObjection)
}

export const toObjection = (row: Record<string, unknown>): ObjectionEntry => ({
  objectionId: row.objection_id as string,
  personId: row.person_id as string | null,
  authorId: row.author_id as string | null,
  kind: row.kind as ObjectionKind,
  reason: row.reason as string,
  channel: row.channel as StatementChannel,
  at: row.objected_at as Date,
  lifted: row.lifted_at ? { at: row.lifted_at as Date, reason: (row.lifted_because as string | null) ?? '' } : null,
})

/** What was said, or what follows from how a person began until somebody says another: the table's own rule. */
async function basesOf(tx: WorkspaceTransaction, personIds: string[]): Promise<ConsentState['bases']> {
  const { rows } = await sql<ConsentState['bases'][number]>`
    select person_id as "personId", effective_basis as "legalBasis", effective_purpose as purpose,
      legal_basis is null and purpose is null as "byDefault"
    from person where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) and erased_at is null
    order by current_id <> person_id, person_id`.execute(tx.sql)
  return rows
}

/** Why a person is kept, said by somebody, for a reason; on the person as it is shown now. */
export async function changeBasis(
  tx: WorkspaceTransaction,
  personId: string,
  change: { legalBasis: LegalBasis; purpose: PersonPurpose; reason: string },
): Promise<void> {
  const row = await tx.sql
    .updateTable('person')
    .set({ legal_basis: change.legalBasis, purpose: change.purpose })
    .where('workspace_id', '=', tx.workspaceId)
    .where('person_id', '=', (eb) =>
      eb
        .selectFrom('person as named')
        .select('named.current_id')
        .where('named.workspace_id', '=', tx.workspaceId)
        .where('named.person_id', '=', personId)
        .where('named.erased_at', 'is', null),
    )
    .returning('person_id')
    .executeTakeFirst()
  if (!row) throw new NotFound('person-unknown')
  tx.record({
    type: 'person.basis-changed',
    subjects: { person: row.person_id },
    codes: { legalBasis: change.legalBasis, purpose: change.purpose },
    content: { reason: change.reason },
  })
}
