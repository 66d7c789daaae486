import type { WorkspaceTransaction } from '../platform/database.ts'
import type { SendGuard } from './outbox.ts'

/** The crisis that something waits for. */
export interface FrozenBy {
  crisisId: string
  name: string
}

/** Told by whoever knows of crises (server/modules.ts): null lets it go. */
export interface Freeze {
  delivery(tx: WorkspaceTransaction, deliveryId: string): Promise<FrozenBy | null>
  macro(tx: WorkspaceTransaction, macroId: string, conversationId: string): Promise<FrozenBy | null>
}

/** Asked first, before the network is read, and last, in the transaction that freezes the payload: a crisis may begin in between. */
export const withFreeze = (guard: SendGuard, freeze: Pick<Freeze, 'delivery'>): SendGuard => ({
  turn: async (tx, deliveryId) => ((await freeze.delivery(tx, deliveryId)) ? 'frozen' : guard.turn(tx, deliveryId)),
  truth: async (services, tx, deliveryId) =>
    (await freeze.delivery(tx, deliveryId)) ? 'frozen' : guard.truth(services, tx, deliveryId),
})
