import { setTimeout as delay } from 'node:timers/promises'
import { listWorkspaceIds } from '../../accounts/index.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Loop } from '../../platform/module.ts'
import { foldSome } from './folding.ts'

/** A tally is read and written whole: what comes within this time goes in together. */
const EVERY_MS = 10_000
/** One workspace's storm must not keep the others waiting. */
const STEPS_MAX = 40

/** Follows intake: what was counted goes into the tallies. A failing workspace does not hold up the others. */
export const discoveryLoop: Loop = {
  name: 'listening.discovery',
  async run(services, signal) {
    while (!signal.aborted) {
      for (const workspaceId of await listWorkspaceIds(services).catch(() => [])) {
        if (signal.aborted) return
        try {
          for (let step = 0; step < STEPS_MAX && !signal.aborted; step++)
            if (!(await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => foldSome(tx, services.clock.now()))))
              break
        } catch (error) {
          services.log.error({ err: error, workspaceId }, 'counting for discovery failed, will be tried again')
        }
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => {})
    }
  },
}
