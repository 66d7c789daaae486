import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { workspaceRoute } from '../shell/parents.tsx'
import { IMPORTS_HOLD, PEOPLE_VIEWS, PERSON_BASES, PERSON_STATEMENTS, TIMELINE_KINDS } from './addresses.ts'
import { SCORE_NAMES } from './scores/score-names.ts'
import { SUGGESTION_VIEWS } from './suggestions/states.ts'

const list = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people',
  validateSearch: searchOf({
    view: oneOf(PEOPLE_VIEWS),
    q: text,
    network: text,
    basis: oneOf(PERSON_BASES),
    said: oneOf(PERSON_STATEMENTS),
  }),
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

const contacts = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/contacts',
  validateSearch: searchOf({ holds: oneOf(IMPORTS_HOLD) }),
  component: lazyRouteComponent(() => import('./contacts/contacts-screen.tsx'), 'ContactsScreen'),
})

const contactImport = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/contacts/$importId',
  loader: ({ context, params: { importId } }) =>
    context.queries.ensureQueryData(context.api.people.contacts.imports.get.queryOptions({ input: { importId } })),
  component: lazyRouteComponent(() => import('./contacts/contact-import-screen.tsx'), 'ContactImportScreen'),
})

const purchaseImport = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/purchases/$importId',
  loader: ({ context, params: { importId } }) =>
    context.queries.ensureQueryData(context.api.people.purchases.imports.get.queryOptions({ input: { importId } })),
  component: lazyRouteComponent(() => import('./purchases/purchase-import-screen.tsx'), 'PurchaseImportScreen'),
})

const duplicates = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/duplicates',
  validateSearch: searchOf({ import: text }),
  component: lazyRouteComponent(() => import('./contacts/proposals-screen.tsx'), 'ProposalsScreen'),
})

const organisations = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/organisations',
  validateSearch: searchOf({ q: text }),
  component: lazyRouteComponent(() => import('./organisations/organisations-screen.tsx'), 'OrganisationsScreen'),
})

const organisation = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'people/organisations/$organisationId',
  loader: ({ context, params: { organisationId } }) =>
    context.queries.ensureQueryData(context.api.people.organisations.get.queryOptions({ input: { organisationId } })),
  component: lazyRouteComponent(() => import('./organisations/organisation-screen.tsx'), 'OrganisationScreen'),
})

export const peopleRoutes = [
  contacts,
  contactImport,
  purchaseImport,
  duplicates,
  organisations,
  organisation,
  list,
  author,
  person,
  suggestions,
  segments,
  scores,
] as const
