import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import type { Services } from './services.ts'

/**
 * What each module says about the data that it holds: every column of every table is either no personal data, for a
 * reason, or personal, with whose it is, why it is kept, for how long, how it is handed out and how it goes.
 * server/privacy/register reads this for access, erasure and the record of processing; its test compares it with the
 * database.
 */
export type DataRegister = readonly TableDeclaration[]
export type TableDeclaration = PlainTable | PersonalTable | StaffTable

export const PLAIN_REASONS = ['key', 'time', 'state', 'count', 'setting', 'ours', 'figure', 'secret'] as const
/**
 * Why a column is no personal data of itself. key: an id of ours. time, state, count: says nothing without its row, and is
 * handed out with it. setting, ours: the workspace's own words. figure: counted over many. secret: a key or its hash.
 */
export type PlainReason = (typeof PLAIN_REASONS)[number]
export type PlainColumns = Partial<Record<PlainReason, string>>

export interface PlainTable {
  table: string
  columns: PlainColumns
}

export const PURPOSES = [
  'listening',
  'care',
  'linking',
  'contract',
  'scoring',
  'protection',
  'proof',
  'measurement',
  'operation',
] as const
export type Purpose = (typeof PURPOSES)[number]
export const BASES = ['consent', 'contract', 'legitimate-interest', 'legal-obligation'] as const
export type Basis = (typeof BASES)[number]

export interface PersonalTable extends PlainTable {
  whose: 'author' | 'person' | 'customer'
  /** Columns that say something about somebody. */
  personal: string
  purpose: Purpose
  basis: Basis
  /** A kind of the retention rules, or with what it ends. */
  kept: string
  /** Rows of one human being, as one `row` of jsonb each with its `place` (ctid); or the table whose rows hand the same out. */
  export: Exporter | { within: string }
  erase: Eraser
}

/** About those who work here: theirs to see in their settings, and ends with their membership. No customer's request reaches it. */
export interface StaffTable extends PlainTable {
  whose: 'member'
  personal: string
  purpose: Purpose
  basis: Basis
  kept: string
}

/** Everyone who is the same, and all their identities; as it was when an access or an erasure began. */
export interface DataSubject {
  personIds: string[]
  authorIds: string[]
  /** Handles, names, addresses and numbers, of now and before: words by which others mention them. */
  names: string[]
}

/** Rows of a table, called `t`, that are about a subject. */
export type Found = (subject: DataSubject, workspaceId: string) => RawBuilder<SqlBool>
export type Exporter = (subject: DataSubject, workspaceId: string) => RawBuilder<{ row: unknown }>

export interface Eraser {
  /** What happens to the rows: they go, lose their content, or lose the words that name somebody. */
  how: 'deleted' | 'emptied' | 'words-removed'
  /** What stays of them, for which legal reason. */
  because?: string
  count(tx: WorkspaceTransaction, subject: DataSubject): Promise<number>
  /** Erases some; called until it erases none. Safe to run again after a crash. Returns how many rows. */
  step(tx: WorkspaceTransaction, subject: DataSubject, services: Services): Promise<number>
}

export const plain = (table: string, columns: PlainColumns): PlainTable => ({ table, columns })

export const columnsIn = (words: string | undefined): string[] => words?.split(/\s+/).filter(Boolean) ?? []

export const byAuthor =
  (column = 'author_id'): Found =>
  ({ authorIds }) =>
    sql<SqlBool>`${sql.ref(`t.${column}`)} = any(${authorIds}::uuid[])`
export const byPerson =
  (column = 'person_id'): Found =>
  ({ personIds }) =>
    sql<SqlBool>`${sql.ref(`t.${column}`)} = any(${personIds}::uuid[])`
export const byPersonOrAuthor: Found = ({ personIds, authorIds }) =>
  sql<SqlBool>`(t.person_id = any(${personIds}::uuid[]) or t.author_id = any(${authorIds}::uuid[]))`
export const byPost =
  (column = 'post_id'): Found =>
  ({ authorIds }, workspaceId) =>
    sql<SqlBool>`${sql.ref(`t.${column}`)} in (select p.post_id from post p
      where p.workspace_id = ${workspaceId} and p.author_id = any(${authorIds}::uuid[]))`
export const byConversation: Found = ({ authorIds }, workspaceId) =>
  sql<SqlBool>`t.conversation_id in (select c.conversation_id from conversation c
    where c.workspace_id = ${workspaceId} and c.author_id = any(${authorIds}::uuid[]))`

/** A long table is read by its cursor and erased in batches of so many. */
export const ROWS_AT_ONCE = 1_000

/** The personal columns, and what stands beside them: times, states, counts. No ids of ours, no secrets. */
export const rowsWhere =
  (table: string, found: Found, shown: string[]): Exporter =>
  (subject, workspaceId) =>
    sql<{ row: unknown }>`
    select jsonb_strip_nulls(jsonb_build_object(${sql.join(shown.flatMap((column) => [sql.lit(column), sql.ref(`t.${column}`)]))})) as row, t.ctid as place
    from ${sql.table(table)} t where t.workspace_id = ${workspaceId} and ${found(subject, workspaceId)}`

export const deleted = (table: string, found: Found): Eraser => ({
  how: 'deleted',
  count: (tx, subject) => countWhere(tx, table, found(subject, tx.workspaceId)),
  step: async (tx, subject) => {
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and ctid = any(array(
        select t.ctid from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId}
          and ${found(subject, tx.workspaceId)} limit ${ROWS_AT_ONCE}))`.execute(tx.sql)
    return Number(numAffectedRows)
  },
})

/** `blanks`: SQL of what stands in each column afterwards. Rows that are blank already are passed over. */
export const emptied = (table: string, found: Found, blanks: Record<string, string>): Eraser => {
  const columns = Object.keys(blanks)
  const blank = sql.raw(Object.values(blanks).join(', '))
  const isFull = (subject: DataSubject, workspaceId: string) =>
    sql<SqlBool>`${found(subject, workspaceId)} and (${sql.join(columns.map((column) => sql.ref(`t.${column}`)))})
      is distinct from (${blank})`
  return {
    how: 'emptied',
    count: (tx, subject) => countWhere(tx, table, isFull(subject, tx.workspaceId)),
    step: async (tx, subject) => {
      const { numAffectedRows = 0n } = await sql`
        update ${sql.table(table)} t set (${sql.join(columns.map((column) => sql.ref(column)))}) = row(${blank})
        where t.workspace_id = ${tx.workspaceId} and t.ctid = any(array(
          select t.ctid from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId}
            and ${isFull(subject, tx.workspaceId)} limit ${ROWS_AT_ONCE} for update))`.execute(tx.sql)
      return Number(numAffectedRows)
    },
  }
}

/** Goes with what another table's eraser does, as a row does with the one that it belongs to. */
export const withTheRowsOf = (how: 'deleted' | 'emptied' = 'deleted'): Eraser => ({
  how,
  count: async () => 0,
  step: async () => 0,
})

async function countWhere(tx: WorkspaceTransaction, table: string, where: RawBuilder<SqlBool>): Promise<number> {
  const { rows } = await sql<{ rows: string }>`
    select count(*) as rows from ${sql.table(table)} t where t.workspace_id = ${tx.workspaceId} and ${where}`.execute(
    tx.sql,
  )
  return Number(rows[0]?.rows ?? 0)
}

type PersonalInput = Omit<PersonalTable, 'table' | 'export' | 'erase'> & {
  found: Found
  /** Which of the rows are handed out. Absent: all; less where what goes with somebody was said by another. */
  handedOut?: Found
  /** Absent: the rows are deleted. A record: what stands in the columns afterwards. */
  erase?: Eraser | Record<string, string>
  export?: PersonalTable['export']
}

/** A table with personal data: handed out by its personal columns, times, states and counts; deleted unless said otherwise. */
export function personal(
  table: string,
  { found, handedOut = found, erase, export: exporter, ...rest }: PersonalInput,
): PersonalTable {
  const { time, state, count } = rest.columns
  const shown = [rest.personal, time, state, count].flatMap(columnsIn).filter((column) => !OF_THE_MACHINE.has(column))
  return {
    table,
    ...rest,
    export: exporter ?? rowsWhere(table, handedOut, shown),
    erase: erase === undefined ? deleted(table, found) : isEraser(erase) ? erase : emptied(table, found, erase),
  }
}

/** How far a machine came, which model it was, in which order: says nothing about anybody, and means nothing to them. */
export const OF_THE_MACHINE = new Set(
  `position version model_version fields_version indexed lease_until attempts heard_version understood_by against_version
  understood scored_by troubled_since doubted needs_decision frozen_at undo_until handle_key name_key content_hash
  waiting_since snoozed_until stable own kept_because saved_at made_at profile_read_at erased_at asked_at line token_hash
  tries levels held_back scope identity_scope customer_scope customer_kind identity_kind reference parent_reference
  root_reference root_external_id`.split(/\s+/),
)

const isEraser = (erase: Eraser | Record<string, string>): erase is Eraser => typeof erase.step === 'function'

export const staff = (table: string, rest: Omit<StaffTable, 'table' | 'whose'>): StaffTable => ({
  table,
  whose: 'member',
  ...rest,
})
