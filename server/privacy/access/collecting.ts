import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { DataRegister, DataSubject, Exporter, PersonalTable } from '../../platform/personal-data.ts'
import { REMOVED, tracePattern } from '../../platform/personal-traces.ts'
import { personalTables } from '../register/register.ts'

const ROWS_AT_ONCE = 500

export type Row = Record<string, unknown>
export type ExportedTable = PersonalTable & { export: Exporter }

/** What is handed out by itself; the rest stands within the rows of these. */
export const exportedTables = (register: DataRegister): ExportedTable[] =>
  personalTables(register).filter((table): table is ExportedTable => typeof table.export === 'function')

/** Rows of one table about somebody, in the order in which they lie there, page by page. */
export async function* rowsAbout(
  tx: WorkspaceTransaction,
  table: ExportedTable,
  subject: DataSubject,
): AsyncGenerator<Row> {
  for (let after = '(0,0)'; ; ) {
    const { rows } = await sql<{ row: Row; place: string }>`
      select x.row, x.place::text as place from (${table.export(subject, tx.workspaceId)}) x
      where x.place > ${after}::tid order by x.place limit ${ROWS_AT_ONCE}`.execute(tx.sql)
    for (const { row } of rows) yield FREE_TEXTS.has(table.table) ? withoutOthers(row, subject) : row
    const last = rows.at(-1)
    if (rows.length < ROWS_AT_ONCE || !last) return
    after = last.place
  }
}

/** Written by colleagues about one person, and naming others now and then: those have rights too (Art. 15(4)). */
const FREE_TEXTS = new Set([
  'note',
  'person_note',
  'event_content',
  'quarantine',
  'import_rejection',
  'privacy_request_entry',
])
const OTHERS = /[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w/])@[\w.-]{2,}(?:@[\w.-]+)?|\+?\d[\d ()/-]{7,}\d/g

export function withoutOthers(row: Row, subject: DataSubject): Row {
  const own = new RegExp(tracePattern(subject.names), 'i')
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(OTHERS, (found) => (own.test(found) ? found : REMOVED))
    if (Array.isArray(value)) return value.map(clean)
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
    return value
  }
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, TIME.test(String(value)) ? value : clean(value)]),
  )
}
const TIME = /^\d{4}-\d\d-\d\d[T ]/
