import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { PEOPLE_VIEWS } from './people-views.ts'
import { SUGGESTION_VIEWS } from './suggestions/states.ts'
import { TIMELINE_KINDS } from './person/timeline-filter.ts'
import { SCORE_NAMES } from './scores/score-names.ts'

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
  validateSearch: searchOf({ only: oneOf(TIMELINE_KINDS), network: text, text, from: text, until: text }),
  loader: ({ context, params: { personId } }) =>
    Promise.all([
      context.queries.ensureQueryData(context.api.people.persons.get.queryOptions({ input: { personId } })),
      context.queries.ensureQueryData(context.api.people.profile.get.queryOptions({ input: { personId } })),
    ]),
  component: lazyRouteComponent(() => import('./person-screen.tsx'), 'PersonScreen'),
})

const suggestions = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/suggestions',
  validateSearch: searchOf({ view: oneOf(SUGGESTION_VIEWS), open: text }),
  loader: ({ context }) =>
    context.queries.ensureQueryData(context.api.people.suggestions.policy.queryOptions({ input: {} })),
  component: lazyRouteComponent(() => import('./suggestions/suggestions-screen.tsx'), 'SuggestionsScreen'),
})

const segments = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/segments',
  validateSearch: searchOf({ segment: text }),
  component: lazyRouteComponent(() => import('./segments/segments-screen.tsx'), 'SegmentsScreen'),
})

const scores = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/scores',
  validateSearch: searchOf({ score: oneOf(SCORE_NAMES) }),
  component: lazyRouteComponent(() => import('./scores/scores-screen.tsx'), 'ScoresScreen'),
})

export const peopleRoutes = [list, author, person, suggestions, segments, scores] as const
