import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { APPROVAL_VIEWS, OUTBOX_VIEWS } from './outbox-views.ts'

const outboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'outbox',
  validateSearch: searchOf({ show: oneOf(OUTBOX_VIEWS) }),
  component: lazyRouteComponent(() => import('./outbox-screen.tsx'), 'OutboxScreen'),
})

const approvalsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'approvals',
  validateSearch: searchOf({ show: oneOf(APPROVAL_VIEWS) }),
  component: lazyRouteComponent(() => import('./approvals/approvals-screen.tsx'), 'ApprovalsScreen'),
})

const approvalRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'approvals/$approvalId',
  loader: ({ context: { api, queries }, params: { approvalId } }) =>
    queries.ensureQueryData(api.publishing.approvals.get.queryOptions({ input: { approvalId } })),
  component: lazyRouteComponent(() => import('./approvals/approval-screen.tsx'), 'ApprovalScreen'),
})

const policyRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'policy',
  loader: ({ context: { api, queries } }) =>
    queries.ensureQueryData(api.publishing.policy.get.queryOptions({ input: {} })),
  component: lazyRouteComponent(() => import('./policy/policy-screen.tsx'), 'PolicyScreen'),
})

export const publishingRoutes = [outboxRoute, approvalsRoute, approvalRoute, policyRoute] as const
