import { setTimeout as delay } from 'node:timers/promises'
import { listWorkspaceIds } from '../accounts/index.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Loop } from '../platform/module.ts'
import { lookBackOnce } from './lookback.ts'
import { indexAll } from './search-index.ts'

const EVERY_MS = 1_000
/** One workspace's look-back must not keep the others waiting. */
const LOOKBACK_STEPS_MAX = 20

/** Follows intake: search index, then look-backs of new topics. A failing workspace does not hold up the others. */
export const upkeepLoop: Loop = {
  name: 'listening.upkeep',
  async run(services, signal) {
    while (!signal.aborted) {
      for (const workspaceId of await listWorkspaceIds(services).catch(() => [])) {
        if (signal.aborted) return
        try {
          await indexAll(services, workspaceId, signal)
          for (let step = 0; step < LOOKBACK_STEPS_MAX && !signal.aborted; step++)
            if (
              !(await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
                lookBackOnce(tx, services.clock.now()),
              ))
            )
              break
        } catch (error) {
          services.log.error({ err: error, workspaceId }, 'upkeep failed, will be tried again')
        }
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => {})
    }
  },
}
