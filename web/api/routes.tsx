import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { searchOf, text } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { descriptionQuery } from './description.ts'

export const apiRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'api',
    validateSearch: searchOf({ q: text, operation: text }),
    loader: ({ context: { queries } }) => queries.ensureQueryData(descriptionQuery),
    component: lazyRouteComponent(() => import('./api-screen.tsx'), 'ApiScreen'),
  }),
] as const
