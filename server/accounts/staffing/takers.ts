import type { Permission } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { membersWhoAt } from '../roles/who-may.ts'
import { presenceAt } from './presence.ts'
import { skillsOfMembers } from './skills.ts'

export interface Work {
  at: Date
  /** What whoever takes it has to be allowed, at the source through which it came. */
  permission: Permission
  sourceId: string | null
  /** Null: in any language, about any product. */
  language: string | null
  product: string | null
  /** Among these alone; absent: among all members. */
  teamId?: string | undefined
  /** Open conversations of each, counted by the module that has them. It is used here and shown nowhere. */
  loadOf(tx: WorkspaceTransaction, memberIds: string[]): Promise<ReadonlyMap<string, number>>
}

/**
 * Who can take a piece of work now, best first: allowed, available, with the language and product (whoever has none set takes
 * all of that kind), and below their capacity. Those with most room relative to their capacity come first, then those with
 * least open. Ids only: how much lies with whom leaves this function by its order alone.
 */
export async function whoCanTake(tx: WorkspaceTransaction, work: Work): Promise<string[]> {
  const allowed = await membersWhoAt(tx, work.permission, work.sourceId)
  const presence = await presenceAt(tx, work.at)
  const team = work.teamId ? await membersOf(tx, work.teamId) : null
  const skills = await skillsOfMembers(tx)
  const fitting = allowed.filter((memberId) => {
    const { languages = [], products = [] } = skills.get(memberId) ?? {}
    return (
      presence.get(memberId) === 'available' &&
      (team?.has(memberId) ?? true) &&
      takes(languages, work.language) &&
      takes(products, work.product)
    )
  })
  return byRoom(tx, fitting, work)
}

const takes = (known: string[], wanted: string | null): boolean =>
  wanted === null || known.length === 0 || known.includes(wanted)

async function byRoom(tx: WorkspaceTransaction, memberIds: string[], { loadOf }: Work): Promise<string[]> {
  if (memberIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('staffing')
    .select(['member_id', 'capacity'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', 'in', memberIds)
    .execute()
  const capacity = new Map(rows.map((row) => [row.member_id, row.capacity]))
  const load = await loadOf(tx, memberIds)
  return memberIds
    .map((memberId) => ({ memberId, open: load.get(memberId) ?? 0, most: capacity.get(memberId) ?? null }))
    .filter(({ open, most }) => most === null || open < most)
    .map((one) => ({ ...one, taken: one.most === null ? 0 : one.open / one.most }))
    .toSorted((a, b) => a.taken - b.taken || a.open - b.open || (a.memberId < b.memberId ? -1 : 1))
    .map(({ memberId }) => memberId)
}

async function membersOf(tx: WorkspaceTransaction, teamId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.sql
    .selectFrom('team_member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', teamId)
    .execute()
  return new Set(rows.map((row) => row.member_id))
}
