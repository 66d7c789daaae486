import { agreements } from './accounts-agreements.ts'
import { installation } from './accounts-installation.ts'
import { invitations } from './accounts-invitations.ts'
import { keys } from './accounts-keys.ts'
import { members, teams } from './accounts-members.ts'
import { roles } from './accounts-roles.ts'
import { firstRun, session } from './accounts-sessions.ts'
import { shifts, staffing } from './accounts-staffing.ts'
import { workspaces } from './accounts-workspaces.ts'

export const accounts = {
  firstRun,
  session,
  workspaces,
  members: { ...members, ...invitations },
  roles,
  teams,
  staffing,
  shifts,
  agreements,
  keys,
  installation,
}
