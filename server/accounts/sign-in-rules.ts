import type { BetterAuthOptions, BetterAuthRateLimitStorage } from 'better-auth'
import { APIError } from 'better-auth/api'
import { LANGUAGES } from '../../contract/accounts-fields.ts'
import { addressBlock, type RateLimit } from '../platform/rate-limit.ts'
import type { Services } from '../platform/services.ts'
import { takeSharedToken } from '../platform/shared-rate-limit.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { isInvited, joinAfterSignIn } from './invitations.ts'
import { mailPasswordReset } from './mail-settings.ts'
import { type Endpoint, noteProof, secondFactorOf } from './second-factor.ts'
import { findUser } from './users.ts'

/** From one address. Much more is allowed from all addresses together, so that a stranger cannot lock somebody out. */
const ATTEMPTS_PER_ACCOUNT = { capacity: 10, perSeconds: 600 }
const ATTEMPTS_PER_ACCOUNT_FROM_ALL = { capacity: 100, perSeconds: 600 }
const RESET_MAILS_PER_ACCOUNT = { capacity: 3, perSeconds: 3600 }

/** What has to hold when the library writes: who gets an account, what of the provider is kept, which workspaces are joined. */
export const recordRules = (
  services: Services,
  provider: IdentityProvider | null,
): NonNullable<BetterAuthOptions['databaseHooks']> => ({
  user: {
    create: {
      before: async (user, endpoint) => {
        await refuseStrangers(services, provider, user)
        return { data: { ...user, language: languageOf(endpoint?.headers?.get('accept-language') ?? '') } }
      },
    },
  },
  // Who somebody is, and how they proved it, was all that we asked of the provider: its tokens are not kept.
  account: {
    create: { before: async (account, endpoint) => ({ data: withoutTokens(account, provider, endpoint) }) },
    update: { before: async (account, endpoint) => ({ data: withoutTokens(account, provider, endpoint) }) },
  },
  session: {
    create: {
      before: async (session, endpoint) => ({
        data: { ...session, secondFactor: secondFactorOf(session, endpoint) },
      }),
      after: async (session, context) => joinThroughProvider(services, provider, session.userId, context?.path),
    },
  },
})

/** The first one of ours that the browser of a new person asks for. */
const languageOf = (accepted: string): (typeof LANGUAGES)[number] =>
  accepted
    .split(',')
    .map((tag) => LANGUAGES.find((language) => tag.trim().toLowerCase().startsWith(language)))
    .find((language) => language !== undefined) ?? 'en'

function withoutTokens<Account extends object>(
  account: Account,
  provider: IdentityProvider | null,
  endpoint: Endpoint | null,
) {
  if ('idToken' in account) noteProof(provider, account.idToken, endpoint)
  return {
    ...account,
    ...('idToken' in account && { idToken: null }),
    ...('accessToken' in account && { accessToken: null }),
    ...('refreshToken' in account && { refreshToken: null }),
  }
}

/** Fails silently towards the person who asked, so that nobody learns which addresses are known here. */
export async function mailReset(services: Services, user: { id: string; email: string }, url: string): Promise<void> {
  try {
    const known = await findUser(services, { userId: user.id })
    const failure = await mailPasswordReset(services, { to: user.email, link: url, language: known?.language ?? 'en' })
    if (failure) services.log.warn({ failure }, 'a password reset could not be mailed')
  } catch (error) {
    services.log.error({ err: error }, 'a password reset could not be mailed')
  }
}

/** Guessing one account's password from many addresses is slowed as well, and nobody's mailbox is filled with links. */
export async function limitAttempts(
  services: Services,
  path: string,
  body: unknown,
  clientAddress: string,
): Promise<void> {
  const email =
    typeof body === 'object' && body !== null && 'email' in body ? String(body.email).toLowerCase().slice(0, 254) : ''
  const take = (key: string, limit: RateLimit) => takeSharedToken(services, key, limit)
  const allowed =
    path === '/sign-in/email'
      ? (await take(`sign-in:${addressBlock(clientAddress)}:${email}`, ATTEMPTS_PER_ACCOUNT)) &&
        (await take(`sign-in:${email}`, ATTEMPTS_PER_ACCOUNT_FROM_ALL))
      : path !== '/request-password-reset' || (await take(`reset:${email}`, RESET_MAILS_PER_ACCOUNT))
  if (!allowed) throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Too many attempts' })
}

/** The library counts requests per address and path; where it counts is ours, so that all processes count together. */
export const sharedCount = (services: Services): BetterAuthRateLimitStorage => ({
  consume: async (key, { max, window }) => {
    const allowed = await takeSharedToken(services, `library:${key}`, { capacity: max, perSeconds: window })
    return { allowed, retryAfter: allowed ? null : Math.ceil(window / max) }
  },
})

/**
 * Accounts begin by set-up or invitation. The identity provider may bring invited people, or those whom it lets join;
 * an address that it does not vouch for is anybody's claim and brings nobody.
 */
async function refuseStrangers(
  services: Services,
  provider: IdentityProvider | null,
  user: { email: string; emailVerified: boolean },
): Promise<void> {
  if (provider && !user.emailVerified && !provider.vouchesForAddresses)
    throw new APIError('FORBIDDEN', {
      code: 'ADDRESS_NOT_VERIFIED',
      message: 'The provider does not vouch for this address',
    })
  if (provider?.joinWorkspaceId || (await isInvited(services, user.email))) return
  throw new APIError('FORBIDDEN', { code: 'NOT_INVITED', message: 'Nobody has invited this address' })
}

async function joinThroughProvider(
  services: Services,
  provider: IdentityProvider | null,
  userId: string,
  path: string | undefined,
): Promise<void> {
  if (!provider || !path?.includes('/callback')) return
  const user = await findUser(services, { userId })
  // An invitation is for who reads the mail of its address.
  if (user && (user.emailVerified || provider.vouchesForAddresses))
    await joinAfterSignIn(
      services,
      user,
      provider.joinWorkspaceId ? { workspaceId: provider.joinWorkspaceId, role: provider.joinRole } : null,
    )
}
