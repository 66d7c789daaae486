import type { z } from 'zod'
import type { inbox } from '../../contract/inbox.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { memberOf } from './drafts.ts'

const VIEWS_MAX = 200

type Input = z.output<NonNullable<(typeof inbox.views.create)['~orpc']['inputSchema']>>
export interface SavedView extends Input {
  savedViewId: string
  mine: boolean
}

export async function listViews(tx: WorkspaceTransaction): Promise<SavedView[]> {
  const rows = await tx.sql
    .selectFrom('saved_view')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where((where) =>
      where.or([
        where('member_id', 'is', null),
        ...(tx.actor.kind === 'member' && tx.actor.id ? [where('member_id', '=', tx.actor.id)] : []),
      ]),
    )
    .orderBy('name')
    .limit(VIEWS_MAX)
    .execute()
  return rows.map((row) => ({
    savedViewId: row.saved_view_id,
    name: row.name,
    filters: row.filters as Input['filters'],
    shared: row.member_id === null,
    mine: row.member_id !== null,
  }))
}

/** Own ones are everybody's affair, shared ones are for those who manage the inbox. */
export async function saveView(
  tx: WorkspaceTransaction,
  savedViewId: string | null,
  input: Input,
  mayManage: boolean,
): Promise<SavedView> {
  if (savedViewId !== null) await requireChangeable(tx, savedViewId, mayManage)
  if (input.shared && !mayManage) throw new Forbidden('permission-missing', { permission: 'inbox.manage' })
  const id = savedViewId ?? newId()
  const values = {
    name: input.name,
    filters: JSON.stringify(input.filters),
    member_id: input.shared ? null : memberOf(tx),
  }
  await tx.sql
    .insertInto('saved_view')
    .values({ workspace_id: tx.workspaceId, saved_view_id: id, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'saved_view_id']).doUpdateSet(values))
    .execute()
  if (input.shared) tx.record({ type: 'view.shared', subjects: { savedViewId: id } })
  return { savedViewId: id, ...input, mine: !input.shared }
}

export async function removeView(tx: WorkspaceTransaction, savedViewId: string, mayManage: boolean): Promise<void> {
  const shared = await requireChangeable(tx, savedViewId, mayManage)
  await tx.sql
    .deleteFrom('saved_view')
    .where('workspace_id', '=', tx.workspaceId)
    .where('saved_view_id', '=', savedViewId)
    .execute()
  if (shared) tx.record({ type: 'view.removed', subjects: { savedViewId } })
}

/** A colleague's own view answers as one that does not exist. */
async function requireChangeable(tx: WorkspaceTransaction, savedViewId: string, mayManage: boolean): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('saved_view')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('saved_view_id', '=', savedViewId)
    .executeTakeFirst()
  if (!row || (row.member_id !== null && row.member_id !== tx.actor.id)) throw new NotFound('view-unknown')
  if (row.member_id === null && !mayManage) throw new Forbidden('permission-missing', { permission: 'inbox.manage' })
  return row.member_id === null
}
