import { sql } from 'kysely'
import type { Column, ColumnInput } from '../../contract/columns-shapes.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { columnsOf, writtenColumn } from './column-rows.ts'
import { requireSubjects } from './subjects.ts'

/** Of one member's own, and of shared ones. */
const LAYOUTS_MAX = 50

export interface LayoutHead {
  layoutId: string
  name: string
  shared: boolean
  version: number
}
export interface Layout extends LayoutHead {
  columns: Column[]
}
export interface LayoutInput {
  name: string
  shared: boolean
  columns: ColumnInput[]
}

export function memberOf({ actor }: WorkspaceTransaction): string {
  if (actor.kind === 'member' && actor.id) return actor.id
  throw new Forbidden('members-only')
}

/** Own ones and those shared with everybody. Served by layout's primary key: a workspace has a few dozen at most. */
const readable = (tx: WorkspaceTransaction) =>
  sql`workspace_id = ${tx.workspaceId} and (member_id is null or member_id = ${tx.actor.kind === 'member' ? tx.actor.id : null})`

interface Row {
  layout_id: string
  name: string
  version: number
  member_id: string | null
}
const presentHead = (row: Row): LayoutHead => ({
  layoutId: row.layout_id,
  name: row.name,
  shared: row.member_id === null,
  version: row.version,
})

export async function listLayouts(tx: WorkspaceTransaction): Promise<LayoutHead[]> {
  const { rows } = await sql<Row>`select layout_id, name, version, member_id from layout where ${readable(tx)}
    order by name, layout_id limit ${2 * LAYOUTS_MAX}`.execute(tx.sql)
  return rows.map(presentHead)
}

/** A colleague's own layout answers as one that does not exist. */
export async function getLayout(tx: WorkspaceTransaction, layoutId: string): Promise<Layout> {
  return { ...presentHead(await requireLayout(tx, layoutId)), columns: await columnsOf(tx, layoutId) }
}

export async function createLayout(tx: WorkspaceTransaction, input: LayoutInput, mayShare: boolean): Promise<Layout> {
  if (input.shared) requireSharing(mayShare)
  const memberId = input.shared ? null : memberOf(tx)
  await refuseTooMany(tx, memberId)
  const layoutId = newId()
  await tx.sql
    .insertInto('layout')
    .values({ workspace_id: tx.workspaceId, layout_id: layoutId, member_id: memberId, name: input.name })
    .execute()
  await writeColumns(tx, layoutId, input.columns)
  if (input.shared) tx.record({ type: 'layout.shared', subjects: { layoutId } })
  return getLayout(tx, layoutId)
}

/** As a whole, against the version that was read: whoever moved a column meanwhile is not undone unseen. */
export async function saveLayout(
  tx: WorkspaceTransaction,
  layoutId: string,
  { version, ...input }: LayoutInput & { version: number },
  mayShare: boolean,
): Promise<Layout> {
  const before = await requireChangeable(tx, layoutId, mayShare)
  if (input.shared) requireSharing(mayShare)
  if (before.version !== version) throw new Conflict('layout-changed', { version: before.version })
  const wasShared = before.member_id === null
  const memberId = input.shared ? null : memberOf(tx)
  if (wasShared !== input.shared) await refuseTooMany(tx, memberId)
  await tx.sql
    .updateTable('layout')
    .set({ name: input.name, member_id: memberId, version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('layout_id', '=', layoutId)
    .execute()
  await writeColumns(tx, layoutId, input.columns)
  if (input.shared) tx.record({ type: wasShared ? 'layout.changed' : 'layout.shared', subjects: { layoutId } })
  else if (wasShared) tx.record({ type: 'layout.removed', subjects: { layoutId } })
  return getLayout(tx, layoutId)
}

export async function removeLayout(tx: WorkspaceTransaction, layoutId: string, mayShare: boolean): Promise<void> {
  const { member_id } = await requireChangeable(tx, layoutId, mayShare)
  await tx.sql
    .deleteFrom('layout')
    .where('workspace_id', '=', tx.workspaceId)
    .where('layout_id', '=', layoutId)
    .execute()
  if (member_id === null) tx.record({ type: 'layout.removed', subjects: { layoutId } })
}

async function requireLayout(tx: WorkspaceTransaction, layoutId: string, held = false): Promise<Row> {
  const { rows } = await sql<Row>`select layout_id, name, version, member_id from layout
    where ${readable(tx)} and layout_id = ${layoutId} ${held ? sql`for update` : sql``}`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new NotFound('layout-unknown')
  return row
}

async function requireChangeable(tx: WorkspaceTransaction, layoutId: string, mayShare: boolean): Promise<Row> {
  const row = await requireLayout(tx, layoutId, true)
  if (row.member_id === null) requireSharing(mayShare)
  return row
}

function requireSharing(mayShare: boolean): void {
  if (!mayShare) throw new Forbidden('permission-missing', { permission: 'inbox.manage' })
}

async function refuseTooMany(tx: WorkspaceTransaction, memberId: string | null): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from layout
    where workspace_id = ${tx.workspaceId} and member_id is not distinct from ${memberId}`.execute(tx.sql)
  if ((rows[0]?.count ?? 0) >= LAYOUTS_MAX) throw new Invalid('too-many-layouts', { layoutsMax: LAYOUTS_MAX })
}

/** Columns keep their ids, so that everybody's look at them stays; an id of another layout is none of this one. */
async function writeColumns(
  tx: WorkspaceTransaction,
  layoutId: string,
  columns: readonly ColumnInput[],
): Promise<void> {
  const before = await columnsOf(tx, layoutId)
  await requireSubjects(tx, columns, before)
  const { rows } = await sql<{ column_id: string }>`select column_id from layout_column
    where workspace_id = ${tx.workspaceId} and layout_id = ${layoutId}`.execute(tx.sql)
  const known = new Set(rows.map(({ column_id }) => column_id))
  const named = columns.flatMap(({ columnId }) => columnId ?? [])
  if (new Set(named).size < named.length || named.some((columnId) => !known.has(columnId)))
    throw new NotFound('column-unknown')
  const written = columns.map((column, place) =>
    writtenColumn({ ...column, columnId: column.columnId ?? newId() }, place),
  )
  await sql`delete from layout_column where workspace_id = ${tx.workspaceId} and layout_id = ${layoutId}
    and column_id <> all(${named}::uuid[])`.execute(tx.sql)
  for (const { column_id, ...values } of written)
    await tx.sql
      .insertInto('layout_column')
      .values({ workspace_id: tx.workspaceId, layout_id: layoutId, column_id, ...values })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'column_id']).doUpdateSet(values))
      .execute()
}
