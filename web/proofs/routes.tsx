import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { workspaceRoute } from '../shell/parents.tsx'

const questionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/proofs',
  loader: ({ context: { api, queries } }) => {
    void queries.prefetchQuery(api.proofs.questions.list.queryOptions({ input: {} }))
  },
  component: lazyRouteComponent(() => import('./questions-screen.tsx'), 'QuestionsScreen'),
})

export const proofsRoutes = [questionsRoute] as const
