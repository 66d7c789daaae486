import { sql } from 'kysely'
import type { Column, ColumnInput, ColumnLook } from '../../contract/columns-shapes.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** How a column is looked at until somebody wants it otherwise. */
const FIRST_LOOK: ColumnLook = {
  width: 340,
  density: 'comfortable',
  collapsed: false,
  muted: false,
  paused: false,
  sound: false,
  flows: false,
}

interface ColumnRow {
  column_id: string
  kind: Column['kind']
  name: string | null
  topic_id: string | null
  topic_name: string | null
  person_id: string | null
  person_name: string | null
  query: string | null
  filters: Column['filters']
  ordered_by: Column['order']
  look: ColumnLook | null
}

/** From left to right. Columns about a topic that was removed, or about somebody who was erased, are left out. */
export async function columnsOf(tx: WorkspaceTransaction, layoutId: string): Promise<Column[]> {
  const { rows } = await sql<ColumnRow>`
    select c.column_id, c.kind, c.name, c.topic_id, t.name as topic_name, p.person_id, p.name as person_name, c.query,
      c.filters, c.ordered_by, case when l.column_id is not null then json_build_object('width', l.width, 'density', l.density,
        'collapsed', l.collapsed, 'muted', l.muted, 'paused', l.paused, 'sound', l.sound, 'flows', l.flows) end as look
    from layout_column c
      left join topic t on t.workspace_id = c.workspace_id and t.topic_id = c.topic_id and t.removed_at is null
      left join person was on was.workspace_id = c.workspace_id and was.person_id = c.person_id
      left join person p on p.workspace_id = c.workspace_id and p.person_id = was.current_id and p.erased_at is null
      left join column_look l on l.workspace_id = c.workspace_id and l.column_id = c.column_id
        and l.member_id = ${tx.actor.kind === 'member' ? tx.actor.id : null}
    where c.workspace_id = ${tx.workspaceId} and c.layout_id = ${layoutId}
      and (c.topic_id is null or t.topic_id is not null) and (c.person_id is null or p.person_id is not null)
    order by c.place`.execute(tx.sql)
  return rows.map(present)
}

/** The database's checks hold kind, subject and order together. */
const present = (row: ColumnRow): Column =>
  ({
    columnId: row.column_id,
    kind: row.kind,
    name: row.name,
    ...(row.topic_id && { topicId: row.topic_id }),
    ...(row.person_id && { personId: row.person_id }),
    ...(row.query !== null && { query: row.query }),
    filters: row.filters,
    order: row.ordered_by,
    topicName: row.topic_name,
    person: row.person_id ? { personId: row.person_id, name: row.person_name ?? '' } : null,
    look: row.look ?? FIRST_LOOK,
  }) as Column

export const writtenColumn = (column: ColumnInput & { columnId: string }, place: number) => ({
  column_id: column.columnId,
  place,
  kind: column.kind,
  name: column.name,
  topic_id: column.kind === 'topic' ? column.topicId : null,
  person_id: column.kind === 'person' ? column.personId : null,
  query: column.kind === 'search' ? column.query : null,
  filters: JSON.stringify(column.filters),
  ordered_by: column.order,
})
