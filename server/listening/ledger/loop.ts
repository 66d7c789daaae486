import { everyWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { restSpentStreams, wakeRested } from './budgets.ts'
import { chargeDay } from './days.ts'
import { tellSilences, tellStreamSilences } from './silence.ts'

/** Keeps the ledger: the day's fixed costs, budgets of a new month, sources that fell silent. */
export const ledgerLoop = everyWorkspace(
  { name: 'listening.ledger', everyMs: 30_000, failed: 'the ledger was not kept' },
  (services, workspaceId) => services.database.inWorkspace(workspaceId, SYSTEM, (tx) => keepLedger(tx, services)),
)

export async function keepLedger(tx: WorkspaceTransaction, services: Services): Promise<void> {
  await chargeDay(tx, services.clock.now())
  await restSpentStreams(tx, services)
  await wakeRested(tx, services)
  await tellSilences(tx, services)
  await tellStreamSilences(tx, services)
}
