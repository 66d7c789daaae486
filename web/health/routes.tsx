import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'

export const healthRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'health',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.health.overview.queryOptions({ input: {} })),
    component: lazyRouteComponent(() => import('./health-screen.tsx'), 'HealthScreen'),
  }),
] as const
