import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'

const nothing = { input: {} }

export const planRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/desk',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.plan.desk.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./desk-screen.tsx'), 'DeskScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/goals',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.plan.goals.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./goals-screen.tsx'), 'GoalsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/stakeholders',
    loader: ({ context: { api, queries } }) =>
      queries.ensureQueryData(api.plan.stakeholders.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./stakeholders-screen.tsx'), 'StakeholdersScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/scenarios',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.plan.scenarios.list.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./scenarios-screen.tsx'), 'ScenariosScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/scenarios/$scenarioId',
    loader: ({ context: { api, queries }, params: { scenarioId } }) =>
      queries.ensureQueryData(api.plan.scenarios.get.queryOptions({ input: { scenarioId } })),
    component: lazyRouteComponent(() => import('./scenario-screen.tsx'), 'ScenarioScreen'),
  }),
] as const
