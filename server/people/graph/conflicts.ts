import { sql } from 'kysely'
import type { CONFLICT_CODES } from '../../../contract/people-graph.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { candidatesOf } from '../fields/candidates.ts'
import type { Party } from './parties.ts'

export interface Conflict {
  conflict: (typeof CONFLICT_CODES)[number]
  personId: string
  /** The system or the network that it is about. */
  of: string | null
  values: string[]
}

const OBJECTIONS = ['objection-contact', 'objection-profiling']

/**
 * What contradicts itself in each of these persons as they would be: two customer numbers of one system, different dates
 * of birth or companies, two accounts of one network that were both proved, membership of several organisations; and
 * objections, which hold for the whole person.
 */
export async function conflictsIn(tx: WorkspaceTransaction, parties: readonly Party[]): Promise<Conflict[]> {
  const told = await candidatesOf(
    tx,
    parties.map(({ personId }) => personId),
    ['birth-date', 'company'],
  )
  const found: Conflict[] = []
  for (const party of parties) {
    const add = (conflict: Conflict['conflict'], values: readonly string[], of: string | null = null) => {
      const distinct = [...new Set(values)]
      if (distinct.length > 1) found.push({ conflict, personId: party.personId, of, values: distinct })
    }
    const values = (field: string) =>
      (told.get(party.personId)?.get(field) ?? []).flatMap(({ value }) => (value === null ? [] : [value]))
    add('birth-dates', values('birth-date'))
    add('companies', values('company'))
    for (const { of, numbers } of await customerNumbers(tx, party)) add('customer-numbers', numbers, of)
    for (const { of, names } of await provedAccounts(tx, party)) add('proved-accounts', names, of)
    add('organisations', await organisationsOf(tx, party))
    for (const { kind, reason } of await objectionsOf(tx, party))
      found.push({ conflict: `objection-${kind}`, personId: party.personId, of: null, values: [reason] })
  }
  return found
}

/**
 * Those that come about by the act. What a person contradicted before already is not news; an objection is, for whoever
 * it did not hold for before.
 */
export function newConflicts(
  before: readonly [Party, Conflict[]][],
  after: readonly [Party, Conflict[]][],
): Conflict[] {
  return after.flatMap(([party, conflicts]) => {
    const sources = before.filter(([source]) => flowsInto(source, party))
    return conflicts.filter((conflict) => {
      const hadIt = ([, had]: [Party, Conflict[]]) => had.some((one) => sameConflict(one, conflict))
      return OBJECTIONS.includes(conflict.conflict) ? !sources.every(hadIt) : !sources.some(hadIt)
    })
  })
}

const flowsInto = (source: Party, party: Party): boolean =>
  source.memberIds.some((id) => party.memberIds.includes(id)) ||
  source.authors.some(({ authorId }) => party.authors.some((author) => author.authorId === authorId))

const sameConflict = (one: Conflict, other: Conflict): boolean =>
  one.conflict === other.conflict &&
  one.of === other.of &&
  (OBJECTIONS.includes(one.conflict) || other.values.every((value) => one.values.includes(value)))

const authorIds = ({ authors }: Party) => sql`any(${authors.map(({ authorId }) => authorId)}::uuid[])`
const memberIds = (party: Party) => sql`any(${party.memberIds}::uuid[])`

async function customerNumbers(tx: WorkspaceTransaction, party: Party) {
  const { rows } = await sql<{ of: string; numbers: string[] }>`
    select scope as of, array_agg(network_id order by network_id) as numbers from author
    where workspace_id = ${tx.workspaceId} and author_id = ${authorIds(party)} and kind = 'customer-number'
    group by scope order by 1`.execute(tx.sql)
  return rows
}

async function provedAccounts(tx: WorkspaceTransaction, party: Party) {
  const { rows } = await sql<{ of: string; names: string[] }>`
    select a.network as of, array_agg(distinct coalesce(a.handle, a.network_id)) as names
    from author a join person_link l on l.workspace_id = a.workspace_id and l.author_id = a.author_id
      and l.withdrawn_at is null and not l.shared and l.method = 'customer-proved'
    where a.workspace_id = ${tx.workspaceId} and a.author_id = ${authorIds(party)} and a.kind = 'account'
    group by a.network order by 1`.execute(tx.sql)
  return rows
}

async function organisationsOf(tx: WorkspaceTransaction, party: Party): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct o.name from organisation_membership m
      join organisation o on o.workspace_id = m.workspace_id and o.organisation_id = m.organisation_id
    where m.workspace_id = ${tx.workspaceId} and m.withdrawn_at is null and m.until is null
      and (m.person_id = ${memberIds(party)} or m.author_id = ${authorIds(party)}) order by 1`.execute(tx.sql)
  return rows.map((row) => row.name)
}

async function objectionsOf(tx: WorkspaceTransaction, party: Party) {
  const { rows } = await sql<{ kind: 'contact' | 'profiling'; reason: string }>`
    select kind, min(reason) as reason from objection
    where workspace_id = ${tx.workspaceId} and lifted_at is null
      and (person_id = ${memberIds(party)} or author_id = ${authorIds(party)})
    group by kind order by 1`.execute(tx.sql)
  return rows
}
