import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import { firstRunRoutes, settingsRoutes } from './accounts/routes.tsx'
import { apiRoutes } from './api/routes.tsx'
import { columnsRoutes } from './columns/routes.tsx'
import { crisisRoutes } from './crisis/routes.tsx'
import { guidelinesRoutes } from './guidelines/routes.tsx'
import { healthRoutes } from './health/routes.tsx'
import { inboxRoutes } from './inbox/routes.tsx'
import { listeningRoutes } from './listening/routes.tsx'
import { measurementRoutes } from './measurement/routes.tsx'
import { modules } from './modules.ts'
import { notificationsRoutes } from './notifications/routes.tsx'
import { peopleRoutes } from './people/routes.tsx'
import { planRoutes } from './plan/routes.tsx'
import { parseSearch, stringifySearch } from './platform/search-params.ts'
import { privacyRoutes } from './privacy/routes.tsx'
import { proofsRoutes } from './proofs/routes.tsx'
import { publishingRoutes } from './publishing/routes.tsx'
import { rootRoute, startRoute, workspaceRoute, workspaceStartRoute } from './shell/parents.tsx'
import { NotFoundScreen, RouteError, RoutePending } from './shell/route-states.tsx'

/** All addresses of the app. A module's routes are spread in here: `...inboxRoutes`. */
const routeTree = rootRoute.addChildren([
  startRoute,
  ...firstRunRoutes,
  workspaceRoute.addChildren([
    workspaceStartRoute,
    ...inboxRoutes,
    ...columnsRoutes,
    ...notificationsRoutes,
    ...publishingRoutes,
    ...listeningRoutes,
    ...peopleRoutes,
    ...proofsRoutes,
    ...measurementRoutes,
    ...crisisRoutes,
    ...guidelinesRoutes,
    ...planRoutes,
    ...privacyRoutes,
    ...healthRoutes,
    ...settingsRoutes,
    ...apiRoutes,
  ]),
])

export function createAppRouter(queries: QueryClient) {
  let opensAnother = false
  const router = createRouter({
    routeTree,
    context: { queries, modules },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    // Freshness is TanStack Query's business: a loader only asks it.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 300,
    defaultPendingMinMs: 0,
    defaultPendingComponent: RoutePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFoundScreen,
    scrollRestoration: true,
    // What scrolls is the page's own element, which would otherwise open where the page before it was left.
    scrollToTopSelectors: [() => (opensAnother ? document.querySelector('[data-page]') : null)],
  })
  router.subscribe('onBeforeLoad', ({ pathChanged }) => {
    opensAnother = pathChanged
  })
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
