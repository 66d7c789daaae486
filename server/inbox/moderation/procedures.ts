import { moderation as contract } from '../../../contract/inbox-moderation.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { askModeration, askUndo, type Leads } from './asking.ts'
import { listModeration, moderationOfPosts } from './list.ts'
import { readPolicy, setPolicy } from './policy.ts'

const { act, undo, list, ofPosts, policy, setPolicy: set } = implementer<WorkspaceContext>()(contract)

const leadsOf =
  ({ mayAt }: WorkspaceContext['me']): Leads =>
  (sourceId) =>
    mayAt('inbox.manage', sourceId)

export const moderationProcedures = {
  act: act.handler(({ input, context: { tx, me, services } }) => askModeration(services, tx, input, leadsOf(me))),
  undo: undo.handler(async ({ input, context: { tx, me, services } }) => ({
    items: await askUndo(tx, input.moderationIds, services.clock.now(), leadsOf(me)),
  })),
  list: list.handler(({ input, context: { tx } }) => listModeration(tx, input)),
  ofPosts: ofPosts.handler(({ input, context: { tx, me, services } }) =>
    moderationOfPosts(services, tx, input.postIds, {
      leads: leadsOf(me),
      mayAct: (sourceId) => me.mayAt('posts.moderate', sourceId),
    }),
  ),
  policy: policy.handler(async ({ context: { tx } }) => ({
    items: [...(await readPolicy(tx))].map(([action, who]) => ({ action, who })),
  })),
  setPolicy: set.handler(async ({ input, context: { tx } }) => {
    await setPolicy(tx, input.action, input.who)
    return input
  }),
}
