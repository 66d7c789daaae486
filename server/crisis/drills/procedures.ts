import { crisis as contract } from '../../../contract/crisis.ts'
import { SYSTEM } from '../../platform/events.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { countRevocable } from '../../publishing/index.ts'
import { beginDrill, endDrill, getDrill, listDrills, requireOver, sandboxOf, writeLessons } from './drills.ts'
import { removeSandbox } from './sandbox.ts'

const { drills } = implementer<WorkspaceContext>()({ drills: contract.drills })
const { drills: reaching } = implementer<ReachingContext>()({ drills: contract.drills })

export const drillProcedures = {
  list: drills.list.handler(({ context: { tx } }) => listDrills(tx)),
  get: drills.get.handler(({ input, context: { tx } }) => getDrill(tx, input.drillId)),
  begin: drills.begin.handler(async ({ input, context: { tx, services } }) => ({
    drillId: await beginDrill(tx, input, services.clock.now()),
  })),
  end: drills.end.handler(async ({ input, context: { tx } }) => {
    await endDrill(tx, input.drillId)
    return {}
  }),
  reflect: drills.reflect.handler(async ({ input, context: { tx } }) => {
    await writeLessons(tx, input.drillId, input.lessons)
    return {}
  }),
  waiting: reaching.waiting.handler(async ({ input, context: { inWorkspace, services } }) => {
    const sandboxId = await inWorkspace((tx) => sandboxOf(tx, input.drillId))
    return { answers: sandboxId ? await services.database.inWorkspace(sandboxId, SYSTEM, countRevocable) : 0 }
  }),
  removeSandbox: reaching.removeSandbox.handler(async ({ input, context: { inWorkspace, services, me } }) => {
    await inWorkspace((tx) => requireOver(tx, input.drillId))
    await removeSandbox(services, me.workspaceId, input.drillId)
    return {}
  }),
}
