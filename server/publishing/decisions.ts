import { sql } from 'kysely'
import { accountOf, forgetOwnPost } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, Upstream } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { type DeliveryRow, lockDelivery } from './delivery.ts'
import { settleLater, settleRefused, settleSent } from './outcome.ts'

const REMOVE_TIMEOUT_MS = 10_000

export type Decision = { decision: 'it-is-there'; url: string } | { decision: 'send-again' } | { decision: 'drop' }

/** A person looked at the network and says what became of a delivery. */
export async function decide(
  services: Services,
  tx: WorkspaceTransaction,
  deliveryId: string,
  decision: Decision,
): Promise<void> {
  const row = await lockDelivery(tx, deliveryId)
  if (row.state !== 'unknown') throw new Conflict('delivery-not-unknown', { state: row.state })
  if (await isHeld(tx, row)) throw new Conflict('delivery-being-looked-up')
  const now = services.clock.now()
  tx.record({
    type: 'delivery.decided',
    subjects: { deliveryId, sourceId: row.source_id },
    codes: { decision: decision.decision },
  })
  if (decision.decision === 'it-is-there')
    await settleSent(tx, row, { externalId: null, reference: null, url: decision.url }, null, 'person', now)
  else if (decision.decision === 'drop') await settleRefused(tx, row, 'dropped')
  else await settleLater(tx, row, now, null)
}

/** On the database's clock, which set the lease. */
async function isHeld(tx: WorkspaceTransaction, row: DeliveryRow): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select coalesce(lease_until > clock_timestamp(), false) as held from delivery
    where workspace_id = ${tx.workspaceId} and delivery_id = ${row.delivery_id}`.execute(tx.sql)
  return rows[0]?.held ?? false
}

/**
 * Takes an own post off the network. The network is asked inside the transaction, for 10 s at most: removing twice does
 * no harm, so a transaction that fails afterwards is simply run again.
 */
export async function removePost(
  services: Services,
  tx: WorkspaceTransaction,
  deliveryId: string,
  reason: string,
): Promise<void> {
  const row = await lockDelivery(tx, deliveryId)
  if (row.removed_at) return
  if (row.state !== 'sent') throw new Conflict('delivery-not-sent', { state: row.state })
  if (!row.external_id) throw new Invalid('delivery-address-unknown')
  const account = await accountOf(services, tx, row.source_id)
  if (!account?.connector.remove) throw new Invalid('source-cannot-remove')
  const outcome = await account.connector.remove(
    account.connection,
    row.external_id,
    AbortSignal.timeout(REMOVE_TIMEOUT_MS),
  )
  if (!outcome.ok && outcome.failure.name !== 'gone')
    throw new Upstream('removal-failed', { failure: outcome.failure.name })
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
