import {
  IconAlarm,
  IconArrowsSplit2,
  IconBell,
  IconBuilding,
  IconChecklist,
  IconClockHour4,
  IconKey,
  IconLink,
  IconLock,
  IconLogin2,
  IconMail,
  IconShieldCheck,
  IconShieldHeart,
  IconTags,
  IconTextCaption,
  IconUser,
  IconUserCog,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react'
import type { Permission } from '../../../contract/permissions.ts'

type SectionPath =
  | 'workspace'
  | 'members'
  | 'roles'
  | 'teams'
  | 'shifts'
  | 'tags'
  | 'macros'
  | 'clocks'
  | 'policy'
  | 'routing'
  | 'keys'
  | 'connections'
  | 'people'
  | 'webhooks'
  | 'profile'
  | 'notifications'
  | 'security'
  | 'staff-protection'
  | 'mail'
  | 'sign-in'

export interface Section {
  /** Below /w/$slug/settings, and key of its texts. */
  path: SectionPath
  icon: typeof IconUser
  group: 'me' | 'workspace' | 'installation'
  /** A place of its own, below /w/$slug, instead of a page of the settings. */
  place?: 'routing'
  /** Without it the section is not shown; the server asks again. Absent for one's own settings. */
  permission?: Permission
}

export const SECTIONS: Section[] = [
  { path: 'workspace', icon: IconBuilding, group: 'workspace', permission: 'workspace.read' },
  { path: 'members', icon: IconUsers, group: 'workspace', permission: 'members.read' },
  { path: 'roles', icon: IconShieldCheck, group: 'workspace', permission: 'members.read' },
  { path: 'teams', icon: IconUsersGroup, group: 'workspace', permission: 'members.read' },
  { path: 'shifts', icon: IconClockHour4, group: 'workspace', permission: 'members.read' },
  { path: 'tags', icon: IconTags, group: 'workspace', permission: 'inbox.manage' },
  { path: 'macros', icon: IconTextCaption, group: 'workspace', permission: 'inbox.manage' },
  { path: 'clocks', icon: IconAlarm, group: 'workspace', permission: 'clocks.manage' },
  { path: 'policy', icon: IconChecklist, group: 'workspace', permission: 'policy.manage' },
  { path: 'routing', icon: IconArrowsSplit2, group: 'workspace', permission: 'routing.manage', place: 'routing' },
  { path: 'connections', icon: IconLink, group: 'workspace', permission: 'workspace.manage' },
  { path: 'people', icon: IconUserCog, group: 'workspace', permission: 'workspace.manage' },
  { path: 'keys', icon: IconKey, group: 'workspace', permission: 'keys.manage' },
  { path: 'webhooks', icon: IconWebhook, group: 'workspace', permission: 'keys.manage' },
  { path: 'profile', icon: IconUser, group: 'me' },
  { path: 'notifications', icon: IconBell, group: 'me', permission: 'workspace.read' },
  { path: 'security', icon: IconLock, group: 'me' },
  { path: 'staff-protection', icon: IconShieldHeart, group: 'me', permission: 'workspace.read' },
  { path: 'mail', icon: IconMail, group: 'installation' },
  { path: 'sign-in', icon: IconLogin2, group: 'installation' },
]
/** Below /w/$slug. */
export const addressOf = ({ path, place }: Pick<Section, 'path' | 'place'>) =>
  place ? (`/w/$slug/${place}` as const) : (`/w/$slug/settings/${path as Exclude<SectionPath, 'routing'>}` as const)

export const GROUPS = ['workspace', 'me', 'installation'] as const

/** What this reader may see, in order. */
export const sectionsFor = (permissions: readonly Permission[], installationAdmin: boolean): Section[] =>
  SECTIONS.filter(
    ({ permission, group }) =>
      (permission === undefined || permissions.includes(permission)) && (group !== 'installation' || installationAdmin),
  )
