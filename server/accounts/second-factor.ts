import { passkey } from '@better-auth/passkey'
import type { BetterAuthPlugin } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins'
import { z } from 'zod'
import type { IdentityProvider } from './identity-provider.ts'

/**
 * What a session proved beside its first factor: a code of our own, a passkey (the device has, its lock knows or is), or
 * what the identity provider vouches for. Null: nothing. Why each of them counts: docs/decisions/0010-second-factors.md
 */
export type SecondFactor = 'code' | 'passkey' | 'provider'

const PROVIDER_CALLBACK = '/callback/:id'
/** Setting up or ending a second factor without a password rests on the sign-in alone, which then has to be recent. */
const CHANGES_FACTORS = ['/two-factor/enable', '/two-factor/disable', '/two-factor/generate-backup-codes']
const RECENT_MS = 24 * 3_600_000
/** Authentication method "mfa" of RFC 8176; classes of OpenID EAP, PAPE, REFEDS and Microsoft's directories. */
const METHODS_OF_TWO_FACTORS = ['mfa']
const CLASSES_OF_TWO_FACTORS = [
  'phr',
  'phrh',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'https://refeds.org/profile/mfa',
  'http://schemas.microsoft.com/claims/multipleauthn',
]

/** The request in which something is written, as the library hands it to its hooks. */
export interface Endpoint {
  path?: string
  request?: Request | undefined
  context?: { session?: { session: object } | null }
}

/** Requests whose identity provider proved two factors; the session is made later in the same request. */
const proven = new WeakSet<Request>()

const authentication = z.object({ amr: z.array(z.string()).optional(), acr: z.string().optional() })

/** Reads how the provider authenticated from its id token, whose signature the library has checked before. */
export function noteProof(provider: IdentityProvider | null, idToken: unknown, endpoint: Endpoint | null): void {
  if (!provider || !endpoint?.request) return
  if (provider.vouchesForSecondFactor || isOfTwoFactors(idToken)) proven.add(endpoint.request)
}

function isOfTwoFactors(idToken: unknown): boolean {
  const claims = authentication.safeParse(typeof idToken === 'string' ? claimsOf(idToken) : null)
  if (!claims.success) return false
  const { amr = [], acr = '' } = claims.data
  return amr.some((method) => METHODS_OF_TWO_FACTORS.includes(method)) || CLASSES_OF_TWO_FACTORS.includes(acr)
}

function claimsOf(idToken: string): unknown {
  try {
    return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString())
  } catch {
    return null
  }
}

/** What the session that is being made proves. One that takes another's place keeps what that one had proved. */
export function secondFactorOf(session: object, endpoint: Endpoint | null): SecondFactor | null {
  const path = endpoint?.path ?? ''
  if (path.startsWith('/two-factor/verify-')) return 'code'
  if (path === '/passkey/verify-authentication') return 'passkey'
  if (path === PROVIDER_CALLBACK) return endpoint?.request && proven.has(endpoint.request) ? 'provider' : null
  if (path === '/change-password') return heldBy(endpoint?.context?.session?.session ?? {})
  const held = heldBy(session)
  return path === '/two-factor/disable' && held === 'code' ? null : held
}

const heldBy = (session: object): SecondFactor | null =>
  'secondFactor' in session ? (session.secondFactor as SecondFactor | null) : null

/** A code from an app. Asked for after the password, and after a provider that did not prove two factors itself. */
export function codePlugin() {
  const plugin = twoFactor({
    issuer: 'Rapport',
    allowPasswordless: true,
    schema: { twoFactor: { modelName: 'auth_two_factor' } },
  })
  const [challenge] = plugin.hooks.after
  if (!challenge) throw new Error('the library challenges after the password no longer')
  return { ...plugin, hooks: { after: [challenge, challengeAfterProvider(challenge)] } } as typeof plugin
}

type AfterHook = NonNullable<NonNullable<BetterAuthPlugin['hooks']>['after']>[number]

/** The library's own challenge, answered as a browser needs it that comes back from elsewhere: by the page for the code. */
const challengeAfterProvider = (challenge: AfterHook): AfterHook => ({
  matcher: (context) =>
    context.path === PROVIDER_CALLBACK && heldBy(context.context.newSession?.session ?? {}) === null,
  handler: (async (context: Parameters<AfterHook['handler']>[0] & { context: { returned?: unknown } }) => {
    const { returned } = context.context
    const next = returned instanceof APIError ? (new Headers(returned.headers).get('location') ?? '/') : '/'
    const asked = (await challenge.handler(context)) as unknown as { headers: Headers | null; response?: unknown }
    if (asked.response === undefined) return asked
    const headers = new Headers(asked.headers ?? {})
    headers.set('location', `/sign-in?${new URLSearchParams({ step: 'code', next })}`)
    return { headers, response: new APIError('FOUND', undefined, { location: headers.get('location') ?? '/sign-in' }) }
  }) as unknown as AfterHook['handler'],
})

const refuseUnverified = (userVerified: boolean | undefined) => {
  if (userVerified) return
  throw new APIError('BAD_REQUEST', { code: 'USER_NOT_VERIFIED', message: 'The device did not check who uses it' })
}

/**
 * A passkey counts for two factors, so the device has to check its user each time. It has to be found without a name
 * too: nobody is asked for one before.
 */
export const passkeyPlugin = (origin: URL) =>
  passkey({
    rpID: origin.hostname,
    rpName: 'Rapport',
    origin: origin.origin,
    authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
    registration: {
      afterVerification: async ({ verification }) => refuseUnverified(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: async ({ verification }) => refuseUnverified(verification.authenticationInfo.userVerified),
    },
    schema: { passkey: { modelName: 'auth_passkey' } },
  })

/** The library only prefers it when it asks; what comes back unverified is refused above. */
export const demandVerification = (path: string, options: unknown): unknown =>
  path === '/passkey/generate-authenticate-options' && typeof options === 'object'
    ? { ...options, userVerification: 'required' }
    : undefined

export const changesFactorsWithoutPassword = (path: string, body: unknown): boolean =>
  CHANGES_FACTORS.includes(path) && !(typeof body === 'object' && body !== null && 'password' in body && body.password)

export const refuseOldSession = (createdAt: Date, now: Date): void => {
  if (now.getTime() - createdAt.getTime() < RECENT_MS) return
  throw new APIError('FORBIDDEN', { code: 'SESSION_NOT_FRESH', message: 'Sign in again first' })
}
