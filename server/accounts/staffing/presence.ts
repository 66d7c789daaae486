import type { PRESENCES } from '../../../contract/accounts-staffing.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid } from '../../platform/errors.ts'
import { onShift } from './shifts.ts'

export type Presence = (typeof PRESENCES)[number]

/** As the member set it; until a time that has come, it holds no more. */
export interface OwnPresence {
  presence: Presence
  until: Date | null
}

export async function readPresence(tx: WorkspaceTransaction, memberId: string, at: Date): Promise<OwnPresence> {
  const row = await tx.sql
    .selectFrom('staffing')
    .select(['presence', 'presence_until'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberId)
    .executeTakeFirst()
  return row ? standing(row, at) : { presence: 'available', until: null }
}

/** No event: presence is not kept, or the trail would be a time clock. */
export async function setPresence(
  tx: WorkspaceTransaction,
  memberId: string,
  { presence, until }: OwnPresence,
  at: Date,
): Promise<void> {
  if (until && until <= at) throw new Invalid('presence-until-past')
  const set = { presence, presence_until: presence === 'available' ? null : until }
  await tx.sql
    .insertInto('staffing')
    .values({ workspace_id: tx.workspaceId, member_id: memberId, ...set })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(set))
    .execute()
}

/** Whether each active member takes work at that moment: what they set, and off outside their shifts. */
export async function presenceAt(tx: WorkspaceTransaction, at: Date): Promise<Map<string, Presence>> {
  const rows = await tx.sql
    .selectFrom('member as m')
    .leftJoin('staffing as s', (join) =>
      join.onRef('s.workspace_id', '=', 'm.workspace_id').onRef('s.member_id', '=', 'm.member_id'),
    )
    .select(['m.member_id', 's.presence', 's.presence_until'])
    .where('m.workspace_id', '=', tx.workspaceId)
    .where('m.state', '=', 'active')
    .execute()
  const shifts = await onShift(tx, at)
  return new Map(
    rows.map((row) => {
      const isOn = shifts.get(row.member_id) ?? true
      return [row.member_id, isOn ? standing(row, at).presence : 'off']
    }),
  )
}

function standing(row: { presence: string | null; presence_until: Date | null }, at: Date): OwnPresence {
  if (!row.presence || (row.presence_until && row.presence_until <= at)) return { presence: 'available', until: null }
  return { presence: row.presence as Presence, until: row.presence_until }
}
