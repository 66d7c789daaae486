import { shares as contract } from '../../../contract/measurement-shares.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { readShares } from './shares.ts'

const { shares } = implementer<WorkspaceContext>()({ shares: contract })

export const sharesProcedures = {
  read: shares.read.handler(({ input, context: { tx, services } }) => readShares(tx, input.days, services.clock.now())),
}
