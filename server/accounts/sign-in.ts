import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError, createAuthMiddleware } from 'better-auth/api'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import { newId } from '../platform/ids.ts'
import { takeToken } from '../platform/rate-limit.ts'
import type { Services } from '../platform/services.ts'
import { type IdentityProvider, readIdentityProvider } from './identity-provider.ts'
import { isInvited, joinAfterSignIn } from './invitations.ts'
import { mailPasswordReset } from './mail-settings.ts'
import { confirmAddress, findUser } from './users.ts'

export const AUTH_PATH = '/api/auth'
export const IDENTITY_PROVIDER_ID = 'oidc'
/** The client's address as our server saw it; what a client sends under this name is overwritten. */
export const ADDRESS_HEADER = 'x-rapport-client-address'

const SESSION_SECONDS = 14 * 24 * 3600
/** Its requests are small; what is larger is not read. */
export const SIGN_IN_BODY_BYTES_MAX = 64 * 1024

/** From one address. Much more is allowed from all addresses together, so that a stranger cannot lock somebody out. */
const ATTEMPTS_PER_ACCOUNT = { capacity: 10, perSeconds: 600 }
const ATTEMPTS_PER_ACCOUNT_FROM_ALL = { capacity: 100, perSeconds: 600 }
const RESET_MAILS_PER_ACCOUNT = { capacity: 3, perSeconds: 3600 }
const ATTEMPTS_PER_ADDRESS = { window: 60, max: 30 }
/** The library's routes that no screen of ours needs: names and accounts change through procedures, tokens are nobody's business. */
const NOT_OURS = [
  '/sign-up/email',
  '/update-user',
  '/update-session',
  '/change-email',
  '/send-verification-email',
  '/verify-email',
  '/delete-user',
  '/delete-user/callback',
  '/link-social',
  '/unlink-account',
  '/account-info',
  '/get-access-token',
  '/refresh-token',
  '/two-factor/send-otp',
  '/two-factor/verify-otp',
]
/** How long another process may go on with the sign-in settings that were just changed. */
const SETTINGS_FRESH_MS = 5_000

export type SignIn = ReturnType<typeof createSignIn>

function createSignIn(services: Services, provider: IdentityProvider | null) {
  const { config, database, secrets, log } = services
  const origin = new URL(config.publicUrl)
  return betterAuth({
    appName: 'Rapport',
    baseURL: config.publicUrl,
    basePath: AUTH_PATH,
    secret: secrets.derive('session'),
    database: { db: database.system.withSchema('system'), type: 'postgres' },
    trustedOrigins: [origin.origin],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      // Not waited for: how long a mail takes would tell who has an account here.
      sendResetPassword: async ({ user, url }) => void mailReset(services, user, url),
      // The link was read in the mailbox of that address.
      onPasswordReset: ({ user }) => confirmAddress(services, user.id),
    },
    user: {
      modelName: 'auth_user',
      additionalFields: {
        installationAdmin: { type: 'boolean', input: false, required: false, defaultValue: false },
        language: { type: 'string', input: false, required: false, defaultValue: 'en' },
        timeZone: { type: 'string', input: false, required: false, defaultValue: 'Europe/Berlin' },
        theme: { type: 'string', input: false, required: false, defaultValue: 'system' },
      },
    },
    session: { modelName: 'auth_session', expiresIn: SESSION_SECONDS, updateAge: 24 * 3600 },
    account: {
      modelName: 'auth_account',
      encryptOAuthTokens: true,
      // Otherwise only an address that the provider calls verified leads to an account that is here already.
      accountLinking: { enabled: true, trustedProviders: provider?.vouchesForAddresses ? [IDENTITY_PROVIDER_ID] : [] },
    },
    // Reset links and codes lie there as hashes: who reads the database can use none of them.
    verification: { modelName: 'auth_verification', storeIdentifier: 'hashed' },
    disabledPaths: NOT_OURS,
    rateLimit: {
      enabled: true,
      storage: 'memory',
      ...ATTEMPTS_PER_ADDRESS,
      max: 300,
      customRules: { '/sign-in/*': ATTEMPTS_PER_ADDRESS, '/two-factor/*': ATTEMPTS_PER_ADDRESS },
    },
    telemetry: { enabled: false },
    logger: {
      log: (level, message) =>
        log[level === 'error' ? 'error' : level === 'warn' ? 'warn' : 'debug']({ part: 'sign-in' }, message),
    },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: origin.protocol === 'https:',
      cookiePrefix: 'rapport',
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    hooks: {
      before: createAuthMiddleware(async (context) =>
        limitAttempts(context.path, context.body, context.headers?.get(ADDRESS_HEADER) ?? ''),
      ),
    },
    databaseHooks: {
      user: { create: { before: async (user) => refuseStrangers(services, provider, user) } },
      // Who somebody is was all that we asked of the provider: its tokens are not kept.
      account: {
        create: { before: async (account) => ({ data: withoutTokens(account) }) },
        update: { before: async (account) => ({ data: withoutTokens(account) }) },
      },
      session: {
        create: {
          after: async (session, context) => joinThroughProvider(services, provider, session.userId, context?.path),
        },
      },
    },
    plugins: [
      twoFactor({ issuer: 'Rapport', schema: { twoFactor: { modelName: 'auth_two_factor' } } }),
      passkey({
        rpID: origin.hostname,
        rpName: 'Rapport',
        origin: origin.origin,
        schema: { passkey: { modelName: 'auth_passkey' } },
      }),
      ...(provider ? [providerPlugin(provider)] : []),
    ],
  })
}

const providerPlugin = (provider: IdentityProvider) =>
  genericOAuth({
    config: [
      {
        providerId: IDENTITY_PROVIDER_ID,
        name: provider.name,
        discoveryUrl: provider.discoveryUrl,
        clientId: provider.clientId,
        clientSecret: provider.clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        // Some providers say it as text.
        mapProfileToUser: ({ email_verified: verified }) => ({
          emailVerified: verified === true || verified === 'true',
        }),
      },
    ],
  })

const withoutTokens = <Account extends object>(account: Account) => ({
  ...account,
  ...('idToken' in account && { idToken: null }),
  ...('accessToken' in account && { accessToken: null }),
  ...('refreshToken' in account && { refreshToken: null }),
})

/** Fails silently towards the person who asked, so that nobody learns which addresses are known here. */
async function mailReset(services: Services, user: { id: string; email: string }, url: string): Promise<void> {
  try {
    const known = await findUser(services, { userId: user.id })
    const failure = await mailPasswordReset(services, { to: user.email, link: url, language: known?.language ?? 'en' })
    if (failure) services.log.warn({ failure }, 'a password reset could not be mailed')
  } catch (error) {
    services.log.error({ err: error }, 'a password reset could not be mailed')
  }
}

/** Guessing one account's password from many addresses is slowed as well, and nobody's mailbox is filled with links. */
function limitAttempts(path: string, body: unknown, clientAddress: string): void {
  const email =
    typeof body === 'object' && body !== null && 'email' in body ? String(body.email).toLowerCase().slice(0, 254) : ''
  const allowed =
    path === '/sign-in/email'
      ? takeToken(`sign-in:${clientAddress}:${email}`, ATTEMPTS_PER_ACCOUNT) &&
        takeToken(`sign-in:${email}`, ATTEMPTS_PER_ACCOUNT_FROM_ALL)
      : path !== '/request-password-reset' || takeToken(`reset:${email}`, RESET_MAILS_PER_ACCOUNT)
  if (!allowed) throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Too many attempts' })
}

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

interface Held {
  signIn: SignIn
  fingerprint: string
  checkedAt: number
}

const held = new WeakMap<Services, Held>()

/** The sign-in library, made anew when the identity provider's settings change (in this process at once, in others soon). */
export async function signInOf(services: Services): Promise<SignIn> {
  const present = held.get(services)
  const now = services.clock.now().getTime()
  if (present && now - present.checkedAt < SETTINGS_FRESH_MS) return present.signIn
  const provider = await readIdentityProvider(services)
  const fingerprint = JSON.stringify(provider)
  const signIn = present?.fingerprint === fingerprint ? present.signIn : createSignIn(services, provider)
  held.set(services, { signIn, fingerprint, checkedAt: now })
  return signIn
}

export const forgetSignIn = (services: Services): void => void held.delete(services)
