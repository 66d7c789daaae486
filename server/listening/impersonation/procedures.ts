import { impersonation as contract } from '../../../contract/listening-impersonation.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { countOpen, decide, listFlags } from './flags.ts'

const { impersonation } = implementer<WorkspaceContext>()({ impersonation: contract })

export const impersonationProcedures = {
  list: impersonation.list.handler(({ input, context: { tx } }) => listFlags(tx, input)),
  count: impersonation.count.handler(async ({ context: { tx } }) => ({ open: await countOpen(tx) })),
  dismiss: impersonation.dismiss.handler(async ({ input: { authorId, because }, context: { tx, services } }) => {
    await decide(tx, authorId, { state: 'dismissed', because }, services.clock.now())
    return {}
  }),
  confirm: impersonation.confirm.handler(async ({ input: { authorId, because }, context: { tx, services } }) => {
    await decide(tx, authorId, { state: 'confirmed', because }, services.clock.now())
    return {}
  }),
  reopen: impersonation.reopen.handler(async ({ input: { authorId }, context: { tx, services } }) => {
    await decide(tx, authorId, { state: 'open', because: null }, services.clock.now())
    return {}
  }),
}
