import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { type DeliveryRow, lockDelivery } from './delivery.ts'

/** Whoever queues deliveries for a reason says whether the reason still holds. */
export interface SendGuard {
  /** Cheap, asked before the network is read: is it its turn? */
  turn(
    tx: WorkspaceTransaction,
    deliveryId: string,
  ): Promise<'go' | 'wait' | 'earlier-answer' | 'newer-post' | 'frozen'>
  /** Asked last, inside the transaction that freezes the delivery, when everything just read was taken in. */
  truth(services: Services, tx: WorkspaceTransaction, deliveryId: string): Promise<'go' | 'newer-post' | 'frozen'>
}

export interface Limits {
  leaseSeconds: number
  readTimeoutMs: number
  publishTimeoutMs: number
  /** A network that cannot be read for so long: the delivery is refused, and a person sees it. */
  troubleMsMax: number
  /** Until its turn is asked for again. */
  waitMs: number
  /** Until it is asked again whether the crisis is over; a release or the all-clear comes sooner. */
  frozenMs: number
}

/** The lease is longer than both calls to the network together, so it runs out only when the worker is gone. */
export const LIMITS: Limits = {
  leaseSeconds: 60,
  readTimeoutMs: 15_000,
  publishTimeoutMs: 30_000,
  troubleMsMax: 15 * 60_000,
  waitMs: 1_000,
  frozenMs: 30_000,
}

export interface Outbox {
  services: Services
  guard: SendGuard
  limits: Limits
}

/** A delivery in this worker's hands, until its lease runs out. */
export interface Taken {
  workspaceId: string
  deliveryId: string
  leaseToken: string
}

export const inTransaction = <T>(
  { services }: Outbox,
  { workspaceId }: Taken,
  work: (tx: WorkspaceTransaction) => Promise<T>,
): Promise<T> => services.database.inWorkspace(workspaceId, SYSTEM, work)

/** Runs while the row is still held under our lease; otherwise another worker has it and this one steps back. */
export function whileHeld<T>(
  outbox: Outbox,
  taken: Taken,
  work: (tx: WorkspaceTransaction, row: DeliveryRow) => Promise<T>,
): Promise<T | undefined> {
  return inTransaction(outbox, taken, async (tx) => {
    const row = await lockDelivery(tx, taken.deliveryId)
    return row.lease_token === taken.leaseToken ? work(tx, row) : undefined
  })
}
