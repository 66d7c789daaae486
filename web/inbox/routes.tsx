import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'
import { countsQuery, listQuery } from './list-query.ts'
import { expectConversationPane } from './load-conversation-pane.ts'
import { readInboxSearch } from './search.ts'

const inboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'inbox',
  validateSearch: readInboxSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { api, queries }, deps }) => {
    void queries.prefetchQuery(countsQuery(api, deps))
    void queries.prefetchInfiniteQuery(listQuery(api, deps))
  },
  component: lazyRouteComponent(() => import('./inbox-screen.tsx'), 'InboxScreen'),
})

/** The screen stays as conversations come and go: the child only carries which one is open. */
const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversationId',
  loader: ({ context: { api, queries }, params: { conversationId } }) => {
    expectConversationPane()
    void queries.prefetchQuery(api.inbox.conversations.get.queryOptions({ input: { conversationId } }))
  },
})

export const inboxRoutes = [inboxRoute.addChildren([conversationRoute])] as const
