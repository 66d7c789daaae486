import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { people as contract } from '../../contract/people.ts'
import type { ConsentPurpose, ObjectionKind } from '../../contract/people-consent.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { nameKey, prefixEnd } from './name-keys.ts'
import { type AuthorBrief, type BriefRow, toAuthorBrief } from './reading.ts'

const AUTHORS_MAX = 20

type Options = z.output<NonNullable<(typeof contract.persons.list)['~orpc']['inputSchema']> & z.ZodType>
type Listed = z.output<NonNullable<(typeof contract.persons.list)['~orpc']['outputSchema']> & z.ZodType>

interface Row {
  person_id: string
  name: string
  name_key: string
  language: string | null
  created_at: Date
  legal_basis: Listed['items'][number]['legalBasis']
  /** Of the statement that they are listed for. */
  said_at: Date | null
  statement_id: string | null
}

/** By name; those who agreed or objected to something: the latest statement first. */
export async function listPersons(tx: WorkspaceTransaction, options: Options): Promise<Listed> {
  const { consent, consentState, objection } = options
  const page = objection
    ? await byStatement(tx, objections(tx.workspaceId, objection), options)
    : consent
      ? await byStatement(tx, consents(tx.workspaceId, consent, consentState), options)
      : await byName(tx, options)
  const authors = await linkedAuthors(
    tx,
    page.items.map((row) => row.person_id),
  )
  const items = page.items.map((row) => ({
    personId: row.person_id,
    name: row.name,
    language: row.language,
    createdAt: row.created_at,
    legalBasis: row.legal_basis,
    saidAt: row.said_at,
    authors: authors.get(row.person_id) ?? [],
  }))
  return { items, nextCursor: page.nextCursor }
}

const COLUMNS = sql`p.person_id, p.name, p.name_key, p.language, p.created_at, p.effective_basis as legal_basis`

const isAsked = ({ search, basis }: Options): RawBuilder<unknown> => {
  const prefix = search ? (nameKey(search) ?? search.toLowerCase()) : ''
  return sql`p.current_id = p.person_id and p.erased_at is null
    and p.name_key >= ${prefix} and p.name_key < ${prefixEnd(prefix)}
    ${basis ? sql`and p.effective_basis = ${basis}` : sql``}`
}

/** Served by person_by_name, or by person_by_basis. */
async function byName(tx: WorkspaceTransaction, options: Options) {
  const { after, limit } = options
  const cursor = readCursor(after, 2)
  const { rows } = await sql<Row>`
    select ${COLUMNS}, null::timestamptz as said_at, null as statement_id from person p
    where p.workspace_id = ${tx.workspaceId} and ${isAsked(options)}
      ${cursor ? sql`and (p.name_key, p.person_id) > (${cursor[0]}, ${cursor[1]}::uuid)` : sql``}
    order by p.name_key, p.person_id limit ${limit + 1}`.execute(tx.sql)
  return pageOf(rows, limit, (row) => writeCursor(row.name_key, row.person_id))
}

/** A kind of statement, newest first, and which one of a person's says what holds for everyone who is the same. */
interface Statements {
  table: RawBuilder<unknown>
  id: RawBuilder<unknown>
  at: RawBuilder<unknown>
  /** Of rows `s`: what an index holds. */
  are: RawBuilder<unknown>
  /** The id of the deciding one, among all of person `p`. */
  deciding: RawBuilder<unknown>
}

/**
 * Walks the statements from the cursor on, some at a time, because the planner would otherwise judge all of them before it
 * shows one page; whoever made several is listed at the one that decides. A page may be short when few are meant.
 */
async function byStatement(tx: WorkspaceTransaction, statements: Statements, options: Options) {
  const { after, limit } = options
  const found: Walked[] = []
  let cursor = readCursor(after, 2)
  for (let round = 0; round < ROUNDS_MAX && found.length <= limit; round++) {
    const rows = await walk(tx, statements, options, cursor)
    found.push(...rows.filter((row) => row.person_id !== null))
    const last = rows.at(-1)
    if (!last || rows.length < WALKED_AT_ONCE) return pageOf(found, limit, cursorOf)
    cursor = [last.said_at.toISOString(), last.statement_id]
  }
  return found.length > limit
    ? pageOf(found, limit, cursorOf)
    : { items: found, nextCursor: cursor && writeCursor(...cursor) }
}
const WALKED_AT_ONCE = 200
const ROUNDS_MAX = 50

type Walked = Row & { said_at: Date; statement_id: string }
const cursorOf = (row: Walked) => writeCursor(row.said_at, row.statement_id)

/** Some statements; without a person where it is not theirs that decides, or somebody else is asked for. */
async function walk(
  tx: WorkspaceTransaction,
  { table, id, at, are, deciding }: Statements,
  options: Options,
  cursor: readonly string[] | null,
): Promise<Walked[]> {
  const { rows } = await sql<Walked>`
    with s as materialized (
      select s.person_id, s.author_id, s.${at} as said_at, s.${id} as statement_id from ${table} s
      where s.workspace_id = ${tx.workspaceId} and ${are}
        ${cursor ? sql`and (s.${at}, s.${id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
      order by s.${at} desc, s.${id} desc limit ${WALKED_AT_ONCE})
    select p.*, s.said_at, s.statement_id from s left join lateral (
      select ${COLUMNS} from (
          select current_id from person where workspace_id = ${tx.workspaceId} and person_id = s.person_id
          union all
          select person_id from author where workspace_id = ${tx.workspaceId} and author_id = s.author_id) w
        join person p on p.workspace_id = ${tx.workspaceId} and p.person_id = w.current_id
      where ${isAsked(options)} and s.statement_id = (${deciding}) limit 1) p on true
    order by s.said_at desc, s.statement_id desc`.execute(tx.sql)
  return rows
}

/** Rows of a person and of everyone who is the same, their accounts included. */
const ofPerson = (workspaceId: string, table: RawBuilder<unknown>, which: RawBuilder<unknown>) => sql`
  select o.* from person m join ${table} o on o.workspace_id = m.workspace_id and o.person_id = m.person_id and ${which}
    where m.workspace_id = ${workspaceId} and m.current_id = p.person_id
  union all
  select o.* from author a join ${table} o on o.workspace_id = a.workspace_id and o.author_id = a.author_id and ${which}
    where a.workspace_id = ${workspaceId} and a.person_id = p.person_id`

/** Any that stands holds. Served by objection_standing, objection_person and objection_author. */
function objections(workspaceId: string, kind: ObjectionKind): Statements {
  const table = sql.table('objection')
  const standing = sql`o.kind = ${kind} and o.lifted_at is null`
  return {
    table,
    id: sql.ref('objection_id'),
    at: sql.ref('objected_at'),
    are: sql`s.kind = ${kind} and s.lifted_at is null`,
    deciding: sql`select o.objection_id from (${ofPerson(workspaceId, table, standing)}) o
      order by o.objected_at desc, o.objection_id desc limit 1`,
  }
}

const STATES = {
  given: sql`s.given and s.withdrawn_at is null`,
  withdrawn: sql`s.given and s.withdrawn_at is not null`,
  refused: sql`not s.given`,
}

/**
 * For each place the newest holds, of several places the strictest (consent/state.ts). Served by consent_given,
 * consent_withdrawn, consent_refused, consent_person and consent_author.
 */
function consents(workspaceId: string, purpose: ConsentPurpose, state: keyof typeof STATES): Statements {
  const table = sql.table('consent')
  return {
    table,
    id: sql.ref('consent_id'),
    at: sql.ref('stated_at'),
    are: sql`s.purpose = ${purpose} and ${STATES[state]}`,
    deciding: sql`select newest.consent_id from (
        select distinct on (o.person_id, o.author_id) o.consent_id, o.stated_at,
          case when not o.given then 2 when o.withdrawn_at is not null then 1 else 0 end as strictness
        from (${ofPerson(workspaceId, table, sql`o.purpose = ${purpose}`)}) o
        order by o.person_id, o.author_id, o.stated_at desc, o.consent_id desc) newest
      order by newest.strictness desc, newest.stated_at desc, newest.consent_id desc limit 1`,
  }
}

async function linkedAuthors(tx: WorkspaceTransaction, personIds: string[]): Promise<Map<string, AuthorBrief[]>> {
  const { rows } = await sql<BriefRow & { person_id: string }>`
    select p.person_id, a.author_id, a.network, a.handle, a.name, a.avatar_url, a.own, a.state, a.kind, a.network_id
    from unnest(${personIds}::uuid[]) as p(person_id)
      cross join lateral (select author_id, network, handle, name, avatar_url, own, state, kind, network_id from author
        where workspace_id = ${tx.workspaceId} and person_id = p.person_id order by author_id
        limit ${AUTHORS_MAX}) a`.execute(tx.sql)
  const found = new Map<string, AuthorBrief[]>()
  for (const row of rows) found.set(row.person_id, [...(found.get(row.person_id) ?? []), toAuthorBrief(row)])
  return found
}
