import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'

export const notificationsRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'notifications',
    component: lazyRouteComponent(() => import('./notifications-screen.tsx'), 'NotificationsScreen'),
  }),
] as const
