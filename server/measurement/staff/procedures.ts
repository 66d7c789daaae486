import { staff as contract } from '../../../contract/measurement-staff.ts'
import { useAgreement } from '../../accounts/index.ts'
import { notify } from '../../notifications/index.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { figuresOf } from './figures.ts'
import { STAFF_ANALYSIS } from './notification-kind.ts'

const { staff } = implementer<WorkspaceContext>()({ staff: contract })

export const staffProcedures = {
  /** The use, the answer and what the member is told stand or fall together. */
  analyse: staff.analyse.handler(async ({ input, context: { tx, me, services } }) => {
    const use = await useAgreement(tx, me, input, services.clock.now())
    const figures = await figuresOf(tx, use)
    await notify(tx, STAFF_ANALYSIS, [{ memberId: input.memberId, id: use.analysisId }])
    return { analysisId: use.analysisId, figures }
  }),
}
