import { sql } from 'kysely'
import type { z } from 'zod'
import type { suggestions as contract, SUGGESTION_STATES } from '../../../contract/people-suggestions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { currentPerson, toAuthorBrief } from '../reading.ts'
import type { HeldBack, ShownReason } from './evidence.ts'
import { type ProofLevel, readPolicy } from './policy.ts'

type ListedState = (typeof SUGGESTION_STATES)[number]
type Output<Procedure> = Procedure extends { '~orpc': { outputSchema?: infer Schema } }
  ? z.output<NonNullable<Schema> & z.ZodType>
  : never
type Listed = Output<typeof contract.list>
export type Suggestion = Listed['items'][number]
type Side = Suggestion['one']

const OPEN_COUNTED_MAX = 100
const OF_PERSON_MAX = 20
const OTHERS_SHOWN_MAX = 6
/** Reasons of less weight than this are noise to a reader. */
const REASON_BITS_MIN = 0.3

interface Row {
  suggestion_id: string
  author_id: string
  other_author_id: string
  state: ListedState
  weight: number
  probability: number
  reasons: ShownReason[]
  held_back: HeldBack[]
  proof_level: ProofLevel | null
  found_at: Date
  decided_at: Date | null
  decided_by_kind: Actor['kind'] | null
  decided_by: string | null
  operation_id: string | null
}

const COLUMNS = sql`suggestion_id, author_id, other_author_id, state, weight, probability, reasons, held_back, proof_level,
  found_at, decided_at, decided_by_kind, decided_by, operation_id`

/** Whether one of the two is an identity that a record of this file named. Served by primary keys and contact_identity_author. */
const ofImport = (workspaceId: string, importId: string) => sql`and exists (
  select from unnest(array[s.author_id, s.other_author_id]) as g(author_id)
    cross join lateral (
      select g.author_id as contact_id
      union all select i.contact_id from contact_identity i where i.workspace_id = ${workspaceId} and i.author_id = g.author_id) n
    join contact c on c.workspace_id = ${workspaceId} and c.author_id = n.contact_id and c.import_id = ${importId})`

/**
 * Served by suggestion_queue; what is put off is passed over. What is left of a policy that was switched off is shown to
 * nobody. `importId`: only what concerns records of this file.
 */
export const queueQuery = (
  workspaceId: string,
  now: Date,
  after: [number, string] | null,
  limit: number,
  importId?: string,
) => sql<Row>`
  select ${COLUMNS} from suggestion s where workspace_id = ${workspaceId} and state = 'open'
    and (put_off_until is null or put_off_until <= ${now})
    ${importId ? ofImport(workspaceId, importId) : sql``}
    ${after ? sql`and (weight, suggestion_id) < (${after[0]}::int, ${after[1]}::uuid)` : sql``}
  order by weight desc, suggestion_id desc limit ${limit}`

/** Served by suggestion_decided. */
export const decidedQuery = (
  workspaceId: string,
  state: ListedState,
  after: [Date, string] | null,
  limit: number,
) => sql<Row>`
  select ${COLUMNS} from suggestion where workspace_id = ${workspaceId} and state = ${state} and decided_at is not null
    ${after ? sql`and (decided_at, suggestion_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
  order by decided_at desc, suggestion_id desc limit ${limit}`

export interface ListRequest {
  state: ListedState
  after?: string | undefined
  limit: number
  /** Of the open ones: those that concern records of this file. */
  importId?: string | undefined
}

export async function listSuggestions(
  tx: WorkspaceTransaction,
  { state, after, limit, importId }: ListRequest,
  now: Date,
): Promise<Listed> {
  if ((await readPolicy(tx)).mode === 'none') return { items: [], nextCursor: null }
  const cursor = readCursor(after, 2)
  const [first = '', second = ''] = cursor ?? []
  const { rows } =
    state === 'open'
      ? await queueQuery(tx.workspaceId, now, cursor && [Number(first), second], limit + 1, importId).execute(tx.sql)
      : await decidedQuery(tx.workspaceId, state, cursor && [new Date(first), second], limit + 1).execute(tx.sql)
  const page = pageOf(rows, limit, (row) =>
    writeCursor(row.state === 'open' ? String(row.weight) : (row.decided_at ?? row.found_at), row.suggestion_id),
  )
  return { items: await present(tx, page.items), nextCursor: page.nextCursor }
}

/** Open suggestions of everyone who is the same as this person. Served by suggestion's unique key and suggestion_other. */
export async function suggestionsOfPerson(
  tx: WorkspaceTransaction,
  personId: string,
  now: Date,
): Promise<Suggestion[]> {
  const current = await currentPerson(tx, personId)
  if (!current) throw new NotFound('person-unknown')
  if ((await readPolicy(tx)).mode === 'none') return []
  const { rows } = await ofPersonQuery(tx.workspaceId, current, now).execute(tx.sql)
  return present(tx, rows)
}

export const ofPersonQuery = (workspaceId: string, personId: string, now: Date) => sql<Row>`
  select ${COLUMNS} from suggestion where workspace_id = ${workspaceId} and suggestion_id in (
      select s.suggestion_id from author a
        join suggestion s on s.workspace_id = a.workspace_id and s.author_id = a.author_id
        where a.workspace_id = ${workspaceId} and a.person_id = ${personId}
      union
      select s.suggestion_id from author a
        join suggestion s on s.workspace_id = a.workspace_id and s.other_author_id = a.author_id
        where a.workspace_id = ${workspaceId} and a.person_id = ${personId})
    and state = 'open' and (put_off_until is null or put_off_until <= ${now})
  order by weight desc limit ${OF_PERSON_MAX}`

/** 100 means at least so many. */
export async function countOpen(tx: WorkspaceTransaction, now: Date): Promise<number> {
  if ((await readPolicy(tx)).mode === 'none') return 0
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from (select from suggestion where workspace_id = ${tx.workspaceId} and state = 'open'
      and (put_off_until is null or put_off_until <= ${now}) limit ${OPEN_COUNTED_MAX}) few`.execute(tx.sql)
  return rows[0]?.open ?? 0
}

async function present(tx: WorkspaceTransaction, rows: readonly Row[]): Promise<Suggestion[]> {
  const sides = await readSides(
    tx,
    rows.flatMap((row) => [row.author_id, row.other_author_id]),
  )
  return rows.flatMap((row) => {
    const [first, second] = [sides.get(row.author_id), sides.get(row.other_author_id)]
    if (!first || !second) return []
    // Joined a moment ago elsewhere: it ends with the next turn, and nobody is asked until then.
    if (row.state === 'open' && first.person && first.person.personId === second.person?.personId) return []
    const [one, other] = isKnownLonger(first, second) ? [first, second] : [second, first]
    const by = row.decided_by_kind && { kind: row.decided_by_kind, id: row.decided_by }
    return [
      {
        suggestionId: row.suggestion_id,
        state: row.state,
        one,
        other,
        weight: row.weight / 100,
        probability: row.probability,
        reasons: row.reasons.filter(({ weight }) => Math.abs(weight) >= REASON_BITS_MIN),
        heldBack: row.held_back,
        proofLevel: row.proof_level,
        foundAt: row.found_at,
        decided: row.decided_at && by ? { at: row.decided_at, by } : null,
        operationId: row.operation_id,
      },
    ]
  })
}

/** A person before an account that is nobody's; ids of persons are in order of time. */
function isKnownLonger(side: Side, other: Side): boolean {
  if (!side.person || !other.person) return side.person !== null
  if (side.person.personId === other.person.personId) return side.author.authorId <= other.author.authorId
  return side.person.personId < other.person.personId
}

interface SideRow {
  author_id: string
  network: string
  handle: string | null
  name: string | null
  avatar_url: string | null
  own: boolean
  state: Side['author']['state']
  kind: Side['kind']
  scope: string
  network_id: string
  bio: string | null
  url: string | null
  stable: boolean
  first_heard_at: Date
  person_id: string | null
  person_name: string | null
}

async function readSides(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<Map<string, Side>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await sql<SideRow>`
    select a.author_id, a.network, a.handle, a.name, a.avatar_url, a.own, a.state, a.kind, a.scope, a.network_id, a.bio, a.url,
      a.stable, a.first_heard_at, p.person_id, p.name as person_name
    from unnest(${[...new Set(authorIds)]}::uuid[]) as g(author_id)
      join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id
      left join person p on p.workspace_id = a.workspace_id and p.person_id = a.person_id`.execute(tx.sql)
  const others = await othersOf(tx, [...new Set(rows.flatMap(({ person_id }) => person_id ?? []))])
  return new Map(
    rows.map((row) => [
      row.author_id,
      {
        author: toAuthorBrief(row),
        kind: row.kind,
        scope: row.scope,
        networkId: row.network_id,
        bio: row.bio,
        url: row.url,
        stable: row.stable,
        firstHeardAt: row.first_heard_at,
        person: row.person_id ? { personId: row.person_id, name: row.person_name ?? '' } : null,
        others: (others.get(row.person_id ?? '') ?? [])
          .filter((other) => other.author_id !== row.author_id)
          .slice(0, OTHERS_SHOWN_MAX)
          .map(toAuthorBrief),
      },
    ]),
  )
}

type OtherRow = Parameters<typeof toAuthorBrief>[0] & { person_id: string }

async function othersOf(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<Map<string, OtherRow[]>> {
  if (personIds.length === 0) return new Map()
  const { rows } = await sql<OtherRow>`
    select g.person_id, a.* from unnest(${[...personIds]}::uuid[]) as g(person_id)
      cross join lateral (select author_id, network, handle, name, avatar_url, own, state from author
        where workspace_id = ${tx.workspaceId} and person_id = g.person_id order by author_id
        limit ${OTHERS_SHOWN_MAX + 1}) a`.execute(tx.sql)
  return Map.groupBy(rows, ({ person_id }) => person_id)
}
