import { workbench as contract } from '../../../contract/listening-workbench.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { readRules, templateOf } from './rules.ts'
import { restoreVersion, versionDifference } from './versions.ts'

const { workbench } = implementer<WorkspaceContext>()({ workbench: contract })

export const workbenchProcedures = {
  template: workbench.template.handler(({ input, context: { tx } }) => templateOf(tx, input)),
  importRules: workbench.importRules.handler(({ input }) => readRules(input)),
  difference: workbench.difference.handler(({ input: { topicId, from, to }, context: { tx } }) =>
    versionDifference(tx, topicId, from, to),
  ),
  restore: workbench.restore.handler(async ({ input, context: { tx, services } }) => ({
    version: await restoreVersion(tx, input, services.clock.now()),
  })),
}
