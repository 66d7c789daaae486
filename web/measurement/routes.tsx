import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { i18n } from '../platform/i18n.ts'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { allowing, workspaceRoute } from '../shell/parents.tsx'
import { ALARM_STATES } from './alarms/alarm-states.ts'
import { auditOptions, auditsOptions } from './audit-query.ts'
import { askedIn, readResponseSearch, responseOptions } from './response/response-query.ts'
import { readSharesSearch, sharesDays, sharesOptions } from './shares/shares-query.ts'

const start = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'measure',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$slug/measure/shares', params, replace: true })
  },
})

const shares = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'measure/shares',
  validateSearch: readSharesSearch,
  loaderDeps: ({ search: { days } }) => ({ days }),
  loader: ({ context: { api, queries }, deps: { days } }) =>
    queries.ensureQueryData(sharesOptions(api, sharesDays(days))),
  component: lazyRouteComponent(() => import('./shares/shares-screen.tsx'), 'SharesScreen'),
})

const response = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'measure/response',
  validateSearch: readResponseSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api, queries }, deps }) => queries.ensureQueryData(responseOptions(api, askedIn(deps))),
  component: lazyRouteComponent(() => import('./response/response-screen.tsx'), 'ResponseScreen'),
})

const alarms = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'measure/alarms',
  validateSearch: searchOf({ state: oneOf(ALARM_STATES), alarm: text }),
  component: lazyRouteComponent(() => import('./alarms/alarms-screen.tsx'), 'AlarmsScreen'),
})

const topicAlarms = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/topics/$topicId/alarms',
  loader: ({ context: { api, queries }, params: { topicId } }) =>
    queries.ensureQueryData(api.measurement.alarms.rule.queryOptions({ input: { topicId } })),
  component: lazyRouteComponent(() => import('./alarms/topic-alarms-screen.tsx'), 'TopicAlarmsScreen'),
})

export const measurementRoutes = [
  start,
  alarms,
  topicAlarms,
  shares,
  response,
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'measure/audits',
    loader: ({ context: { api, queries } }) => queries.ensureInfiniteQueryData(auditsOptions(api)),
    component: lazyRouteComponent(() => import('./audits-screen.tsx'), 'AuditsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'measure/audits/new',
    beforeLoad: allowing('audits.run'),
    component: lazyRouteComponent(() => import('./new-audit-screen.tsx'), 'NewAuditScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'measure/audits/$auditId',
    loader: ({ context: { api, queries }, params: { auditId } }) =>
      queries.ensureQueryData(auditOptions(api, auditId, i18n.language)),
    component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
  }),
] as const
