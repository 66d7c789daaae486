import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchOf, text } from '../platform/search-params.ts'
import { meQuery } from '../platform/session.ts'
import { workspaceRoute } from '../shell/parents.tsx'
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
] as const
