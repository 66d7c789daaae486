import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { searchOf, text } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'

const load = () => import('./columns-screen.tsx')

export const columnsRoutes = [
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'columns',
    loader: async ({ context: { api, queries, workspace }, params: { slug } }) => {
      const { items } = await queries.ensureQueryData(api.columns.layouts.list.queryOptions({ input: {} }))
      const last = localStorage.getItem(`rapport.layout.${workspace.workspaceId}`)
      const layout = items.find(({ layoutId }) => layoutId === last) ?? items[0]
      if (layout)
        throw redirect({ to: '/w/$slug/columns/$layoutId', params: { slug, layoutId: layout.layoutId }, replace: true })
    },
    component: lazyRouteComponent(() => import('./first-layout-screen.tsx'), 'FirstLayoutScreen'),
  }),
  createRoute({
    getParentRoute: () => workspaceRoute,
    path: 'columns/$layoutId',
    validateSearch: searchOf({ column: text, post: text, conversation: text }),
    loader: ({ context: { api, queries }, params: { layoutId } }) =>
      queries.ensureQueryData(api.columns.layouts.get.queryOptions({ input: { layoutId } })),
    component: lazyRouteComponent(load, 'ColumnsScreen'),
  }),
] as const
