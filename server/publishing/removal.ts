/**
 * Takes an own post off the network: asks it between two transactions. Removing twice does no harm, so whoever finds the
 * second one not done (a crash, two people at once) simply asks again.
 */
import { accountOf, forgetOwnPost, type SpeakingAccount } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound, Upstream } from '../platform/errors.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import { loadDelivery, lockDelivery } from './delivery.ts'

const REMOVE_TIMEOUT_MS = 10_000

export interface Removable {
  account: SpeakingAccount
  externalId: string
}

/** Null: it was taken back before. */
export async function findRemovable(
  services: Services,
  tx: WorkspaceTransaction,
  deliveryId: string,
): Promise<Removable | null> {
  const row = await loadDelivery(tx, deliveryId)
  if (!row) throw new NotFound('delivery-unknown')
  requireAtSource(tx, row.source_id)
  if (row.removed_at) return null
  if (row.state !== 'sent') throw new Conflict('delivery-not-sent', { state: row.state })
  if (!row.external_id) throw new Invalid('delivery-address-unknown')
  const account = await accountOf(services, tx, row.source_id)
  if (!account?.connector.remove) throw new Invalid('source-cannot-remove')
  return { account, externalId: row.external_id }
}

/** What is gone already counts as removed. */
export async function removeFromNetwork({ account, externalId }: Removable): Promise<void> {
  const { connector, connection } = account
  const outcome = await connector.remove?.(connection, externalId, AbortSignal.timeout(REMOVE_TIMEOUT_MS))
  if (outcome?.ok || outcome?.failure.name === 'gone') return
  throw new Upstream('removal-failed', { failure: outcome?.failure.name ?? 'refused' })
}

export async function recordRemoval(
  services: Services,
  tx: WorkspaceTransaction,
  deliveryId: string,
  reason: string,
): Promise<void> {
  const row = await lockDelivery(tx, deliveryId)
  if (row.removed_at) return
  await tx.sql
    .updateTable('delivery')
    .set({ removed_at: services.clock.now(), removed_because: reason })
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .execute()
  tx.record({
    type: 'delivery.removed',
    subjects: { deliveryId, sourceId: row.source_id },
    content: { reason },
  })
  if (row.post_id) await forgetOwnPost(services, tx, row.post_id)
}
