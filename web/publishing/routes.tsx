import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { OUTBOX_VIEWS } from './outbox-views.ts'

const outboxRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'outbox',
  validateSearch: searchOf({ show: oneOf(OUTBOX_VIEWS) }),
  component: lazyRouteComponent(() => import('./outbox-screen.tsx'), 'OutboxScreen'),
})

export const publishingRoutes = [outboxRoute] as const
