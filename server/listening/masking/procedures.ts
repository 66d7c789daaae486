import { masks as contract } from '../../../contract/listening-masks.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { maskPost, masksOf, unmaskPost } from './masks.ts'

const masks = implementer<WorkspaceContext>()(contract)

export const maskProcedures = {
  ofPosts: masks.ofPosts.handler(async ({ input, context: { tx } }) => ({ items: await masksOf(tx, input.postIds) })),
  set: masks.set.handler(async ({ input, context: { tx } }) => {
    await maskPost(tx, input.postId, input.words)
    return {}
  }),
  remove: masks.remove.handler(async ({ input, context: { tx } }) => {
    await unmaskPost(tx, input.postId)
    return {}
  }),
}
