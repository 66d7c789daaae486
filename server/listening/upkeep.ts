import { everyWorkspace } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { bringMinutesTogether } from './counters/compaction.ts'
import { lookBackOnce } from './lookback.ts'
import { indexAll } from './search-index.ts'
import { Groups } from './understanding/groups.ts'
import { readStoredPosts } from './understanding/walk.ts'
import { passLabelsOn } from './workbench/labels.ts'

const EVERY_MS = 1_000
/** One workspace's upkeep must not keep the others waiting. */
const STEPS_MAX = 20

/** Each is one bounded transaction and says whether there is more to do. */
type Step = (tx: WorkspaceTransaction, now: Date) => Promise<boolean>

// Apart from intake's own: old posts must not push out the new ones that it compares with.
const groups = new Groups()
const steps: Step[] = [lookBackOnce, (tx, now) => readStoredPosts(tx, groups, now), bringMinutesTogether]

/**
 * Follows intake: search index, look-backs of new topics, posts that an earlier model read or none, old counts, verdicts that
 * waited for a mention.
 */
export const upkeepLoop = everyWorkspace(
  { name: 'listening.upkeep', everyMs: EVERY_MS, failed: 'upkeep failed' },
  async (services, workspaceId, signal) => {
    await indexAll(services, workspaceId, signal)
    for (const step of steps) await repeat(services, workspaceId, step, signal)
    await passLabelsOn(services, workspaceId)
  },
)

async function repeat(services: Services, workspaceId: string, step: Step, signal: AbortSignal): Promise<void> {
  for (let count = 0; count < STEPS_MAX && !signal.aborted; count++)
    if (!(await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => step(tx, services.clock.now())))) return
}
