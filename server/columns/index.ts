import { columns as contract } from '../../contract/columns.ts'
import { conversationOfPost } from '../inbox/index.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { arrivedConversations, arrivedPosts } from './arrivals.ts'
import { createLayout, getLayout, type Layout, listLayouts, removeLayout, saveLayout } from './layouts.ts'
import { keepLook } from './looks.ts'
import { columnsData } from './personal-data.ts'

const { layouts, look, posts, conversations, conversationOf } = implementer<WorkspaceContext>()(contract)
const mayShare = ({ mayAt }: WorkspaceContext['me']) => mayAt('inbox.manage', null)

/** Whoever reads posts and no persons sees a column about somebody, and not what they are called. */
const shownTo = ({ permissions }: WorkspaceContext['me'], layout: Layout): Layout =>
  permissions.has('people.read')
    ? layout
    : {
        ...layout,
        columns: layout.columns.map((column) =>
          column.person ? { ...column, person: { ...column.person, name: '' } } : column,
        ),
      }

/** Many live lists side by side. */
export const columns: Module = {
  name: 'columns',
  personalData: columnsData,
  router: {
    layouts: {
      list: layouts.list.handler(async ({ context: { tx } }) => ({ items: await listLayouts(tx) })),
      get: layouts.get.handler(async ({ input, context: { tx, me } }) =>
        shownTo(me, await getLayout(tx, input.layoutId)),
      ),
      create: layouts.create.handler(async ({ input, context: { tx, me } }) =>
        shownTo(me, await createLayout(tx, input, mayShare(me))),
      ),
      save: layouts.save.handler(async ({ input: { layoutId, ...layout }, context: { tx, me } }) =>
        shownTo(me, await saveLayout(tx, layoutId, layout, mayShare(me))),
      ),
      remove: layouts.remove.handler(async ({ input, context: { tx, me } }) => {
        await removeLayout(tx, input.layoutId, mayShare(me))
        return {}
      }),
    },
    look: look.handler(async ({ input: { columnId, ...how }, context: { tx } }) => {
      await keepLook(tx, columnId, how)
      return {}
    }),
    posts: posts.handler(({ input, context: { tx, me } }) => arrivedPosts(tx, input, me.veil)),
    conversationOf: conversationOf.handler(async ({ input, context: { tx } }) => ({
      conversationId: await conversationOfPost(tx, input.postId),
    })),
    conversations: conversations.handler(({ input, context: { tx, me } }) => arrivedConversations(tx, input, me.veil)),
  },
  eventPermissions: {
    'layout.shared': 'posts.read',
    'layout.changed': 'posts.read',
    'layout.removed': 'posts.read',
  },
}
