import { readWorkspace } from '../accounts/index.ts'
import { contactIdentity, handleKey } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { addJob } from '../platform/jobs.ts'
import type { CustomerContext } from '../platform/procedures.ts'
import { beginAttempt, LINK_HOURS, POSTED_CODE_HOURS, SENT_CODE_MINUTES, SIGN_IN_MINUTES } from './attempts.ts'
import { domainHandle, fediverseAccount, mobileNumber, readSite } from './claims.ts'
import { newPostedCode, postedCodeHash } from './codes.ts'
import { invitedAuthor } from './invited.ts'
import { readIssuer } from './issuers.ts'
import { limitCodes, limitLooks } from './limits.ts'
import { personalAddress } from './links-back.ts'
import { type Agreed, listeningAccounts, requireOffer, statementOf } from './offers.ts'
import { SEND_CODE } from './sending.ts'
import { readSettings } from './settings.ts'
import { beginSignIn, signInContext } from './sign-in.ts'

/** Each way begins with what the customer agreed to; nothing of it says whether anybody knows what they typed. */
type Started = Promise<{ proofId: string }>

export const proveMail = (context: CustomerContext, input: Agreed & { address: string }): Started =>
  sendCodeTo(context, 'mail-code', input, (tx) => contactIdentity(tx, { kind: 'mail', value: input.address }))

export const provePhone = (context: CustomerContext, input: Agreed & { number: string }): Started =>
  sendCodeTo(context, 'phone-code', input, async (tx) => {
    const value = mobileNumber(input.number, (await readSettings(tx))?.phoneCountries ?? [])
    return contactIdentity(tx, { kind: 'phone', value })
  })

async function sendCodeTo(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  way: 'mail-code' | 'phone-code',
  agreed: Agreed,
  identify: (tx: WorkspaceTransaction) => Promise<{ network: string; scope: string; networkId: string }>,
): Started {
  const identity = await inWorkspace(identify)
  await limitCodes(services, { workspaceId: customer.workspaceId, clientAddress }, way, identity.networkId)
  return inWorkspace(async (tx) => {
    await requireOffer(services, tx, way === 'mail-code' ? 'mail' : 'phone')
    const statement = await statementOf(tx, 'consent', agreed)
    const proofId = await beginAttempt(
      tx,
      customer,
      { way, ...identity, sends: true, statement, minutes: SENT_CODE_MINUTES },
      services.clock.now(),
    )
    await addJob(tx, SEND_CODE, { proofId })
    return { proofId }
  })
}

/**
 * A code that the account itself must post to us. The customer names the account first, or the invitation does, so that
 * whoever copies a code that stands in public proves nothing.
 */
export async function proveAccount(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  { network, handle, ...agreed }: Agreed & { network: string; handle: string },
): Promise<{ proofId: string; code: string }> {
  await limitLooks(services, { workspaceId: customer.workspaceId, clientAddress })
  return inWorkspace(async (tx) => {
    await requireOffer(services, tx, 'account')
    const statement = await statementOf(tx, 'consent', agreed)
    const accounts = await listeningAccounts(services, tx)
    const invited = handle === '' ? await invitedAuthor(tx, customer.proofInvitationId) : null
    const named = handle === '' ? null : handleKey(handle.replace(/^@/, ''))
    if (!invited && !named) throw new Invalid('handle-invalid')
    const wanted = invited?.network ?? network
    if (!accounts.some((account) => account.network === wanted)) throw new Invalid('network-not-heard')
    const code = newPostedCode(agreed.language)
    const proofId = await beginAttempt(
      tx,
      customer,
      {
        way: 'reply-code',
        network: wanted,
        handle: named,
        authorId: invited?.authorId ?? null,
        codeHash: postedCodeHash(services, customer.workspaceId, code),
        statement,
        minutes: POSTED_CODE_HOURS * 60,
      },
      services.clock.now(),
    )
    return { proofId, code }
  })
}

export const proveSite = async (context: CustomerContext, input: Agreed & { address: string }) => {
  const { address } = readSite(input.address)
  const { networkId } = await context.inWorkspace((tx) => contactIdentity(tx, { kind: 'site', value: address }))
  return awaitLink(context, 'site-link', { network: 'site', handle: address, networkId }, input)
}

export const proveProfile = (context: CustomerContext, input: Agreed & { account: string }) => {
  const { user, host } = fediverseAccount(input.account)
  return awaitLink(context, 'profile-link', { network: 'mastodon', handle: `${user}@${host}` }, input)
}

async function awaitLink(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  way: 'site-link' | 'profile-link',
  identity: { network: string; handle: string; networkId?: string },
  agreed: Agreed,
): Promise<{ proofId: string; place: string }> {
  await limitLooks(services, { workspaceId: customer.workspaceId, clientAddress })
  return inWorkspace(async (tx) => {
    await requireOffer(services, tx, 'site')
    const statement = await statementOf(tx, 'consent', agreed)
    const attempt = { way, ...identity, statement, minutes: LINK_HOURS * 60 }
    const proofId = await beginAttempt(tx, customer, attempt, services.clock.now())
    const { slug } = await readWorkspace(tx)
    return { proofId, place: personalAddress(services, slug, tx.workspaceId, proofId) }
  })
}

/** The site of the domain must be proven already: the handle alone says only that it exists. */
export async function proveDomainHandle(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  { handle: written, ...agreed }: Agreed & { handle: string },
): Started {
  const handle = domainHandle(written)
  await limitLooks(services, { workspaceId: customer.workspaceId, clientAddress })
  return inWorkspace(async (tx) => {
    await requireOffer(services, tx, 'site')
    const statement = await statementOf(tx, 'consent', agreed)
    await requireProvenSite(tx, customer.customerSessionId, handle)
    const proofId = await beginAttempt(
      tx,
      customer,
      { way: 'domain-handle', network: 'bluesky', handle, statement, minutes: LINK_HOURS * 60 },
      services.clock.now(),
    )
    return { proofId }
  })
}

/** In this very visit: whoever owned a domain last year need not own it today. */
async function requireProvenSite(tx: WorkspaceTransaction, customerSessionId: string, host: string): Promise<void> {
  const proven = await tx.sql
    .selectFrom('proof')
    .select('proof_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .where('way', '=', 'site-link')
    .where('handle', 'in', [`https://${host}/`, `https://www.${host}/`])
    .where('state', '=', 'proven')
    .executeTakeFirst()
  if (!proven) throw new Invalid('site-first', { site: host })
}

export async function proveBySignIn(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  { issuerId, workspace, ...agreed }: Agreed & { issuerId: string; workspace: string },
): Promise<{ proofId: string; address: string }> {
  await limitLooks(services, { workspaceId: customer.workspaceId, clientAddress })
  const issuer = await inWorkspace(async (tx) => {
    await requireOffer(services, tx, 'sign-in')
    return readIssuer(services, tx, issuerId)
  })
  const { address, underWay } = await beginSignIn(services, issuer, workspace)
  const proofId = newId()
  await inWorkspace(async (tx) => {
    const statement = await statementOf(tx, 'consent', agreed)
    const sealed = services.secrets.encrypt(JSON.stringify(underWay), signInContext(customer.workspaceId, proofId))
    const identity = { network: 'customer-number', scope: issuer.system }
    const attempt = { way: 'sign-in', ...identity, issuerId, sealed, statement, minutes: SIGN_IN_MINUTES } as const
    await beginAttempt(tx, customer, attempt, services.clock.now(), proofId)
  })
  return { proofId, address }
}
