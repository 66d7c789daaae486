import { response as contract } from '../../../contract/measurement-response.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { requireAllOpen } from '../../platform/reach.ts'
import { readResponse } from './figures.ts'
import { responseRows } from './rows.ts'

const { response } = implementer<WorkspaceContext>()({ response: contract })

/** Figures are the same for everybody: one reader's total without some source, and another's with it, would be subtracted. */
export const responseProcedures = {
  read: response.read.handler(({ input, context: { tx, services } }) => {
    requireAllOpen(tx, 'inbox')
    return readResponse(tx, input, services)
  }),
  rows: response.rows.handler(({ input, context: { tx, services } }) => {
    requireAllOpen(tx, 'inbox')
    return responseRows(tx, input, services)
  }),
}
