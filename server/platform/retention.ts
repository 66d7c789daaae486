import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import type { Services } from './services.ts'

/** A kind of data that goes by itself after a time. Each module declares its own; privacy keeps the rules and runs them. */
export interface RetentionKind {
  kind: string
  defaultDays: number
  minDays: number
  maxDays: number
  /** Key of the reason for the limits: why so long at most, and so long at least. */
  because: 'minimal' | 'claims' | 'accountability' | 'repair' | 'hand-over'
  /** What would go if it ran now. */
  due(tx: WorkspaceTransaction, before: Date, services: Services): Promise<Due>
  /** Deletes some; called until it deletes none. Absent: the module runs it itself, by the same rule. */
  step?(tx: WorkspaceTransaction, before: Date, services: Services): Promise<number>
}

export interface Due {
  rows: number
  oldest: Date | null
  /** Some of them, in words, for those who may see them. */
  sample: string[]
}

export const NOTHING_DUE: Due = { rows: 0, oldest: null, sample: [] }
const ROWS_AT_ONCE = 1_000
const SAMPLE_MAX = 5
const SAMPLE_CHARACTERS_MAX = 120

interface Rows {
  table: string
  /** SQL of the moment from which the days are counted, of a row called `t`. */
  since: string
  where?: RawBuilder<SqlBool>
  /** SQL of what stands in the sample. */
  shown?: string
}

/** Rows that lie there longer than the rule allows. */
export function rowsOlderThan({
  table,
  since,
  where = sql<SqlBool>`true`,
  shown,
}: Rows): Pick<RetentionKind, 'due' | 'step'> {
  const isDue = (tx: WorkspaceTransaction, before: Date) =>
    sql<SqlBool>`t.workspace_id = ${tx.workspaceId} and ${sql.raw(since)} < ${before} and ${where}`
  return {
    due: async (tx, before) => {
      const { rows } = await sql<{ rows: string; oldest: Date | null }>`
        select count(*) as rows, min(${sql.raw(since)}) as oldest from ${sql.table(table)} t where ${isDue(tx, before)}`.execute(
        tx.sql,
      )
      const sample = shown ? await sampleOf(tx, table, shown, isDue(tx, before)) : []
      return { rows: Number(rows[0]?.rows ?? 0), oldest: rows[0]?.oldest ?? null, sample }
    },
    step: async (tx, before) => {
      const { numAffectedRows = 0n } = await sql`
        delete from ${sql.table(table)} where workspace_id = ${tx.workspaceId} and ctid = any(array(
          select t.ctid from ${sql.table(table)} t where ${isDue(tx, before)} limit ${ROWS_AT_ONCE} for update skip locked))`.execute(
        tx.sql,
      )
      return Number(numAffectedRows)
    },
  }
}

async function sampleOf(
  tx: WorkspaceTransaction,
  table: string,
  shown: string,
  isDue: RawBuilder<SqlBool>,
): Promise<string[]> {
  const { rows } = await sql<{ shown: string }>`
    select left(${sql.raw(shown)}, ${SAMPLE_CHARACTERS_MAX}) as shown from ${sql.table(table)} t where ${isDue} limit ${SAMPLE_MAX}`.execute(
    tx.sql,
  )
  return rows.map((row) => row.shown)
}
