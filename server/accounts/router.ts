import { accounts as contract } from '../../contract/accounts.ts'
import { Conflict, Forbidden, Invalid } from '../platform/errors.ts'
import {
  implementer,
  type ReachingContext,
  type RequestContext,
  type UserContext,
  type WorkspaceContext,
} from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { agreementsRouter } from './agreements/router.ts'
import { isClosed, type Membership, membershipsOf } from './caller.ts'
import { needsSetUp, setUp } from './first-run.ts'
import { readIdentityProvider, writeIdentityProvider } from './identity-provider.ts'
import { acceptInvitation, describeInvitation } from './invitation-acceptance.ts'
import { type InvitedRole, invite, listInvitations, revokeInvitation } from './invitations.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'
import { mailInvitation, readMailSettings, testMailSettings, writeMailSettings } from './mail-settings.ts'
import { listMembers, signOffsOf, updateMember, updateSignOff } from './members.ts'
import { assignedFrom } from './roles/assigned-role.ts'
import { giver } from './roles/giver.ts'
import { powersOf } from './roles/reading-reach.ts'
import { rolesRouter } from './roles/router.ts'
import { AUTH_PATH, forgetSignIn, IDENTITY_PROVIDER_ID } from './sign-in.ts'
import { shiftsRouter, staffingRouter } from './staffing/router.ts'
import { listTeams, removeTeam, saveTeam } from './teams.ts'
import { findUser, updateUser } from './users.ts'
import { createWorkspace, readWorkspace, updateWorkspace } from './workspaces.ts'

const open = implementer<RequestContext>()
const forUser = implementer<UserContext>()
const inWorkspace = implementer<WorkspaceContext>()

const firstRun = open(contract.firstRun)
const session = forUser(contract.session)
const { create } = forUser({ create: contract.workspaces.create })
const workspaces = inWorkspace(contract.workspaces)
const members = inWorkspace(contract.members)
const { invite: inviting } = implementer<ReachingContext>()({ invite: contract.members.invite })
const invited = open({ invitation: contract.members.invitation, accept: contract.members.accept })
const teams = inWorkspace(contract.teams)
const keys = inWorkspace(contract.keys)
const installation = forUser(contract.installation)

/** The contract lets exactly one of them through. */
function invitedAs({ role, roleId }: { role?: InvitedRole | undefined; roleId?: string | undefined }) {
  if (roleId) return { roleId }
  if (role) return role
  throw new Invalid('role-unknown')
}

async function powersShown(services: Services, entry: Membership) {
  const { permissions, reach } = await powersOf(services, entry.workspaceId, entry.memberId, entry)
  const atSources = [...(reach?.sources ?? [])].map(([sourceId, there]) => ({ sourceId, permissions: [...there] }))
  return { permissions: [...permissions], atSources, elsewhere: [...(reach?.inWorkspace ?? permissions)] }
}

export const router = {
  firstRun: {
    status: firstRun.status.handler(async ({ context: { services } }) => {
      const provider = await readIdentityProvider(services)
      return { needsSetUp: await needsSetUp(services), identityProvider: provider && { name: provider.name } }
    }),
    setUp: firstRun.setUp.handler(async ({ input: { token, ...user }, context: { services } }) => ({
      userId: await setUp(services, token, user),
    })),
  },
  session: {
    me: session.me.handler(async ({ context: { services, user, caller } }) => {
      const found = await findUser(services, user)
      if (!found) throw new Forbidden('people-only')
      const memberships = await membershipsOf(services, user.userId)
      const provedSecondFactor = (await caller())?.provedSecondFactor ?? false
      return {
        ...found,
        provedSecondFactor,
        workspaces: await Promise.all(
          memberships.map(async (entry) => ({
            ...entry,
            closed: isClosed(entry, { provedSecondFactor }),
            ...(await powersShown(services, entry)),
          })),
        ),
      }
    }),
    update: session.update.handler(async ({ input, context: { services, user } }) => {
      await updateUser(services, user.userId, input)
      return {}
    }),
  },
  workspaces: {
    create: create.handler(({ input, context: { services, user } }) => createWorkspace(services, user.userId, input)),
    get: workspaces.get.handler(({ context: { tx } }) => readWorkspace(tx)),
    update: workspaces.update.handler(async ({ input, context: { tx, caller } }) => {
      // Whoever closes the door stands inside.
      if (input.settings?.secondFactor && !(await caller())?.provedSecondFactor)
        throw new Conflict('second-factor-yourself-first')
      return updateWorkspace(tx, input)
    }),
  },
  members: {
    list: members.list.handler(async ({ context: { tx } }) => ({ items: await listMembers(tx) })),
    update: members.update.handler(async ({ input: { memberId, state, ...given }, context: { tx, me } }) => {
      await updateMember(tx, giver(me), memberId, { role: assignedFrom(given), state })
      return {}
    }),
    updateMyself: members.updateMyself.handler(async ({ input, context: { tx, me } }) => {
      if (!me.memberId) throw new Forbidden('people-only')
      await updateSignOff(tx, me.memberId, input)
      return {}
    }),
    signOffs: members.signOffs.handler(async ({ context: { tx, me } }) => {
      if (!me.memberId) throw new Forbidden('people-only')
      return { items: await signOffsOf(tx, me.memberId) }
    }),
    invite: inviting.handler(async ({ input, context: { inWorkspace: begin, me, services } }) => {
      const { made, workspace } = await begin(async (tx) => ({
        made: await invite(tx, services, giver(me), { email: input.email, role: invitedAs(input) }),
        workspace: await readWorkspace(tx),
      }))
      if (!input.email) return { ...made, mailed: false, mailFailure: null }
      const inviter = me.userId ? await findUser(services, { userId: me.userId }) : null
      const mailFailure = await mailInvitation(services, {
        to: input.email,
        inviter: inviter?.name ?? workspace.name,
        workspace: workspace.name,
        link: made.link,
        language: inviter?.language ?? 'en',
      })
      return { ...made, mailed: mailFailure === null, mailFailure }
    }),
    invitations: members.invitations.handler(async ({ context: { tx } }) => ({ items: await listInvitations(tx) })),
    revokeInvitation: members.revokeInvitation.handler(async ({ input, context: { tx } }) => {
      await revokeInvitation(tx, input.invitationId)
      return {}
    }),
    invitation: invited.invitation.handler(({ input, context: { services } }) =>
      describeInvitation(services, input.token),
    ),
    accept: invited.accept.handler(async ({ input, context }) =>
      acceptInvitation(context.services, input.token, (await context.caller())?.userId ?? null, input.account),
    ),
  },
  roles: rolesRouter,
  teams: {
    list: teams.list.handler(async ({ context: { tx } }) => ({ items: await listTeams(tx) })),
    create: teams.create.handler(async ({ input, context: { tx } }) => ({ teamId: await saveTeam(tx, null, input) })),
    update: teams.update.handler(async ({ input: { teamId, ...change }, context: { tx } }) => {
      await saveTeam(tx, teamId, change)
      return {}
    }),
    remove: teams.remove.handler(async ({ input, context: { tx } }) => {
      await removeTeam(tx, input.teamId)
      return {}
    }),
  },
  staffing: staffingRouter,
  shifts: shiftsRouter,
  agreements: agreementsRouter,
  keys: {
    list: keys.list.handler(async ({ context: { tx } }) => ({ items: await listKeys(tx) })),
    create: keys.create.handler(({ input, context: { tx, me } }) => createKey(tx, me, input)),
    revoke: keys.revoke.handler(async ({ input, context: { tx } }) => {
      await revokeKey(tx, input.apiKeyId)
      return {}
    }),
  },
  installation: {
    mail: installation.mail.handler(async ({ context: { services } }) => {
      const settings = await readMailSettings(services)
      if (!settings) return { mail: null }
      const { password, ...mail } = settings
      return { mail: { ...mail, hasPassword: password !== '' } }
    }),
    updateMail: installation.updateMail.handler(async ({ input, context: { services } }) => {
      await writeMailSettings(services, input)
      return {}
    }),
    testMail: installation.testMail.handler(async ({ input, context: { services, user } }) => {
      const found = await findUser(services, user)
      if (!found) throw new Forbidden('people-only')
      return testMailSettings(services, input, found.email, found.language)
    }),
    identityProvider: installation.identityProvider.handler(async ({ context: { services } }) => {
      const redirectUrl = `${services.config.publicUrl}${AUTH_PATH}/callback/${IDENTITY_PROVIDER_ID}`
      const provider = await readIdentityProvider(services)
      if (!provider) return { identityProvider: null, redirectUrl }
      const { clientSecret, discoveryUrl: _, ...rest } = provider
      return { identityProvider: { ...rest, hasSecret: clientSecret !== '' }, redirectUrl }
    }),
    updateIdentityProvider: installation.updateIdentityProvider.handler(
      async ({ input, context: { services, user } }) => {
        const join = input.identityProvider?.joinWorkspaceId
        if (join && !(await membershipsOf(services, user.userId)).some((entry) => entry.workspaceId === join))
          throw new Forbidden('workspace-unknown')
        await writeIdentityProvider(services, input.identityProvider)
        forgetSignIn(services)
        return {}
      },
    ),
  },
}
