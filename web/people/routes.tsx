import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { PEOPLE_VIEWS } from './people-views.ts'

const list = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people',
  validateSearch: searchOf({ view: oneOf(PEOPLE_VIEWS), q: text, network: text }),
  component: lazyRouteComponent(() => import('./people-screen.tsx'), 'PeopleScreen'),
})

const author = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/authors/$authorId',
  loader: ({ context, params: { authorId } }) =>
    context.queries.ensureQueryData(context.api.people.authors.get.queryOptions({ input: { authorId } })),
  component: lazyRouteComponent(() => import('./author-screen.tsx'), 'AuthorScreen'),
})

const person = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/persons/$personId',
  loader: ({ context, params: { personId } }) =>
    context.queries.ensureQueryData(context.api.people.persons.get.queryOptions({ input: { personId } })),
  component: lazyRouteComponent(() => import('./person-screen.tsx'), 'PersonScreen'),
})

export const peopleRoutes = [list, author, person] as const
