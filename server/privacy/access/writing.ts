import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import { columnsIn, type DataRegister, type DataSubject } from '../../platform/personal-data.ts'
import type { Services } from '../../platform/services.ts'
import { subjectOf } from '../register/subjects.ts'
import { type ExportedTable, exportedTables, rowsAbout } from './collecting.ts'
import { COLUMN_LABELS } from './column-labels.ts'
import { type Language, TABLE_LABELS } from './labels.ts'
import { htmlPage, type Section } from './page.ts'
import { zipped } from './zip.ts'

export interface ArchiveOrder {
  workspaceId: string
  personId: string
  language: Language
  /** Where the ZIP is written. */
  file: string
  /** After each table, of so many. */
  onStep?(step: number, steps: number): Promise<void>
  signal?: AbortSignal
}

/** Longer than any statement; a whole archive is read from one moment of the database. */
const STATEMENT_TIMEOUT = '5min'

/** Everything that is held of one person: a page to read, the same as JSON, and what its fields mean. Returns its bytes. */
export async function writeArchive(services: Services, register: DataRegister, order: ArchiveOrder): Promise<number> {
  await mkdir(path.dirname(order.file), { recursive: true, mode: 0o700 })
  await services.database.inWorkspace(order.workspaceId, SYSTEM, async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx.sql)
    await sql`select set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true)`.execute(tx.sql)
    const subject = await subjectOf(tx, order.personId)
    if (subject.personIds.length === 0) throw new NotFound('person-unknown')
    const bytes = Readable.from(zipped(await filesOf(tx, services, register, order, subject)), { objectMode: false })
    await pipeline(bytes, createWriteStream(order.file, { mode: 0o600 }), order.signal ? { signal: order.signal } : {})
  })
  const handle = await open(order.file, 'r')
  try {
    await handle.sync()
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}

async function filesOf(
  tx: WorkspaceTransaction,
  services: Services,
  register: DataRegister,
  { personId, language, onStep }: ArchiveOrder,
  subject: DataSubject,
) {
  const tables = inOrder(exportedTables(register))
  const steps = tables.length * 2
  let step = 0
  async function* sections(): AsyncGenerator<Section> {
    for (const table of tables) {
      yield { table, rows: rowsAbout(tx, table, subject) }
      await onStep?.(++step, steps)
    }
  }
  const head = { ...(await headOf(tx, personId)), language, madeAt: services.clock.now() }
  return [
    { name: 'index.html', content: htmlPage(head, sections()) },
    { name: 'data.json', content: jsonData(head, sections()) },
    { name: 'schema.json', content: oneText(JSON.stringify(schemaOf(tables), null, 2)) },
  ]
}

/** As a person would tell it (labels.ts); what has no place there comes last. */
const inOrder = (tables: ExportedTable[]): ExportedTable[] => {
  const order = Object.keys(TABLE_LABELS)
  const place = ({ table }: ExportedTable) => (order.includes(table) ? order.indexOf(table) : order.length)
  return [...tables].sort((one, other) => place(one) - place(other))
}

async function headOf(tx: WorkspaceTransaction, personId: string) {
  const { rows } = await sql<{ name: string; workspace: string; timeZone: string }>`
    select n.name, coalesce(nullif(w.brand, ''), w.name) as workspace, w.time_zone as "timeZone"
    from person p join person n on n.workspace_id = p.workspace_id and n.person_id = p.current_id
      join workspace w on w.workspace_id = p.workspace_id
    where p.workspace_id = ${tx.workspaceId} and p.person_id = ${personId}`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new NotFound('person-unknown')
  return row
}

async function* jsonData(head: { name: string; madeAt: Date; workspace: string }, sections: AsyncIterable<Section>) {
  const about = { format: 'rapport-access', version: 1, person: head.name, by: head.workspace, madeAt: head.madeAt }
  yield `{"about": ${JSON.stringify(about)}, "data": {`
  let first = true
  for await (const { table, rows } of sections) {
    yield `${first ? '' : ','}\n${JSON.stringify(table.table)}: [`
    first = false
    let separator = '\n'
    for await (const row of rows) {
      yield `${separator}${JSON.stringify(row)}`
      separator = ',\n'
    }
    yield ']'
  }
  yield '\n}}\n'
}

/** What each field means, why it is held and how long: the register's own words. */
const schemaOf = (tables: ExportedTable[]) =>
  tables.map(({ table, purpose, basis, kept, personal, columns }) => ({
    name: table,
    title: TABLE_LABELS[table]?.[0] ?? table,
    purpose,
    legalBasis: basis,
    kept,
    fields: [personal, columns.time, columns.state, columns.count].flatMap(columnsIn).map((name) => ({
      name,
      title: COLUMN_LABELS[name]?.[0] ?? name.replaceAll('_', ' '),
    })),
  }))

async function* oneText(text: string) {
  yield text
}
