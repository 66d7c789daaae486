import { crisis as contract } from '../../../contract/crisis.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { beginDrill, endDrill, getDrill, listDrills, requireOver, writeLessons } from './drills.ts'
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
  removeSandbox: reaching.removeSandbox.handler(async ({ input, context: { inWorkspace, services, me } }) => {
    await inWorkspace((tx) => requireOver(tx, input.drillId))
    await removeSandbox(services, me.workspaceId, input.drillId)
    return {}
  }),
}
