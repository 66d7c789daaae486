import { everyWorkspace } from '../../accounts/index.ts'
import { watchSome } from './watch.ts'

const EVERY_MS = 30_000
/** One workspace's many accounts must not keep the others waiting. */
const STEPS_MAX = 20

/** Follows intake: whether somebody who was heard could be taken for us. */
export const impersonationLoop = everyWorkspace(
  { name: 'listening.impersonation', everyMs: EVERY_MS, failed: 'watching for look-alikes failed' },
  async (services, workspaceId, signal) => {
    for (let step = 0; step < STEPS_MAX && !signal.aborted; step++)
      if (!(await watchSome(services, workspaceId))) return
  },
)
