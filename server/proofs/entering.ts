import { readWorkspace } from '../accounts/index.ts'
import type { HeardAuthor } from '../connectors/index.ts'
import { type ContactPoint, contactPoint, rememberAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, Upstream } from '../platform/errors.ts'
import type { CustomerContext } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { type Attempt, endAttempt, lockAttempt, requireOpen } from './attempts.ts'
import { fediverseAccount, readSite, withoutWww } from './claims.ts'
import { sentCode, typedCode } from './codes.ts'
import { accountOfDomain, outsideOf } from './domain-handle.ts'
import { lookAtProfile } from './fediverse.ts'
import { readIssuer } from './issuers.ts'
import { joinProven, type Outcome } from './joining.ts'
import { limitLooks, limitTries } from './limits.ts'
import { linksBack, personalAddress } from './links-back.ts'
import { lookAt } from './looking.ts'
import { completeSignIn, signInContext, type UnderWay } from './sign-in.ts'
import { sameText } from './tokens.ts'

const TRIES_MAX = 5

/**
 * A code that was sent. Wrong, too late and used up take the same way and the same time; a try counts although it fails,
 * so it is counted in a transaction of its own.
 */
export async function enterCode(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  { proofId, code }: { proofId: string; code: string },
): Promise<{ outcome: Outcome }> {
  const { workspaceId } = customer
  const target = await inWorkspace(async (tx) => (await lockAttempt(tx, customer, proofId)).network_id)
  await limitTries(services, { workspaceId, clientAddress }, target ?? proofId)
  const now = services.clock.now()
  const right = sameText(typedCode(code), sentCode(services, workspaceId, proofId))
  const counted = await inWorkspace(async (tx) => {
    const attempt = await lockAttempt(tx, customer, proofId)
    const takes = attempt.sending !== null && attempt.state === 'open' && attempt.expires_at > now
    if (!takes) return 'ended'
    if (right) return 'right'
    await countTry(tx, attempt, now)
    return 'wrong'
  })
  if (counted === 'wrong') throw new Invalid('code-wrong')
  if (counted === 'ended') throw new Conflict('proof-ended')
  return inWorkspace(async (tx) => {
    const attempt = await lockAttempt(tx, customer, proofId)
    requireOpen(attempt, now)
    const kind = attempt.way === 'phone-code' ? 'phone' : 'mail'
    const authorId = await contactPoint(tx, { kind, value: attempt.network_id ?? '' }, now)
    return { outcome: await joinProven(services.secrets, tx, attempt, { authorId, evidence: {} }, now) }
  })
}

async function countTry(tx: WorkspaceTransaction, attempt: Attempt, now: Date): Promise<void> {
  const tries = attempt.tries + 1
  await tx.sql
    .updateTable('proof')
    .set({ tries })
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_id', '=', attempt.proof_id)
    .execute()
  if (tries < TRIES_MAX) return
  await endAttempt(tx, attempt.proof_id, 'refused', now)
  tx.record({ type: 'proof.refused', subjects: { proof: attempt.proof_id }, codes: { way: attempt.way, tries } })
}

export type Looked = Outcome | 'not-linked' | 'unreadable'

/** Asks the customer's page or profile, with no transaction open meanwhile. */
export async function look(context: CustomerContext, { proofId }: { proofId: string }): Promise<{ outcome: Looked }> {
  const { services, clientAddress, customer, inWorkspace } = context
  await limitLooks(services, { workspaceId: customer.workspaceId, clientAddress })
  const { attempt, slug } = await inWorkspace(async (tx) => {
    const held = await lockAttempt(tx, customer, proofId)
    requireOpen(held, services.clock.now())
    return { attempt: held, slug: (await readWorkspace(tx)).slug }
  })
  const address = personalAddress(services, slug, customer.workspaceId, proofId)
  const seen = await lookFor(context, attempt, address)
  if (typeof seen === 'string') return { outcome: seen }
  return inWorkspace(async (tx) => {
    const now = services.clock.now()
    const held = await lockAttempt(tx, customer, proofId)
    requireOpen(held, now)
    const authorId =
      'site' in seen ? await contactPoint(tx, { kind: 'site', value: seen.site }, now) : await authorOf(tx, seen, now)
    return { outcome: await joinProven(services.secrets, tx, held, { authorId, evidence: {} }, now) }
  })
}

type Found = { site: string } | HeardAuthor

async function lookFor(
  { services }: CustomerContext,
  attempt: Attempt,
  address: string,
): Promise<Found | 'not-linked' | 'unreadable'> {
  if (attempt.way === 'site-link') return lookAtSite(services, attempt.handle ?? '', address)
  if (attempt.way === 'profile-link') {
    const seen = await lookAtProfile(services, fediverseAccount(attempt.handle ?? ''), address)
    return seen.found === 'linked' ? seen.author : seen.found
  }
  if (attempt.way === 'domain-handle')
    return (await accountOfDomain(outsideOf(services), attempt.handle ?? '')) ?? 'not-linked'
  throw new Invalid('proof-needs-no-look')
}

/** A redirect to another host proves that host: whoever finds an open redirect on a site does not own it. */
async function lookAtSite(
  services: Services,
  written: string,
  address: string,
): Promise<Found | 'not-linked' | 'unreadable'> {
  const site = readSite(written)
  const seen = await lookAt(services, site.address, 'text/html, application/xhtml+xml;q=0.9')
  if (seen?.status !== 200) return 'unreadable'
  if (withoutWww(new URL(seen.url).host) !== site.host) return 'unreadable'
  return linksBack(seen.text, address, seen.url) ? { site: site.address } : 'not-linked'
}

/** The provider's answer belongs to the attempt of this visit whose state it carries, and to no other. */
export async function signedIn(
  { services, clientAddress, customer, inWorkspace }: CustomerContext,
  { workspace, answer }: { workspace: string; answer: string },
): Promise<{ outcome: Outcome }> {
  const { workspaceId, customerSessionId } = customer
  await limitLooks(services, { workspaceId, clientAddress })
  const given = new URLSearchParams(answer)
  const found = await inWorkspace(async (tx) => {
    const rows = await tx.sql
      .selectFrom('proof')
      .select(['proof_id', 'sealed', 'proof_issuer_id', 'expires_at'])
      .where('workspace_id', '=', workspaceId)
      .where('customer_session_id', '=', customerSessionId)
      .where('way', '=', 'sign-in')
      .where('state', '=', 'open')
      .orderBy('began_at', 'desc')
      .limit(SIGN_INS_MAX)
      .execute()
    for (const row of rows) {
      if (!row.sealed || !row.proof_issuer_id || row.expires_at <= services.clock.now()) continue
      const sealed = services.secrets.decrypt(row.sealed, signInContext(workspaceId, row.proof_id))
      const underWay = JSON.parse(sealed) as UnderWay
      if (sameText(given.get('state') ?? '', underWay.state))
        return { proofId: row.proof_id, underWay, issuer: await readIssuer(services, tx, row.proof_issuer_id) }
    }
    return null
  })
  if (!found) throw new Conflict('proof-ended')
  // Used up before it is exchanged: an answer that is sent twice is exchanged once.
  await inWorkspace(async (tx) => {
    const attempt = await lockAttempt(tx, customer, found.proofId)
    requireOpen(attempt, services.clock.now())
    if (!attempt.sealed) throw new Conflict('proof-ended')
    await tx.sql
      .updateTable('proof')
      .set({ sealed: null })
      .where('workspace_id', '=', workspaceId)
      .where('proof_id', '=', found.proofId)
      .execute()
  })
  const person = await completeSignIn(services, found.issuer, workspace, found.underWay, given).catch(async (error) => {
    if (error instanceof Upstream)
      await inWorkspace((tx) => endAttempt(tx, found.proofId, 'refused', services.clock.now()))
    throw error
  })
  return inWorkspace(async (tx) => {
    const now = services.clock.now()
    const attempt = await lockAttempt(tx, customer, found.proofId)
    requireOpen(attempt, now)
    const evidence = { issuer: found.issuer.issuerId }
    const pointOf = (point: ContactPoint) => contactPoint(tx, point, now)
    const number = await pointOf({ kind: 'customer-number', scope: found.issuer.system, value: person.subject })
    const outcome = await joinProven(services.secrets, tx, attempt, { authorId: number, evidence }, now)
    if (outcome === 'proven' && person.mail) {
      const authorId = await pointOf({ kind: 'mail', value: person.mail })
      await joinProven(services.secrets, tx, attempt, { authorId, evidence, besides: true }, now)
    }
    return { outcome }
  })
}
const SIGN_INS_MAX = 5

export async function giveUp(
  { services, customer, inWorkspace }: CustomerContext,
  { proofId }: { proofId: string },
): Promise<void> {
  await inWorkspace(async (tx) => {
    const attempt = await lockAttempt(tx, customer, proofId)
    if (attempt.state === 'open') await endAttempt(tx, proofId, 'given-up', services.clock.now())
  })
}

async function authorOf(tx: WorkspaceTransaction, account: HeardAuthor, now: Date): Promise<string> {
  const { byKey } = await rememberAuthors(tx, [account], now)
  const [known] = byKey.values()
  if (!known) throw new Error('an author was not remembered')
  return known.authorId
}
