import { membersWho } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'

export interface StandIn {
  memberId: string
  until: Date
}

function selfOf({ actor }: WorkspaceTransaction): string {
  if (actor.kind === 'member' && actor.id) return actor.id
  throw new Forbidden('people-only')
}

/** A stand-in whose time is over stands in no more. */
export async function readStandIn(tx: WorkspaceTransaction, now: Date): Promise<StandIn | null> {
  const row = await tx.sql
    .selectFrom('stand_in')
    .select(['stand_in_id', 'until'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', selfOf(tx))
    .where('until', '>', now)
    .executeTakeFirst()
  return row ? { memberId: row.stand_in_id, until: row.until } : null
}

export async function setStandIn(tx: WorkspaceTransaction, standIn: StandIn | null, now: Date): Promise<void> {
  const self = selfOf(tx)
  if (!standIn) {
    await tx.sql
      .deleteFrom('stand_in')
      .where('workspace_id', '=', tx.workspaceId)
      .where('member_id', '=', self)
      .execute()
    return
  }
  if (standIn.until <= now) throw new Invalid('presence-until-past')
  if (standIn.memberId === self || !(await membersWho(tx, 'answers.approve')).includes(standIn.memberId))
    throw new Invalid('cannot-approve')
  const set = { stand_in_id: standIn.memberId, until: standIn.until }
  await tx.sql
    .insertInto('stand_in')
    .values({ workspace_id: tx.workspaceId, member_id: self, ...set })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'member_id']).doUpdateSet(set))
    .execute()
}
