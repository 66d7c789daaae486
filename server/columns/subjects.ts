import { sql } from 'kysely'
import type { Column, ColumnInput } from '../../contract/columns-shapes.ts'
import { requireQuery, workspaceLanguages } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'

/** What columns name by an id, and what makes it gone though its row stands. */
const SUBJECTS = {
  topicId: { table: 'topic', still: sql`removed_at is null` },
  personId: { table: 'person', still: sql`erased_at is null` },
  segmentId: { table: 'segment', still: sql`true` },
  tagId: { table: 'tag', still: sql`true` },
  teamId: { table: 'team', still: sql`true` },
  memberId: { table: 'member', still: sql`true` },
  authorId: { table: 'author', still: sql`true` },
} as const
type Subject = keyof typeof SUBJECTS
const KINDS = Object.keys(SUBJECTS) as Subject[]

/** Nobody is given a column that can show nothing. What stood there before may have gone since: it stays as it was. */
export async function requireSubjects(
  tx: WorkspaceTransaction,
  columns: readonly ColumnInput[],
  before: readonly Column[],
): Promise<void> {
  const queries = columns.flatMap((column) => (column.kind === 'search' ? [column.query] : []))
  if (queries.length > 0) {
    const languages = await workspaceLanguages(tx)
    for (const query of queries) requireQuery(query, languages)
  }
  for (const kind of KINDS) {
    const known = new Set(idsIn(before, kind))
    const ids = idsIn(columns, kind).filter((id) => !known.has(id))
    if (ids.length > 0) await requireThere(tx, kind, ids)
  }
}

const idsIn = (columns: readonly (Column | ColumnInput)[], kind: Subject): string[] =>
  columns.flatMap((column) => {
    const named: Partial<Record<Subject, string | undefined>> = { ...column.filters }
    const itself: Partial<Record<Subject, string>> = {
      ...(column.kind === 'topic' && { topicId: column.topicId }),
      ...(column.kind === 'person' && { personId: column.personId }),
    }
    return [named[kind] ?? [], itself[kind] ?? []].flat()
  })

async function requireThere(tx: WorkspaceTransaction, kind: Subject, ids: readonly string[]): Promise<void> {
  const { table, still } = SUBJECTS[kind]
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}
    where workspace_id = ${tx.workspaceId} and ${sql.ref(`${table}_id`)} = any(${ids}::uuid[]) and ${still}`.execute(
    tx.sql,
  )
  if (rows[0]?.count !== new Set(ids).size) throw new NotFound(`${table}-unknown`)
}
