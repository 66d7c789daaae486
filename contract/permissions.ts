/** What a caller may be allowed to do. Roles are sets of these; an API key's scopes are some of these. */
export const PERMISSIONS = [
  'workspace.read',
  'workspace.manage',
  'members.read',
  'members.manage',
  'staff.council',
  'staff.analyse',
  'keys.manage',
  'sources.read',
  'sources.manage',
  'topics.read',
  'topics.manage',
  'posts.read',
  'posts.sort',
  'posts.moderate',
  'posts.export',
  'imports.run',
  'people.read',
  'people.link',
  'authors.identify',
  'inbox.read',
  'inbox.work',
  'inbox.manage',
  'answers.draft',
  'answers.speak',
  'answers.approve',
  'deliveries.decide',
  'routing.manage',
  'clocks.manage',
  'policy.manage',
  'guidelines.manage',
  'plan.manage',
  'crisis.declare',
  'crisis.manage',
  'audits.read',
  'audits.run',
  'trail.read',
  'privacy.manage',
  'health.read',
] as const

export type Permission = (typeof PERMISSIONS)[number]

/**
 * What is about one source (an account, a search) and what came through it: a role for one source gives or takes these
 * there. Everything else is about the whole workspace, and the role in the workspace alone decides.
 */
export const SOURCE_PERMISSIONS = [
  'posts.read',
  'posts.sort',
  'posts.moderate',
  'inbox.read',
  'inbox.work',
  'inbox.manage',
  'answers.draft',
  'answers.speak',
  'answers.approve',
  'deliveries.decide',
] as const satisfies readonly Permission[]

export const ROLES = ['owner', 'admin', 'lead', 'agent', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const VIEWER: Permission[] = [
  'workspace.read',
  'members.read',
  'sources.read',
  'topics.read',
  'posts.read',
  'people.read',
  'inbox.read',
  'audits.read',
]
const AGENT: Permission[] = [
  ...VIEWER,
  'inbox.work',
  'answers.draft',
  'answers.speak',
  'posts.moderate',
  'people.link',
  'authors.identify',
  'posts.sort',
]
const LEAD: Permission[] = [
  ...AGENT,
  'topics.manage',
  'imports.run',
  'inbox.manage',
  'answers.approve',
  'deliveries.decide',
  'routing.manage',
  'clocks.manage',
  'policy.manage',
  'guidelines.manage',
  'plan.manage',
  'crisis.declare',
  'crisis.manage',
  'audits.run',
  'posts.export',
  'trail.read',
  'health.read',
]
const ADMIN: Permission[] = [
  ...LEAD,
  'workspace.manage',
  'members.manage',
  'staff.council',
  'staff.analyse',
  'keys.manage',
  'sources.manage',
  'privacy.manage',
]

/** An owner is an admin who cannot be removed by one. */
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  viewer: VIEWER,
  agent: AGENT,
  lead: LEAD,
  admin: ADMIN,
  owner: ADMIN,
}

/**
 * Where a role of one's own may begin: who listens, who talks, who decides, after the parts that teams of this trade have.
 * A preset is copied, never referred to: what a workspace does with its role is its own.
 */
export const ROLE_PRESETS = {
  'conversation-officer': [
    ...VIEWER,
    'inbox.work',
    'answers.draft',
    'answers.speak',
    'answers.approve',
    'posts.sort',
    'posts.moderate',
    'people.link',
    'authors.identify',
    'crisis.declare',
  ],
  outreach: [
    ...VIEWER,
    'inbox.work',
    'answers.draft',
    'answers.speak',
    'posts.sort',
    'people.link',
    'authors.identify',
  ],
  reputation: [...VIEWER, 'topics.manage', 'posts.sort', 'posts.export', 'audits.run', 'crisis.declare', 'trail.read'],
  community: [...VIEWER, 'inbox.work', 'answers.draft', 'answers.speak', 'posts.sort', 'posts.moderate'],
  care: [...VIEWER, 'inbox.work', 'answers.draft', 'answers.speak', 'people.link', 'authors.identify', 'posts.sort'],
  'data-protection': [
    'workspace.read',
    'members.read',
    'sources.read',
    'people.read',
    'authors.identify',
    'trail.read',
    'privacy.manage',
  ],
  // What is recorded about staff, and nothing of what customers say.
  'works-council': ['workspace.read', 'members.read', 'staff.council'],
} as const satisfies Record<string, readonly Permission[]>
export type RolePreset = keyof typeof ROLE_PRESETS
export const PRESETS = Object.keys(ROLE_PRESETS) as [RolePreset, ...RolePreset[]]

/**
 * Who is allowed. 'public': anyone, no workspace. 'signed-in': any signed-in user, no workspace. 'installation': an
 * administrator of the installation, no workspace. 'customer': a visit of a customer to the page of one workspace.
 * Otherwise a permission inside the request's workspace.
 */
export type Allow = Permission | 'public' | 'signed-in' | 'installation' | 'customer'
