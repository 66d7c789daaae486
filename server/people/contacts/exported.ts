/** Persons as they are handed out: fields as they hold now, contact points, and whether they may be contacted. */
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { candidatesOf } from '../fields/candidates.ts'
import { ranked } from '../fields/rule.ts'
import { fieldSources } from '../fields/settings.ts'
import { personsOfRule } from '../segments/members.ts'
import { requireSegment } from '../segments/segments.ts'

const PERSONS_AT_ONCE = 200

export interface ExportedPerson {
  personId: string
  name: string
  fields: ReadonlyMap<string, string>
  mails: string[]
  phones: string[]
  sites: string[]
  numbers: { system: string; number: string }[]
  accounts: { network: string; handle: string }[]
  /** They objected to being contacted, on any of their identities. */
  doNotContact: boolean
}

export type Which = { personId: string } | { segmentId: string } | { all: true }

type Run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/** Page by page, each in a transaction of its own, so that no export holds anything for long. */
export async function* exportedPersons(run: Run, which: Which, now: Date): AsyncGenerator<ExportedPerson> {
  let after: string | undefined
  for (;;) {
    const page = await run(async (tx) => {
      const found = await personsAfter(tx, which, after, now)
      return { persons: await load(tx, found.ids), next: found.next }
    })
    yield* page.persons
    if (page.next === undefined) return
    after = page.next
  }
}

const IDS_AT_ONCE = 5_000

/** Whether there are more than `most`, before anything of them is read. */
export async function areMoreThan(run: Run, which: Which, most: number, now: Date): Promise<boolean> {
  let [count, after] = [0, undefined as string | undefined]
  do {
    const { ids, next } = await run((tx) => personsAfter(tx, which, after, now, IDS_AT_ONCE))
    count += ids.length
    after = next
  } while (after !== undefined && count <= most)
  return count > most
}

async function personsAfter(
  tx: WorkspaceTransaction,
  which: Which,
  after: string | undefined,
  now: Date,
  limit = PERSONS_AT_ONCE,
): Promise<{ ids: string[]; next: string | undefined }> {
  if ('segmentId' in which) {
    const { rule } = await requireSegment(tx, which.segmentId)
    const page = await personsOfRule(tx, rule, { after, limit }, now)
    return { ids: page.items.map((row) => row.person_id), next: page.nextCursor ?? undefined }
  }
  if ('personId' in which) {
    const { rows } = await sql<{ current_id: string }>`select current_id from person
      where workspace_id = ${tx.workspaceId} and person_id = ${which.personId} and erased_at is null`.execute(tx.sql)
    return { ids: rows.map((row) => row.current_id), next: undefined }
  }
  const { rows } = await sql<{ person_id: string }>`
    select person_id from person where workspace_id = ${tx.workspaceId} and current_id = person_id and erased_at is null
      ${after ? sql`and person_id > ${after}::uuid` : sql``} order by person_id limit ${limit}`.execute(tx.sql)
  const ids = rows.map((row) => row.person_id)
  return { ids, next: ids.length === limit ? ids.at(-1) : undefined }
}

interface PointRow {
  person_id: string
  kind: string
  network: string
  scope: string
  network_id: string
  handle: string | null
}

async function load(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<ExportedPerson[]> {
  const fields = await candidatesOf(tx, personIds)
  const sources = await fieldSources(tx)
  const points = await sql<PointRow>`
    select person_id, kind, network, scope, network_id, handle from author
    where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) order by person_id, author_id`.execute(
    tx.sql,
  )
  const objecting = await objectingAmong(tx, personIds)
  const byPerson = Map.groupBy(points.rows, (row) => row.person_id)
  return personIds.map((personId) => {
    const held = new Map(
      [...(fields.get(personId) ?? [])].flatMap(([field, candidates]) => {
        const value = ranked(candidates, sources)[0]?.value
        return value ? [[field, value] as const] : []
      }),
    )
    const rows = byPerson.get(personId) ?? []
    const of = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.network_id)
    return {
      personId,
      name: held.get('name') ?? '',
      fields: held,
      mails: of('mail'),
      phones: of('phone'),
      sites: of('site'),
      numbers: rows
        .filter(({ kind }) => kind === 'customer-number')
        .map(({ scope, network_id }) => ({ system: scope, number: network_id })),
      accounts: rows
        .filter(({ kind, handle }) => kind === 'account' && handle !== null)
        .map(({ network, handle }) => ({ network, handle: handle as string })),
      doNotContact: objecting.has(personId),
    }
  })
}

/** Said of them, of anybody who is the same, or of one of their identities. */
async function objectingAmong(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ person_id: string }>`
    select p.current_id as person_id from person p join objection o on o.workspace_id = p.workspace_id
        and o.person_id = p.person_id
      where p.workspace_id = ${tx.workspaceId} and p.current_id = any(${personIds}::uuid[]) and o.kind = 'contact'
        and o.lifted_at is null
    union select a.person_id from author a join objection o on o.workspace_id = a.workspace_id and o.author_id = a.author_id
      where a.workspace_id = ${tx.workspaceId} and a.person_id = any(${personIds}::uuid[]) and o.kind = 'contact'
        and o.lifted_at is null`.execute(tx.sql)
  return new Set(rows.map((row) => row.person_id))
}
