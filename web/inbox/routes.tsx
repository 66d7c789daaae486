import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
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

const unansweredRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'unanswered',
  component: lazyRouteComponent(() => import('./unanswered/unanswered-screen.tsx'), 'UnansweredScreen'),
})

/** Beside the inbox of the workspace: what is open in all of mine. */
const combinedRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'all',
  validateSearch: searchOf({ shown: oneOf(['open', 'waiting']) }),
  component: lazyRouteComponent(() => import('./combined/combined-screen.tsx'), 'CombinedScreen'),
})

const moderationRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'moderation',
  component: lazyRouteComponent(() => import('./moderation/moderation-screen.tsx'), 'ModerationScreen'),
})

/** Who gets what: for those who manage the rules. */
const routingRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'routing',
  validateSearch: searchOf({ rule: text, pane: oneOf(['rule', 'dry-run', 'versions']) }),
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.inbox.routing.get.queryOptions({ input: {} })),
  component: lazyRouteComponent(() => import('./routing/routing-screen.tsx'), 'RoutingScreen'),
})

export const inboxRoutes = [
  inboxRoute.addChildren([conversationRoute]),
  unansweredRoute,
  moderationRoute,
  combinedRoute,
  routingRoute,
] as const
