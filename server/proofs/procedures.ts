import { proofs as contract } from '../../contract/proofs.ts'
import { readMailSettings, readWorkspace } from '../accounts/index.ts'
import {
  type CustomerContext,
  implementer,
  type ReachingContext,
  type RequestContext,
  type WorkspaceContext,
} from '../platform/procedures.ts'
import { askForData } from './asking-for-data.ts'
import {
  proveAccount,
  proveBySignIn,
  proveDomainHandle,
  proveMail,
  provePhone,
  proveProfile,
  proveSite,
} from './beginning.ts'
import { copyOfPage, cutConnection } from './connections.ts'
import { enterCode, giveUp, look, signedIn } from './entering.ts'
import { invitationsOf, invite, revoke } from './invitations.ts'
import { listIssuers, readIssuer, removeIssuer, requireSameProvider, saveIssuer } from './issuers.ts'
import { describePortal } from './offers.ts'
import { orderCopy, takeCopy } from './own-copy.ts'
import { readPage } from './page.ts'
import { countQuestions, decide, listQuestions } from './questions.ts'
import { readSettings, writeSettings } from './settings.ts'
import { checkIssuer, redirectAddress } from './sign-in.ts'
import { ourTexts } from './texts.ts'
import { beginVisit, endVisit } from './visits.ts'

const open = implementer<RequestContext>()({ portal: contract.portal }).portal
const own = implementer<CustomerContext>()({ portal: contract.portal }).portal
const { settings, invitations, questions } = implementer<WorkspaceContext>()(contract)
const { settings: reaching } = implementer<ReachingContext>()({ settings: contract.settings })

const portal = {
  describe: open.describe.handler(({ input, context: { services } }) =>
    describePortal(services, input.workspace, input.language),
  ),
  enter: open.enter.handler(async ({ input, context: { services, clientAddress, answerHeaders } }) => {
    const { cookie } = await beginVisit(services, { slug: input.workspace, token: input.token, clientAddress })
    answerHeaders.append('set-cookie', cookie)
    return {}
  }),
  leave: own.leave.handler(async ({ input, context: { services, customer, inWorkspace, answerHeaders } }) => {
    const ended = await inWorkspace((tx) => endVisit(services, tx, customer.customerSessionId, input.workspace))
    answerHeaders.append('set-cookie', ended.cookie)
    return {}
  }),
  page: own.page.handler(({ context }) => readPage(context)),
  proveMail: own.proveMail.handler(({ input, context }) => proveMail(context, input)),
  provePhone: own.provePhone.handler(({ input, context }) => provePhone(context, input)),
  proveAccount: own.proveAccount.handler(({ input, context }) => proveAccount(context, input)),
  proveSite: own.proveSite.handler(({ input, context }) => proveSite(context, input)),
  proveProfile: own.proveProfile.handler(({ input, context }) => proveProfile(context, input)),
  proveDomainHandle: own.proveDomainHandle.handler(({ input, context }) => proveDomainHandle(context, input)),
  proveBySignIn: own.proveBySignIn.handler(({ input, context }) => proveBySignIn(context, input)),
  enterCode: own.enterCode.handler(({ input, context }) => enterCode(context, input)),
  look: own.look.handler(({ input, context }) => look(context, input)),
  signedIn: own.signedIn.handler(({ input, context }) => signedIn(context, input)),
  giveUp: own.giveUp.handler(async ({ input, context }) => {
    await giveUp(context, input)
    return {}
  }),
  cut: own.cut.handler(async ({ input, context }) => {
    await cutConnection(context, input)
    return {}
  }),
  download: own.download.handler(({ context }) => copyOfPage(context)),
  orderCopy: own.orderCopy.handler(async ({ input, context }) => {
    await orderCopy(context, input)
    return {}
  }),
  takeCopy: own.takeCopy.handler(({ context }) => takeCopy(context)),
  askAccess: own.askAccess.handler(async ({ input, context }) => {
    await askForData(context, 'access', input)
    return {}
  }),
  askErasure: own.askErasure.handler(async ({ input, context }) => {
    await askForData(context, 'erasure', input)
    return {}
  }),
}

export const proofsRouter = {
  portal,
  settings: {
    get: settings.get.handler(async ({ context: { tx, services } }) => {
      const { slug } = await readWorkspace(tx)
      const stored = await readSettings(tx)
      const { hasSecret = false, ...rest } = stored ?? {}
      return {
        settings: stored ? { ...(rest as typeof stored), hasGatewaySecret: hasSecret } : null,
        issuers: await listIssuers(tx),
        page: `${services.config.publicUrl}/p/${slug}/connections`,
        redirectAddress: redirectAddress(services, slug),
        texts: ourTexts,
        mailIsSet: (await readMailSettings(services)) !== null,
      }
    }),
    update: settings.update.handler(async ({ input, context: { tx, services } }) => {
      await writeSettings(services, tx, input)
      return {}
    }),
    addIssuer: reaching.addIssuer.handler(async ({ input, context: { services, inWorkspace } }) => {
      await checkIssuer(services, input.issuer)
      return { issuerId: await inWorkspace((tx) => saveIssuer(services, tx, null, input)) }
    }),
    updateIssuer: reaching.updateIssuer.handler(
      async ({ input: { issuerId, ...input }, context: { services, inWorkspace } }) => {
        // Before the address is asked: it would be asked for nothing.
        requireSameProvider(await inWorkspace((tx) => readIssuer(services, tx, issuerId)), input)
        await checkIssuer(services, input.issuer)
        await inWorkspace((tx) => saveIssuer(services, tx, issuerId, input))
        return {}
      },
    ),
    removeIssuer: settings.removeIssuer.handler(async ({ input, context: { tx, services } }) => {
      await removeIssuer(tx, input.issuerId, services.clock.now())
      return {}
    }),
  },
  invitations: {
    list: invitations.list.handler(({ input, context: { tx, services } }) =>
      invitationsOf(services, tx, input.conversationId),
    ),
    create: invitations.create.handler(({ input, context: { tx, services } }) => invite(services, tx, input)),
    revoke: invitations.revoke.handler(async ({ input, context: { tx, services } }) => {
      await revoke(tx, input.proofInvitationId, services.clock.now())
      return {}
    }),
  },
  questions: {
    count: questions.count.handler(async ({ context: { tx } }) => ({ open: await countQuestions(tx) })),
    list: questions.list.handler(async ({ context: { tx } }) => ({ items: await listQuestions(tx) })),
    decide: questions.decide.handler(async ({ input, context: { tx, services } }) => {
      await decide(tx, input.questionId, input.decision, services.clock.now())
      return {}
    }),
  },
}
