import { bodyLimit } from 'hono/body-limit'
import type { Module } from '../platform/module.ts'
import { forgetFullBuckets } from '../platform/shared-rate-limit.ts'
import { documentRoutes } from './agreements/documents.ts'
import { staffEvents } from './agreements/staff-events.ts'
import { router } from './router.ts'
import { ADDRESS_HEADER, AUTH_PATH, SIGN_IN_BODY_BYTES_MAX, signInOf } from './sign-in.ts'
import { forgetExpiredSignIns } from './users.ts'

export { deskAgreedSince, validAgreements, workspaceDay } from './agreements/agreements.ts'
export { type AgreedUse, type StaffQuestion, useAgreement } from './agreements/analyses.ts'
export { behindPseudonyms } from './agreements/staff-events.ts'
export { callerOf } from './caller.ts'
export { needsSetUp, prepareSetUpLink } from './first-run.ts'
export { readMailSettings } from './mail-settings.ts'
export { addMember, listMembers, type Member, onlyMember } from './members.ts'
export { createUser, resetSecondFactor, setPassword } from './passwords.ts'
export { type SleepCheck, sleeping } from './roles/asleep.ts'
export { asMember } from './roles/reading-reach.ts'
export { createRole } from './roles/roles.ts'
export { membersWho, membersWhoAt, membersWhoSomewhere } from './roles/who-may.ts'
export { type Presence, presenceAt } from './staffing/presence.ts'
export type { Skills } from './staffing/skills.ts'
export { type Demand, type LoadOf, type StaffedDesk, staffedDesk, type Work, whoCanTake } from './staffing/takers.ts'
export { findUser, type User } from './users.ts'
export { everyWorkspace } from './workspace-loop.ts'
export {
  createSandbox,
  createWorkspace,
  findWorkspaceId,
  listWorkspaceIds,
  readWorkspace,
  updateWorkspace,
  type Workspace,
  type WorkspaceKind,
} from './workspaces.ts'

import { accountsData } from './personal-data.ts'

export const accounts: Module = {
  name: 'accounts',
  personalData: accountsData,
  configuration: [
    'role',
    'member',
    'team',
    'team_member',
    'skill',
    'member_skill',
    'staffing',
    'shift',
    'shift_member',
  ],
  router,
  /** The sign-in library's own routes are the listed exception to `procedure`. */
  retention: [staffEvents],
  routes(app, services) {
    documentRoutes(app, services)
    app.all(`${AUTH_PATH}/*`, bodyLimit({ maxSize: SIGN_IN_BODY_BYTES_MAX }), async (context) => {
      const headers = new Headers(context.req.raw.headers)
      headers.set(ADDRESS_HEADER, context.get('clientAddress'))
      return (await signInOf(services)).handler(new Request(context.req.raw, { headers }))
    })
  },
  tasks: {
    'forget-expired-sign-ins': (services) => forgetExpiredSignIns(services),
    'accounts.forget-attempts': (services) => forgetFullBuckets(services),
  },
  eventPermissions: {
    'workspace.created': 'workspace.read',
    'workspace.changed': 'workspace.read',
    'member.joined': 'members.read',
    'member.changed': 'members.read',
    'member.invited': 'members.manage',
    'member.source-role-changed': 'members.read',
    'invitation.revoked': 'members.manage',
    'member.staffing-changed': 'members.read',
    'shift.created': 'members.read',
    'shift.changed': 'members.read',
    'shift.removed': 'members.read',
    'role.created': 'members.read',
    'role.changed': 'members.read',
    'role.removed': 'members.read',
    'team.created': 'members.read',
    'team.changed': 'members.read',
    'team.removed': 'members.read',
    'staff-agreement.recorded': 'workspace.read',
    'staff-agreement.released': 'workspace.read',
    'staff-agreement.ended': 'workspace.read',
    // Whom it was about is told; colleagues are not.
    'staff-analysis.made': 'staff.council',
    'key.created': 'keys.manage',
    'key.revoked': 'keys.manage',
  },
}
