import { sql } from 'kysely'
import type { ColumnLook } from '../../contract/columns-shapes.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { memberOf } from './layouts.ts'

/** Of a column that one can see: an own one, or one of a shared layout. */
export async function keepLook(tx: WorkspaceTransaction, columnId: string, look: ColumnLook): Promise<void> {
  const memberId = memberOf(tx)
  const { numAffectedRows } = await sql`
    insert into column_look (workspace_id, member_id, column_id, width, density, collapsed, muted, paused, sound, flows)
    select c.workspace_id, ${memberId}, c.column_id, ${look.width}::int, ${look.density}::text, ${look.collapsed}::boolean,
      ${look.muted}::boolean, ${look.paused}::boolean, ${look.sound}::boolean, ${look.flows}::boolean
    from layout_column c join layout l on l.workspace_id = c.workspace_id and l.layout_id = c.layout_id
    where c.workspace_id = ${tx.workspaceId} and c.column_id = ${columnId} and (l.member_id is null or l.member_id = ${memberId})
    on conflict (workspace_id, member_id, column_id) do update set width = excluded.width, density = excluded.density,
      collapsed = excluded.collapsed, muted = excluded.muted, paused = excluded.paused, sound = excluded.sound,
      flows = excluded.flows`.execute(tx.sql)
  if (numAffectedRows !== 1n) throw new NotFound('column-unknown')
}
