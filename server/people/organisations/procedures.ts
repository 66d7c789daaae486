import { people as contract } from '../../../contract/people.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { claimAccount, withdrawClaim } from './accounts.ts'
import { addMembership, updateMembership, withdrawMembership } from './memberships.ts'
import { mergeOrganisations, undoMerge } from './merging.ts'
import { addKey, createOrganisation, removeKey, updateOrganisation } from './organisations.ts'
import { answerProposal } from './proposals.ts'
import { listOrganisations, organisationsOfPerson, readOrganisation } from './reading.ts'

const { organisations } = implementer<WorkspaceContext>()({ organisations: contract.organisations })

/** Organisations, who belongs to them and who speaks for them. */
export const organisationProcedures = {
  organisations: {
    list: organisations.list.handler(({ input, context: { tx } }) => listOrganisations(tx, input)),
    get: organisations.get.handler(({ input, context: { tx } }) => readOrganisation(tx, input.organisationId)),
    create: organisations.create.handler(async ({ input, context: { tx, services } }) => ({
      organisationId: await createOrganisation(tx, input.name, services.clock.now()),
    })),
    update: organisations.update.handler(async ({ input: { organisationId, ...change }, context: { tx } }) => {
      await updateOrganisation(tx, organisationId, change)
      return {}
    }),
    addKey: organisations.addKey.handler(async ({ input: { organisationId, ...key }, context: { tx, services } }) => {
      await addKey(tx, organisationId, key, { at: services.clock.now(), secrets: services.secrets })
      return {}
    }),
    removeKey: organisations.removeKey.handler(async ({ input: { organisationId, ...key }, context: { tx } }) => {
      await removeKey(tx, organisationId, key)
      return {}
    }),
    merge: organisations.merge.handler(({ input, context: { tx, services } }) =>
      mergeOrganisations(tx, input, services.clock.now()),
    ),
    undoMerge: organisations.undoMerge.handler(async ({ input, context: { tx, services } }) => {
      await undoMerge(tx, input.mergeId, input.reason, services.clock.now())
      return {}
    }),
    addMember: organisations.addMember.handler(
      async ({ input: { personId, reason, ...member }, context: { tx, services } }) => ({
        membershipId: await addMembership(
          tx,
          { ...member, subject: { personId }, evidence: reason ? { reason } : {} },
          services.clock.now(),
        ),
      }),
    ),
    updateMember: organisations.updateMember.handler(async ({ input, context: { tx } }) => {
      await updateMembership(tx, input)
      return {}
    }),
    withdrawMember: organisations.withdrawMember.handler(async ({ input, context: { tx, services } }) => {
      await withdrawMembership(tx, input.membershipId, input.reason, services.clock.now())
      return {}
    }),
    claimAccount: organisations.claimAccount.handler(async ({ input, context: { tx, services } }) => ({
      claimId: await claimAccount(tx, input, services.clock.now()),
    })),
    withdrawAccount: organisations.withdrawAccount.handler(async ({ input, context: { tx, services } }) => {
      await withdrawClaim(tx, input.claimId, input.reason, services.clock.now())
      return {}
    }),
    ofPerson: organisations.ofPerson.handler(({ input, context: { tx } }) => organisationsOfPerson(tx, input.personId)),
    answerProposal: organisations.answerProposal.handler(async ({ input, context: { tx, services } }) => {
      await answerProposal(tx, input, services.clock.now())
      return {}
    }),
  },
}
