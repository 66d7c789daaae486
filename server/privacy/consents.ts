import { type SqlBool, sql } from 'kysely'
import type { ConsentPurpose } from '../../contract/people-consent.ts'
import { authorBriefs, toConsent, toObjection } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'

interface Page {
  after?: string | undefined
  limit: number
}
type Row = Record<string, unknown> & { current_id: string | null; name: string | null }

/** The consent ledger, newest first. Served by consent_newest. */
export async function listConsents(tx: WorkspaceTransaction, page: Page & { purpose?: ConsentPurpose | undefined }) {
  const { rows, nextCursor } = await ledger(tx, page, {
    table: 'consent',
    at: 'stated_at',
    key: 'consent_id',
    where: page.purpose ? sql<SqlBool>`t.purpose = ${page.purpose}` : sql<SqlBool>`true`,
  })
  return { items: await said(tx, rows, toConsent), nextCursor }
}

/** Served by objection_newest. */
export async function listObjections(tx: WorkspaceTransaction, page: Page) {
  const { rows, nextCursor } = await ledger(tx, page, {
    table: 'objection',
    at: 'objected_at',
    key: 'objection_id',
    where: sql<SqlBool>`true`,
  })
  return { items: await said(tx, rows, toObjection), nextCursor }
}

interface Ledger {
  table: string
  at: string
  key: string
  where: ReturnType<typeof sql<SqlBool>>
}

/** With whoever it is about now: the person on whom it was written, or to whom the identity belongs. */
async function ledger(tx: WorkspaceTransaction, { after, limit }: Page, { table, at, key, where }: Ledger) {
  const cursor = readCursor(after, 2)
  const [time, id] = [sql.ref(`t.${at}`), sql.ref(`t.${key}`)]
  const { rows } = await sql<Row>`
    select t.*, n.person_id as current_id, n.name from ${sql.table(table)} t
      left join person p on p.workspace_id = t.workspace_id and p.person_id = t.person_id
      left join author a on a.workspace_id = t.workspace_id and a.author_id = t.author_id
      left join person n on n.workspace_id = t.workspace_id and n.person_id = coalesce(p.current_id, a.person_id)
        and n.erased_at is null
    where t.workspace_id = ${tx.workspaceId} and ${where}
      ${cursor ? sql`and (${time}, ${id}) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
    order by ${time} desc, ${id} desc limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row[at] as Date, row[key] as string))
  return { rows: page.items, nextCursor: page.nextCursor }
}

/** Who said it, and of which address or account. */
async function said<Entry extends { authorId: string | null }>(
  tx: WorkspaceTransaction,
  rows: Row[],
  toEntry: (row: Row) => Entry,
) {
  const entries = rows.map((row) => ({ ...toEntry(row), person: personOf(row) }))
  const authors = await authorBriefs(tx, [...new Set(entries.flatMap(({ authorId }) => authorId ?? []))])
  return entries.map((entry) => ({ ...entry, author: (entry.authorId && authors.get(entry.authorId)) || null }))
}

const personOf = (row: Row) => (row.current_id ? { personId: row.current_id, name: row.name ?? '' } : null)
