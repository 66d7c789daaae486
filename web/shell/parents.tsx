import { ORPCError } from '@orpc/client'
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, notFound, redirect, rootRouteId } from '@tanstack/react-router'
import type { Permission } from '../../contract/permissions.ts'
import { apiOf } from '../platform/api.ts'
import type { WebModule } from '../platform/module.ts'
import { type MyWorkspace, meQuery, secondFactorAddress, startWorkspace } from '../platform/session.ts'
import { laterTexts } from '../platform/texts.ts'
import { NowhereScreen } from './nowhere-screen.tsx'
import { NotFoundScreen, RouteError, RoutePending } from './route-states.tsx'
import { WorkspaceShell } from './workspace-shell.tsx'

export interface RouterContext {
  queries: QueryClient
  modules: WebModule[]
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  beforeLoad: ({ location }) => laterTexts(location.pathname),
  // Without the frame around it that has the landmark elsewhere.
  notFoundComponent: () => (
    <main>
      <NotFoundScreen />
    </main>
  ),
  errorComponent: RouteError,
})

/** Where the shortcuts of the installed app lead (web/public/manifest.*.webmanifest): they know no workspace. */
const SHORTCUTS = ['inbox', 'notifications']

/** `/` leads to the workspace where one worked last; whoever may make the first one, to its making. */
export const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    const me = await context.queries.ensureQueryData(meQuery)
    const workspace = startWorkspace(me)
    const place = SHORTCUTS.find((one) => one === new URLSearchParams(location.searchStr).get('to'))
    if (workspace && place) throw redirect({ href: `/w/${workspace.slug}/${place}`, replace: true })
    if (workspace) throw redirect({ to: '/w/$slug', params: { slug: workspace.slug }, replace: true })
    if (me.installationAdmin) throw redirect({ href: '/new', replace: true })
  },
  // Without the frame around it that has the landmark elsewhere.
  component: () => (
    <main>
      <NowhereScreen />
    </main>
  ),
})

/** Parent of every module's routes. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/w/$slug',
  beforeLoad: async ({ context, location, params }) => {
    const me = await context.queries.ensureQueryData(meQuery)
    const workspace = me.workspaces.find(({ slug }) => slug === params.slug)
    if (!workspace) throw notFound({ routeId: rootRouteId })
    if (workspace.closed) throw redirect({ href: secondFactorAddress(location.href), replace: true })
    return { api: apiOf(workspace.workspaceId), workspace }
  },
  component: WorkspaceShell,
  pendingComponent: RoutePending,
  notFoundComponent: NotFoundScreen,
})

/** For `beforeLoad` of screens that only do something: whoever may not do it learns so before they fill in a form. */
export const allowing =
  (permission: Permission) =>
  ({ context }: { context: { workspace: MyWorkspace } }): void => {
    if (context.workspace.permissions.includes(permission)) return
    throw new ORPCError('FORBIDDEN', { status: 403, data: { code: 'permission-missing' } })
  }

/** `/w/acme` leads to the first place that the reader may see. */
export const workspaceStartRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: '/',
  beforeLoad: ({ context, params }) => {
    const first = context.modules
      .flatMap(({ rail = [] }) => rail)
      .find(({ permission }) => context.workspace.permissions.includes(permission))
    if (first) throw redirect({ href: `/w/${params.slug}/${first.path}`, replace: true })
  },
  component: NowhereScreen,
})
