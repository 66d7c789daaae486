import { MODERATION_ACTIONS, type ModeratingAction, type ModerationWho } from '../../../contract/moderation-words.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** A small team trusts its moderators with everything; what cannot be taken back may be kept for leads. */
export async function readPolicy(tx: WorkspaceTransaction): Promise<Map<ModeratingAction, ModerationWho>> {
  const rows = await tx.sql
    .selectFrom('moderation_policy')
    .select(['action', 'who'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  const said = new Map(rows.map((row) => [row.action, row.who as ModerationWho]))
  return new Map(MODERATION_ACTIONS.map((action) => [action, said.get(action) ?? 'moderators']))
}

export async function setPolicy(tx: WorkspaceTransaction, action: ModeratingAction, who: ModerationWho): Promise<void> {
  await tx.sql
    .insertInto('moderation_policy')
    .values({ workspace_id: tx.workspaceId, action, who })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'action']).doUpdateSet({ who }))
    .execute()
  tx.record({ type: 'moderation.policy-changed', subjects: {}, codes: { action, who } })
}

export const isOpenTo = (who: ModerationWho | undefined, leads: boolean): boolean =>
  who === 'moderators' || (who === 'leads' && leads)
