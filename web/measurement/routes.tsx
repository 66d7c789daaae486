import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { i18n } from '../platform/i18n.ts'
import { allowing, workspaceRoute } from '../shell/parents.tsx'
import { auditOptions, auditsOptions } from './audit-query.ts'

export const measurementRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'audits',
    loader: ({ context: { api, queries } }) => queries.ensureInfiniteQueryData(auditsOptions(api)),
    component: lazyRouteComponent(() => import('./audits-screen.tsx'), 'AuditsScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'audits/new',
    beforeLoad: allowing('audits.run'),
    component: lazyRouteComponent(() => import('./new-audit-screen.tsx'), 'NewAuditScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'audits/$auditId',
    loader: ({ context: { api, queries }, params: { auditId } }) =>
      queries.ensureQueryData(auditOptions(api, auditId, i18n.language)),
    component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
  }),
] as const
