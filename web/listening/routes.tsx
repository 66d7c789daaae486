import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { allowing, workspaceRoute } from '../shell/parents.tsx'
import { PERIODS as DISCOVERY_PERIODS } from './discovery/answers.ts'
import { FLAG_STATES } from './impersonation/states.ts'
import { filtersOf, postSearchOptions, readPostSearch, thisHour } from './post-search.ts'
import { ORDERS as QUEUE_ORDERS } from './triage/answers.ts'
import { effectOptions, orderOf } from './triage/effect.ts'
import { ORDERS, PERIODS_DAYS, STARTS, VIEWS } from './workbench/addresses.ts'

const start = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$slug/listening/posts', params, replace: true })
  },
})

const posts = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/posts',
  validateSearch: readPostSearch,
  // Which post is open is no question to the server.
  loaderDeps: ({ search: { post: _open, ...filters } }) => filters,
  // A faulty query is shown at its field, so it must not fail the route.
  loader: async ({ context: { api, queries }, deps }) => {
    const { timeZone } = await queries.ensureQueryData(api.accounts.workspaces.get.queryOptions({ input: {} }))
    const filters = filtersOf(deps, thisHour(), timeZone)
    const effect = filters.topicId
      ? await queries.ensureQueryData(effectOptions(api, filters.topicId)).catch(() => null)
      : null
    await queries.prefetchInfiniteQuery(postSearchOptions(api, { ...filters, ...orderOf(deps, effect) }))
  },
  component: lazyRouteComponent(() => import('./posts-screen.tsx'), 'PostsScreen'),
})

const topics = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/topics',
  loader: ({ context }) =>
    context.queries.ensureQueryData(context.api.listening.topics.list.queryOptions({ input: {} })),
  component: lazyRouteComponent(() => import('./topics-screen.tsx'), 'TopicsScreen'),
})

const newTopic = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/topics/new',
  beforeLoad: allowing('topics.manage'),
  validateSearch: searchOf({ query: text, start: oneOf(STARTS), days: oneOf(PERIODS_DAYS) }),
  component: lazyRouteComponent(() => import('./new-topic-screen.tsx'), 'NewTopicScreen'),
})

const topic = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/topics/$topicId',
  validateSearch: searchOf({ view: oneOf(VIEWS), days: oneOf(PERIODS_DAYS), order: oneOf(ORDERS) }),
  loader: ({ context, params: { topicId } }) =>
    context.queries.ensureQueryData(context.api.listening.topics.get.queryOptions({ input: { topicId } })),
  component: lazyRouteComponent(() => import('./topic-screen.tsx'), 'TopicScreen'),
})

const sort = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/topics/$topicId/sort',
  validateSearch: searchOf({ order: oneOf(QUEUE_ORDERS) }),
  loader: ({ context: { api, queries }, params: { topicId } }) =>
    Promise.all([
      queries.ensureQueryData(api.listening.topics.get.queryOptions({ input: { topicId } })),
      queries.ensureQueryData(api.listening.triage.state.queryOptions({ input: { topicId } })),
    ]),
  component: lazyRouteComponent(() => import('./triage/sort-screen.tsx'), 'SortScreen'),
})

const discoverTopic = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/topics/$topicId/discover',
  beforeLoad: allowing('posts.read'),
  validateSearch: searchOf({ period: oneOf(DISCOVERY_PERIODS) }),
  loader: ({ context: { api, queries }, params: { topicId } }) =>
    queries.ensureQueryData(api.listening.topics.get.queryOptions({ input: { topicId } })),
  component: lazyRouteComponent(() => import('./discovery/discover-topic-screen.tsx'), 'DiscoverTopicScreen'),
})

const discover = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/discover',
  beforeLoad: allowing('posts.read'),
  validateSearch: searchOf({ period: oneOf(DISCOVERY_PERIODS) }),
  component: lazyRouteComponent(() => import('./discovery/discover-screen.tsx'), 'DiscoverScreen'),
})

const lookAlikes = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/look-alikes',
  beforeLoad: allowing('people.read'),
  validateSearch: searchOf({ state: oneOf(FLAG_STATES) }),
  component: lazyRouteComponent(() => import('./impersonation/look-alikes-screen.tsx'), 'LookAlikesScreen'),
})

const sources = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/sources',
  loader: ({ context }) =>
    context.queries.ensureQueryData(context.api.listening.sources.list.queryOptions({ input: {} })),
  component: lazyRouteComponent(() => import('./sources-screen.tsx'), 'SourcesScreen'),
})

const newSource = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/sources/new',
  beforeLoad: allowing('sources.manage'),
  validateSearch: searchOf({ network: text }),
  loader: ({ context }) =>
    context.queries.ensureQueryData(context.api.listening.sources.networks.queryOptions({ input: {} })),
  component: lazyRouteComponent(() => import('./new-source-screen.tsx'), 'NewSourceScreen'),
})

const source = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/sources/$sourceId',
  loader: ({ context, params: { sourceId } }) =>
    context.queries.ensureQueryData(context.api.listening.sources.get.queryOptions({ input: { sourceId } })),
  component: lazyRouteComponent(() => import('./source-screen.tsx'), 'SourceScreen'),
})

const quarantine = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/quarantine',
  validateSearch: searchOf({ source: text }),
  component: lazyRouteComponent(() => import('./quarantine-screen.tsx'), 'QuarantineScreen'),
})

const ledger = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/ledger',
  validateSearch: searchOf({ days: text }),
  component: lazyRouteComponent(() => import('./ledger/ledger-screen.tsx'), 'LedgerScreen'),
})

const imports = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/imports',
  beforeLoad: allowing('imports.run'),
  component: lazyRouteComponent(() => import('./imports-screen.tsx'), 'ImportsScreen'),
})

const oneImport = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'listening/imports/$importId',
  loader: ({ context, params: { importId } }) =>
    context.queries.ensureQueryData(context.api.listening.imports.get.queryOptions({ input: { importId } })),
  component: lazyRouteComponent(() => import('./import-screen.tsx'), 'ImportScreen'),
})

export const listeningRoutes = [
  start,
  posts,
  topics,
  newTopic,
  topic,
  sort,
  discoverTopic,
  discover,
  lookAlikes,
  sources,
  newSource,
  source,
  quarantine,
  ledger,
  imports,
  oneImport,
] as const
