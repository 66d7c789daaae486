import { everyWorkspace } from '../../accounts/index.ts'
import { SYSTEM } from '../../platform/events.ts'
import { foldSome } from './folding.ts'

/** A tally is read and written whole: what comes within this time goes in together. */
const EVERY_MS = 10_000
/** One workspace's storm must not keep the others waiting. */
const STEPS_MAX = 40

/** Follows intake: what was counted goes into the tallies. */
export const discoveryLoop = everyWorkspace(
  { name: 'listening.discovery', everyMs: EVERY_MS, failed: 'counting for discovery failed' },
  async (services, workspaceId, signal) => {
    for (let step = 0; step < STEPS_MAX && !signal.aborted; step++)
      if (!(await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => foldSome(tx, services.clock.now()))))
        return
  },
)
