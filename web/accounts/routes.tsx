import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router'
import { apiOf } from '../platform/api.ts'
import { oneOf, searchOf, text } from '../platform/search-params.ts'
import { meQuery } from '../platform/session.ts'
import { rootRoute, workspaceRoute } from '../shell/parents.tsx'
import { PHONE } from './choices.ts'
import { KINDS } from './first-run/steps.ts'

const installation = apiOf(null).accounts.installation
const nothing = { input: {} }

const newRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new',
  beforeLoad: async ({ context }) => void (await context.queries.ensureQueryData(meQuery)),
  component: lazyRouteComponent(() => import('./first-run/kind-screen.tsx'), 'KindScreen'),
})

const newWorkspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new/workspace',
  validateSearch: searchOf({ kind: oneOf(KINDS) }),
  beforeLoad: async ({ context }) => {
    // Making one is refused to all others; the first step says so.
    if (!(await context.queries.ensureQueryData(meQuery)).installationAdmin) throw redirect({ to: '/new' })
  },
  component: lazyRouteComponent(() => import('./first-run/workspace-screen.tsx'), 'WorkspaceScreen'),
})

const firstRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new/$slug',
  beforeLoad: async ({ context, params }) => {
    const me = await context.queries.ensureQueryData(meQuery)
    const workspace = me.workspaces.find(({ slug }) => slug === params.slug)
    if (!workspace) throw notFound()
    return { api: apiOf(workspace.workspaceId), workspace }
  },
  component: lazyRouteComponent(() => import('./first-run/first-run-workspace.tsx'), 'FirstRunWorkspace'),
})

const firstRunStart = createRoute({
  getParentRoute: () => firstRunRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/new/$slug/topic', params, replace: true })
  },
})

const topicStep = createRoute({
  getParentRoute: () => firstRunRoute,
  path: 'topic',
  loader: async ({ context: { api, queries } }) => {
    const [workspace] = await Promise.all([
      queries.ensureQueryData(api.accounts.workspaces.get.queryOptions(nothing)),
      queries.ensureQueryData(api.listening.topics.list.queryOptions(nothing)),
    ])
    const input = { brand: workspace.brand || workspace.name, languages: workspace.languages }
    await queries.ensureQueryData(api.listening.topics.propose.queryOptions({ input }))
  },
  component: lazyRouteComponent(() => import('./first-run/topic-screen.tsx'), 'TopicScreen'),
})

const sourcesStep = createRoute({
  getParentRoute: () => firstRunRoute,
  path: 'sources',
  loader: ({ context: { api, queries } }) =>
    Promise.all([
      queries.ensureQueryData(api.listening.sources.networks.queryOptions(nothing)),
      queries.ensureQueryData(api.listening.sources.list.queryOptions(nothing)),
    ]),
  component: lazyRouteComponent(() => import('./first-run/sources-screen.tsx'), 'SourcesScreen'),
})

const listeningStep = createRoute({
  getParentRoute: () => firstRunRoute,
  path: 'listening',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.listening.sources.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./first-run/listening-screen.tsx'), 'ListeningScreen'),
})

const teamStep = createRoute({
  getParentRoute: () => firstRunRoute,
  path: 'team',
  component: lazyRouteComponent(() => import('./first-run/team-screen.tsx'), 'TeamScreen'),
})

/** Before a workspace that demands two factors. */
const secondFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-factor',
  validateSearch: searchOf({ next: text }),
  beforeLoad: async ({ context }) => void (await context.queries.ensureQueryData(meQuery)),
  component: lazyRouteComponent(() => import('./settings/second-factor-screen.tsx'), 'SecondFactorScreen'),
})

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings/settings-frame.tsx'), 'SettingsFrame'),
})

const settingsStart = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: ({ params }) => {
    // On a phone the list of sections is a page of its own.
    if (!matchMedia(PHONE).matches) throw redirect({ to: '/w/$slug/settings/workspace', params, replace: true })
  },
})

const workspaceSettings = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'workspace',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.accounts.workspaces.get.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/workspace-screen.tsx'), 'WorkspaceSettingsScreen'),
})

const members = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'members',
  loader: ({ context: { api, queries } }) =>
    Promise.all([
      queries.ensureQueryData(api.accounts.members.list.queryOptions(nothing)),
      queries.ensureQueryData(api.accounts.roles.list.queryOptions(nothing)),
    ]),
  component: lazyRouteComponent(() => import('./settings/members-screen.tsx'), 'MembersScreen'),
})

const teams = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'teams',
  loader: ({ context: { api, queries } }) =>
    Promise.all([
      queries.ensureQueryData(api.accounts.members.list.queryOptions(nothing)),
      queries.ensureQueryData(api.accounts.teams.list.queryOptions(nothing)),
    ]),
  component: lazyRouteComponent(() => import('./settings/teams-screen.tsx'), 'TeamsScreen'),
})

const roles = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'roles',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.accounts.roles.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/roles-screen.tsx'), 'RolesScreen'),
})

const shifts = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'shifts',
  loader: ({ context: { api, queries } }) =>
    Promise.all([
      queries.ensureQueryData(api.accounts.members.list.queryOptions(nothing)),
      queries.ensureQueryData(api.accounts.shifts.list.queryOptions(nothing)),
      queries.ensureQueryData(api.accounts.workspaces.get.queryOptions(nothing)),
    ]),
  component: lazyRouteComponent(() => import('./settings/shifts-screen.tsx'), 'ShiftsScreen'),
})

const staffProtection = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'staff-protection',
  loader: ({ context: { api, queries } }) =>
    Promise.all([
      queries.ensureQueryData(api.accounts.members.list.queryOptions(nothing)),
      queries.ensureQueryData(api.accounts.teams.list.queryOptions(nothing)),
      queries.ensureQueryData(api.accounts.agreements.list.queryOptions(nothing)),
    ]),
  component: lazyRouteComponent(() => import('./staff/staff-protection-screen.tsx'), 'StaffProtectionScreen'),
})

const tags = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'tags',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.inbox.tags.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/tags-screen.tsx'), 'TagsScreen'),
})

const macros = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'macros',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.inbox.macros.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/macros-screen.tsx'), 'MacrosScreen'),
})

/** The policy has a place of its own, with what it stops. */
const policy = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'policy',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$slug/policy', params, replace: true })
  },
})

const clocks = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'clocks',
  loader: ({ context: { api, queries } }) =>
    Promise.all([
      queries.ensureQueryData(api.inbox.clocks.policies.list.queryOptions(nothing)),
      queries.ensureQueryData(api.inbox.clocks.calendars.list.queryOptions(nothing)),
    ]),
  component: lazyRouteComponent(() => import('./settings/clocks/clocks-screen.tsx'), 'ClocksScreen'),
})

const keys = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'keys',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.accounts.keys.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/keys-screen.tsx'), 'KeysScreen'),
})

const webhooks = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'webhooks',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.systems.webhooks.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/webhooks-screen.tsx'), 'WebhooksScreen'),
})

const peopleSettings = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'people',
  loader: ({ context: { api, queries } }) =>
    queries.ensureQueryData(api.people.graph.settings.get.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/people-settings-screen.tsx'), 'PeopleSettingsScreen'),
})

const connections = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'connections',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.proofs.settings.get.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/connections-screen.tsx'), 'ConnectionsScreen'),
})

const mail = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'mail',
  loader: ({ context: { queries } }) => queries.ensureQueryData(installation.mail.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/mail-screen.tsx'), 'MailScreen'),
})

const signIn = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'sign-in',
  loader: ({ context: { queries } }) => queries.ensureQueryData(installation.identityProvider.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/identity-provider-screen.tsx'), 'IdentityProviderScreen'),
})

const profile = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'profile',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.accounts.members.list.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/profile-screen.tsx'), 'ProfileScreen'),
})

const notifications = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'notifications',
  loader: ({ context: { api, queries } }) => queries.ensureQueryData(api.notifications.settings.queryOptions(nothing)),
  component: lazyRouteComponent(() => import('./settings/notifications-screen.tsx'), 'NotificationsScreen'),
})

const security = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'security',
  component: lazyRouteComponent(() => import('./settings/security-screen.tsx'), 'SecurityScreen'),
})

/** The palette can go only below the workspace; this leads out of it. */
const newFromHere = createRoute({
  getParentRoute: () => workspaceRoute,
  path: 'new-workspace',
  beforeLoad: () => {
    throw redirect({ to: '/new', replace: true })
  },
})

/** Beside the workspace, without its frame. */
export const firstRunRoutes = [
  newRoute,
  newWorkspaceRoute,
  secondFactorRoute,
  firstRunRoute.addChildren([firstRunStart, topicStep, sourcesStep, listeningStep, teamStep]),
] as const

export const settingsRoutes = [
  settingsRoute.addChildren([
    settingsStart,
    workspaceSettings,
    members,
    roles,
    teams,
    shifts,
    tags,
    macros,
    clocks,
    policy,
    connections,
    peopleSettings,
    keys,
    webhooks,
    mail,
    signIn,
    profile,
    notifications,
    security,
    staffProtection,
  ]),
  newFromHere,
] as const
