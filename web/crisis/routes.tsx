import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'

const nothing = { input: {} }

export const crisisRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'crisis',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.crisis.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./crises-screen.tsx'), 'CrisesScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'crisis/$crisisId',
    loader: ({ context: { api, queries }, params: { crisisId } }) =>
      queries.ensureQueryData(api.crisis.get.queryOptions({ input: { crisisId } })),
    component: lazyRouteComponent(() => import('./crisis-screen.tsx'), 'CrisisScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'crisis/playbooks',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.crisis.playbooks.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./playbooks-screen.tsx'), 'PlaybooksScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'crisis/statements',
    loader: ({ context: { api, queries } }) =>
      queries.ensureQueryData(api.crisis.statements.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./statements-screen.tsx'), 'StatementsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'crisis/drills',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.crisis.drills.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./drills-screen.tsx'), 'DrillsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'crisis/drills/$drillId',
    loader: ({ context: { api, queries }, params: { drillId } }) =>
      queries.ensureQueryData(api.crisis.drills.get.queryOptions({ input: { drillId } })),
    component: lazyRouteComponent(() => import('./drill-screen.tsx'), 'DrillScreen'),
  }),
] as const
