import { setTimeout as delay } from 'node:timers/promises'
import { listWorkspaceIds } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { restSpentStreams, wakeRested } from './budgets.ts'
import { chargeDay } from './days.ts'
import { tellSilences, tellStreamSilences } from './silence.ts'

const EVERY_MS = 30_000

/** Keeps the ledger: the day's fixed costs, budgets of a new month, sources that fell silent. */
export const ledgerLoop: Loop = {
  name: 'listening.ledger',
  async run(services, signal) {
    while (!signal.aborted) {
      for (const workspaceId of await listWorkspaceIds(services).catch(() => []))
        await services.database
          .inWorkspace(workspaceId, SYSTEM, (tx) => keepLedger(tx, services))
          .catch((error) => services.log.error({ err: error, workspaceId }, 'ledger was not kept, will be tried again'))
      await delay(EVERY_MS, undefined, { signal }).catch(() => {})
    }
  },
}

export async function keepLedger(tx: WorkspaceTransaction, services: Services): Promise<void> {
  await chargeDay(tx, services.clock.now())
  await restSpentStreams(tx, services)
  await wakeRested(tx, services)
  await tellSilences(tx, services)
  await tellStreamSilences(tx, services)
}
