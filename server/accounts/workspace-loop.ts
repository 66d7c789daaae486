import { setTimeout as delay } from 'node:timers/promises'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import { listWorkspaceIds } from './workspaces.ts'

/**
 * Goes through all workspaces, one after the other, and begins again `everyMs` after it is through. A failing workspace does
 * not hold up the others: it is logged as `failed` and comes again with the next round.
 */
export const everyWorkspace = (
  { name, everyMs, failed }: { name: string; everyMs: number; failed: string },
  work: (services: Services, workspaceId: string, signal: AbortSignal) => Promise<unknown>,
): Loop => ({
  name,
  async run(services, signal) {
    while (!signal.aborted) {
      for (const workspaceId of await listWorkspaceIds(services).catch(() => [])) {
        if (signal.aborted) return
        await work(services, workspaceId, signal).catch((error: unknown) =>
          services.log.error({ err: error, workspaceId }, `${failed}, will be tried again`),
        )
      }
      await delay(everyMs, undefined, { signal }).catch(() => {})
    }
  },
})
