/** What a caller may be allowed to do. Roles are sets of these; an API key's scopes are some of these. */
export const PERMISSIONS = [
  'workspace.read',
  'workspace.manage',
  'members.read',
  'members.manage',
  'keys.manage',
  'sources.read',
  'sources.manage',
  'topics.read',
  'topics.manage',
  'posts.read',
  'posts.sort',
  'posts.export',
  'imports.run',
  'people.read',
  'people.link',
  'authors.identify',
  'inbox.read',
  'inbox.work',
  'inbox.answer',
  'inbox.manage',
  'deliveries.decide',
  'audits.read',
  'audits.run',
  'trail.read',
  'privacy.manage',
  'health.read',
] as const

export type Permission = (typeof PERMISSIONS)[number]

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
const AGENT: Permission[] = [...VIEWER, 'inbox.work', 'inbox.answer', 'people.link', 'authors.identify', 'posts.sort']
const LEAD: Permission[] = [
  ...AGENT,
  'topics.manage',
  'imports.run',
  'inbox.manage',
  'deliveries.decide',
  'audits.run',
  'posts.export',
  'trail.read',
  'health.read',
]
const ADMIN: Permission[] = [
  ...LEAD,
  'workspace.manage',
  'members.manage',
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
 * Who is allowed. 'public': anyone, no workspace. 'signed-in': any signed-in user, no workspace. 'installation': an
 * administrator of the installation, no workspace. 'customer': a visit of a customer to the page of one workspace.
 * Otherwise a permission inside the request's workspace.
 */
export type Allow = Permission | 'public' | 'signed-in' | 'installation' | 'customer'
