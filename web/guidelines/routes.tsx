import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'

const nothing = { input: {} }

export const guidelinesRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme',
    beforeLoad: ({ params }) => {
      throw redirect({ to: '/w/$slug/programme/guidelines', params, replace: true })
    },
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/guidelines',
    loader: ({ context: { api, queries } }) =>
      Promise.all([
        queries.ensureQueryData(api.guidelines.mine.queryOptions(nothing)),
        queries.ensureQueryData(api.guidelines.documents.list.queryOptions(nothing)),
        queries.ensureQueryData(api.guidelines.trainings.list.queryOptions(nothing)),
        queries.ensureQueryData(api.guidelines.settings.get.queryOptions(nothing)),
      ]),
    component: lazyRouteComponent(() => import('./guidelines-screen.tsx'), 'GuidelinesScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/guidelines/overview',
    loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.guidelines.overview.queryOptions(nothing)),
    component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/guidelines/new',
    component: lazyRouteComponent(() => import('./edit-guideline-screen.tsx'), 'NewGuidelineScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/guidelines/$guidelineId',
    loader: ({ context: { api, queries }, params: { guidelineId } }) =>
      queries.ensureQueryData(api.guidelines.documents.get.queryOptions({ input: { guidelineId } })),
    component: lazyRouteComponent(() => import('./guideline-screen.tsx'), 'GuidelineScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/guidelines/$guidelineId/edit',
    loader: ({ context: { api, queries }, params: { guidelineId } }) =>
      queries.ensureQueryData(api.guidelines.documents.get.queryOptions({ input: { guidelineId } })),
    component: lazyRouteComponent(() => import('./edit-guideline-screen.tsx'), 'EditGuidelineScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/trainings/$trainingId',
    loader: ({ context: { api, queries }, params: { trainingId } }) =>
      queries.ensureQueryData(api.guidelines.trainings.get.queryOptions({ input: { trainingId } })),
    component: lazyRouteComponent(() => import('./training-screen.tsx'), 'TrainingScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'programme/trainings/$trainingId/edit',
    loader: ({ context: { api, queries }, params: { trainingId } }) =>
      queries.ensureQueryData(api.guidelines.trainings.edit.queryOptions({ input: { trainingId } })),
    component: lazyRouteComponent(() => import('./edit-training-screen.tsx'), 'EditTrainingScreen'),
  }),
] as const
