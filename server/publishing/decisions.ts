import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict } from '../platform/errors.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import { type DeliveryRow, lockDelivery } from './delivery.ts'
import { settleLater, settleRefused, settleSent } from './outcome.ts'

export type Decision = { decision: 'it-is-there'; url: string } | { decision: 'send-again' } | { decision: 'drop' }

/** A person looked at the network and says what became of a delivery. */
export async function decide(
  services: Services,
  tx: WorkspaceTransaction,
  deliveryId: string,
  decision: Decision,
): Promise<void> {
  const row = await lockDelivery(tx, deliveryId)
  requireAtSource(tx, row.source_id)
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
