import { IconPlus, IconSettings, IconUserPlus } from '@tabler/icons-react'
import type { WebModule } from '../platform/module.ts'
import { meQuery } from '../platform/session.ts'

export const accounts: WebModule = {
  name: 'accounts',
  rail: [
    {
      id: 'settings',
      label: 'shell:rail.accounts',
      icon: IconSettings,
      path: 'settings',
      alsoAt: ['policy', 'routing'],
      permission: 'workspace.read',
      at: 'end',
    },
  ],
  commands: [
    {
      id: 'invite',
      label: 'accounts:command.invite',
      icon: IconUserPlus,
      permission: 'members.manage',
      run: ({ go }) => go('settings/members'),
    },
    { id: 'profile', label: 'accounts:command.profile', icon: IconSettings, run: ({ go }) => go('settings/profile') },
    {
      id: 'security',
      label: 'accounts:command.security',
      icon: IconSettings,
      run: ({ go }) => go('settings/security'),
    },
    {
      id: 'keys',
      label: 'accounts:command.keys',
      icon: IconSettings,
      permission: 'keys.manage',
      run: ({ go }) => go('settings/keys'),
    },
    {
      id: 'new-workspace',
      label: 'accounts:command.newWorkspace',
      icon: IconPlus,
      permission: 'workspace.manage',
      run: ({ go }) => go('new-workspace'),
    },
  ],
  live: {
    'workspace.': (_event, api) => [api.accounts.workspaces.key(), meQuery.queryKey],
    // A changed role changes what one may see oneself.
    'member.': (_event, api) => [api.accounts.members.key(), meQuery.queryKey],
    'invitation.': (_event, api) => [api.accounts.members.invitations.key()],
    'team.': (_event, api) => [api.accounts.teams.key()],
    'shift.': (_event, api) => [api.accounts.shifts.key(), api.accounts.staffing.key()],
    'staff-agreement.': (_event, api) => [api.accounts.agreements.key()],
    'staff-analysis.': (_event, api) => [api.accounts.agreements.key()],
    'key.': (_event, api) => [api.accounts.keys.key()],
  },
}
