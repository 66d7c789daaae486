import { labels as contract } from '../../../contract/listening-labels.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { listLabels } from './label-list.ts'
import { giveLabel, takeBackLabel } from './labels.ts'

const labels = implementer<WorkspaceContext>()(contract)

export const labelProcedures = {
  list: labels.list.handler(({ input, context: { tx } }) => listLabels(tx, input)),
  give: labels.give.handler(async ({ input: { postId, label }, context: { tx, services } }) => {
    await giveLabel(tx, postId, label, services.clock.now())
    return {}
  }),
  takeBack: labels.takeBack.handler(async ({ input: { postId, what }, context: { tx, services } }) => {
    await takeBackLabel(tx, postId, what, services.clock.now())
    return {}
  }),
}
