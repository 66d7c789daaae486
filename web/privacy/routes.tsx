import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { meQuery } from '../platform/session.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { PROTECTION_VIEWS } from './protection/views.ts'
import { trailOptions } from './trail-query.ts'

export const privacyRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'activity',
    validateSearch: searchOf({ type: text, subject: text, until: text }),
    loaderDeps: ({ search }) => search,
    loader: async ({ context: { api, queries }, deps }) => {
      const { timeZone } = await queries.ensureQueryData(meQuery)
      await Promise.all([
        queries.ensureInfiniteQueryData(trailOptions(api, deps, timeZone)),
        queries.ensureQueryData(api.privacy.trail.types.queryOptions({ input: {} })),
      ])
    },
    component: lazyRouteComponent(() => import('./trail-screen.tsx'), 'TrailScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'protection',
    validateSearch: searchOf({ view: oneOf(PROTECTION_VIEWS), person: text, request: text }),
    component: lazyRouteComponent(() => import('./protection/protection-screen.tsx'), 'ProtectionScreen'),
  }),
] as const
