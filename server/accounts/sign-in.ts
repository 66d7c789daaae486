import { betterAuth } from 'better-auth'
import { createAuthMiddleware, getSessionFromCtx } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { type IdentityProvider, readIdentityProvider } from './identity-provider.ts'
import {
  changesFactorsWithoutPassword,
  codePlugin,
  demandVerification,
  passkeyPlugin,
  refuseOldSession,
} from './second-factor.ts'
import { limitAttempts, mailReset, recordRules, sharedCount } from './sign-in-rules.ts'
import { confirmAddress } from './users.ts'

export const AUTH_PATH = '/api/auth'
export const IDENTITY_PROVIDER_ID = 'oidc'
/** The client's address as our server saw it; what a client sends under this name is overwritten. */
export const ADDRESS_HEADER = 'x-rapport-client-address'

const SESSION_SECONDS = 14 * 24 * 3600
/** Its requests are small; what is larger is not read. */
export const SIGN_IN_BODY_BYTES_MAX = 64 * 1024

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
/** Columns of ours in the library's table of users; written by us alone. */
const USER_FIELDS = {
  installationAdmin: { type: 'boolean', input: false, required: false, defaultValue: false },
  language: { type: 'string', input: false, required: false, defaultValue: 'en' },
  timeZone: { type: 'string', input: false, required: false, defaultValue: 'Europe/Berlin' },
  theme: { type: 'string', input: false, required: false, defaultValue: 'system' },
} as const
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
    // What goes wrong on the way back from the provider is told on our page, in the reader's language.
    onAPIError: { errorURL: `${config.publicUrl}/sign-in` },
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
      additionalFields: USER_FIELDS,
    },
    session: {
      modelName: 'auth_session',
      expiresIn: SESSION_SECONDS,
      updateAge: 24 * 3600,
      additionalFields: { secondFactor: { type: 'string', input: false, required: false } },
    },
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
      customStorage: sharedCount(services),
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
      before: createAuthMiddleware(async (context) => {
        await limitAttempts(services, context.path, context.body, context.headers?.get(ADDRESS_HEADER) ?? '')
        if (!changesFactorsWithoutPassword(context.path, context.body)) return
        const session = await getSessionFromCtx(context)
        if (session) refuseOldSession(session.session.createdAt, services.clock.now())
      }),
      after: createAuthMiddleware(async (context) => demandVerification(context.path, context.context.returned)),
    },
    databaseHooks: recordRules(services, provider),
    plugins: [codePlugin(), passkeyPlugin(origin), ...(provider ? [providerPlugin(provider)] : [])],
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
        // How somebody signed in there is believed only from a signed token.
        requireIdTokenVerification: true,
        // Some providers say it as text.
        mapProfileToUser: ({ email_verified: verified }) => ({
          emailVerified: verified === true || verified === 'true',
        }),
      },
    ],
  })

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
