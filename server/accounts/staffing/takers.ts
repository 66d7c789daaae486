import type { Permission } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { membersWhoAt } from '../roles/who-may.ts'
import { presenceAt } from './presence.ts'
import { skillsOfMembers } from './skills.ts'

/** What a piece of work asks of whoever takes it. */
export interface Demand {
  /** What whoever takes it has to be allowed, at the source through which it came. */
  permission: Permission
  sourceId: string | null
  /** Null: in any language, about any product. */
  language: string | null
  product: string | null
  /** Among these alone; absent: among all members. */
  teamId?: string | undefined
}

/** Open conversations of each, counted by the module that has them. It is used here and shown nowhere. */
export type LoadOf = (tx: WorkspaceTransaction, memberIds: string[]) => Promise<ReadonlyMap<string, number>>

export interface Work extends Demand {
  at: Date
  loadOf: LoadOf
}

/** Who is there at one moment, for many pieces of work: what somebody was given in between counts as theirs. */
export interface StaffedDesk {
  /**
   * Who can take it now, best first: allowed, available, with the language and product (whoever has none set takes all of that
   * kind), and below their capacity. Those with most room relative to their capacity come first, then those with least open.
   * Ids only: how much lies with whom leaves this function by its order alone.
   */
  whoCanTake(work: Demand): Promise<string[]>
  gave(memberId: string): void
}

export const whoCanTake = async (tx: WorkspaceTransaction, { at, loadOf, ...demand }: Work): Promise<string[]> =>
  (await staffedDesk(tx, at, loadOf)).whoCanTake(demand)

export async function staffedDesk(tx: WorkspaceTransaction, at: Date, loadOf: LoadOf): Promise<StaffedDesk> {
  const presence = await presenceAt(tx, at)
  const skills = await skillsOfMembers(tx)
  const teams = await membersOfTeams(tx)
  const capacities = await readCapacities(tx)
  const available = [...presence].flatMap(([memberId, is]) => (is === 'available' ? [memberId] : []))
  const load = new Map(await loadOf(tx, available))
  const allowed = new Map<string, ReadonlySet<string>>()
  const allowedTo = async ({ permission, sourceId }: Demand): Promise<ReadonlySet<string>> => {
    const key = `${permission} ${sourceId}`
    const members = allowed.get(key) ?? new Set(await membersWhoAt(tx, permission, sourceId))
    allowed.set(key, members)
    return members
  }
  return {
    async whoCanTake(work) {
      const may = await allowedTo(work)
      const fitting = available.filter((memberId) => {
        const { languages = [], products = [] } = skills.get(memberId) ?? {}
        return (
          may.has(memberId) &&
          (work.teamId === undefined || (teams.get(work.teamId)?.has(memberId) ?? false)) &&
          takes(languages, work.language) &&
          takes(products, work.product)
        )
      })
      return byRoom(fitting, load, capacities)
    },
    gave: (memberId) => void load.set(memberId, (load.get(memberId) ?? 0) + 1),
  }
}

const takes = (known: string[], wanted: string | null): boolean =>
  wanted === null || known.length === 0 || known.includes(wanted)

const byRoom = (
  memberIds: string[],
  load: ReadonlyMap<string, number>,
  capacities: ReadonlyMap<string, number | null>,
): string[] =>
  memberIds
    .map((memberId) => ({ memberId, open: load.get(memberId) ?? 0, most: capacities.get(memberId) ?? null }))
    .filter(({ open, most }) => most === null || open < most)
    .map((one) => ({ ...one, taken: one.most === null ? 0 : one.open / one.most }))
    .toSorted((a, b) => a.taken - b.taken || a.open - b.open || (a.memberId < b.memberId ? -1 : 1))
    .map(({ memberId }) => memberId)

async function readCapacities(tx: WorkspaceTransaction): Promise<Map<string, number | null>> {
  const rows = await tx.sql
    .selectFrom('staffing')
    .select(['member_id', 'capacity'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return new Map(rows.map((row) => [row.member_id, row.capacity]))
}

async function membersOfTeams(tx: WorkspaceTransaction): Promise<Map<string, Set<string>>> {
  const rows = await tx.sql
    .selectFrom('team_member')
    .select(['team_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  const teams = new Map<string, Set<string>>()
  for (const { team_id, member_id } of rows) teams.set(team_id, (teams.get(team_id) ?? new Set()).add(member_id))
  return teams
}
