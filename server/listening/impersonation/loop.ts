import { setTimeout as delay } from 'node:timers/promises'
import { listWorkspaceIds } from '../../accounts/index.ts'
import type { Loop } from '../../platform/module.ts'
import { watchSome } from './watch.ts'

const EVERY_MS = 30_000
/** One workspace's many accounts must not keep the others waiting. */
const STEPS_MAX = 20

/** Follows intake: whether somebody who was heard could be taken for us. A failing workspace does not hold up the others. */
export const impersonationLoop: Loop = {
  name: 'listening.impersonation',
  async run(services, signal) {
    while (!signal.aborted) {
      for (const workspaceId of await listWorkspaceIds(services).catch(() => [])) {
        if (signal.aborted) return
        try {
          for (let step = 0; step < STEPS_MAX && !signal.aborted; step++)
            if (!(await watchSome(services, workspaceId))) break
        } catch (error) {
          services.log.error({ err: error, workspaceId }, 'watching for look-alikes failed, will be tried again')
        }
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => {})
    }
  },
}
