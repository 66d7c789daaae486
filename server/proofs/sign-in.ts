import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { Invalid, Upstream } from '../platform/errors.ts'
import { fetchOutside, type OutboundOptions, outboundUserAgent } from '../platform/outbound.ts'
import { isAllowedPrivate } from '../platform/outbound-address.ts'
import type { Services } from '../platform/services.ts'
import type { Issuer } from './issuers.ts'

const ANSWER_BYTES_MAX = 256_000
const TIMEOUT_MS = 10_000
const CLAIM_CHARACTERS_MAX = 255

/** What the browser must not know while the customer is away. */
export interface UnderWay {
  state: string
  nonce: string
  verifier: string
}

/** What is taken of all that a provider tells: nothing else is read or kept. */
export interface SignedIn {
  subject: string
  /** Only where the provider calls it verified and the workspace takes it. */
  mail: string | null
}

export const signInContext = (workspaceId: string, proofId: string): string => `sign-in ${workspaceId} ${proofId}`

export const redirectAddress = (services: Services, slug: string): string =>
  `${services.config.publicUrl}/p/${slug}/signed-in`

export async function beginSignIn(
  services: Services,
  issuer: Issuer,
  slug: string,
): Promise<{ address: string; underWay: UnderWay }> {
  const configuration = await configurationOf(services, issuer)
  const underWay = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
  const address = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectAddress(services, slug),
    scope: issuer.takesMail ? 'openid email' : 'openid',
    state: underWay.state,
    nonce: underWay.nonce,
    code_challenge: await calculatePKCECodeChallenge(underWay.verifier),
    code_challenge_method: 'S256',
    // Whoever happens to be signed in on this device is asked, so that nobody proves another one's number by a click.
    prompt: 'login',
  })
  return { address: address.href, underWay }
}

/** Exchanges what the browser brought back. The provider's answer is checked by the library: signature, issuer, audience, nonce, time. */
export async function completeSignIn(
  services: Services,
  issuer: Issuer,
  slug: string,
  { state, nonce, verifier }: UnderWay,
  answer: URLSearchParams,
): Promise<SignedIn> {
  const configuration = await configurationOf(services, issuer)
  const current = new URL(redirectAddress(services, slug))
  current.search = answer.toString()
  try {
    const tokens = await authorizationCodeGrant(configuration, current, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw new Upstream('sign-in-refused')
    const told =
      issuer.takesMail && claims.email === undefined && configuration.serverMetadata().userinfo_endpoint
        ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : claims
    return { subject: readSubject(claims.sub), mail: issuer.takesMail ? verifiedMail({ ...told }) : null }
  } catch (error) {
    if (error instanceof Upstream) throw error
    services.log.warn({ err: error }, 'a customer’s sign-in was not completed')
    throw new Upstream('sign-in-refused')
  }
}

function readSubject(subject: string): string {
  if (subject === '' || subject.length > CLAIM_CHARACTERS_MAX) throw new Upstream('sign-in-refused')
  return subject
}

const verifiedMail = (claims: object & { email?: unknown; email_verified?: unknown }): string | null =>
  claims.email_verified === true && typeof claims.email === 'string' && claims.email.length <= CLAIM_CHARACTERS_MAX
    ? claims.email
    : null

/** Reads the provider's discovery document, so that a typing error is told in the form and not to the customer. */
export async function checkIssuer(services: Services, issuer: string): Promise<void> {
  if (!isSafe(services, issuer)) throw new Invalid('issuer-not-https')
  const { issuer: said } = (
    await configurationOf(services, { issuer, clientId: 'x', clientSecret: '' })
  ).serverMetadata()
  if (said.replace(/\/+$/, '') !== issuer.replace(/\/+$/, '')) throw new Upstream('issuer-other', { issuer: said })
}

const isSafe = (services: Services, issuer: string): boolean =>
  new URL(issuer).protocol === 'https:' || isAllowedPrivate(new URL(issuer), services.config.allowPrivate)

async function configurationOf(
  services: Services,
  { issuer, clientId, clientSecret }: Pick<Issuer, 'issuer' | 'clientId' | 'clientSecret'>,
): Promise<Configuration> {
  if (!isSafe(services, issuer)) throw new Invalid('issuer-not-https')
  const plain = new URL(issuer).protocol !== 'https:'
  // A provider may know us without a secret (public client); PKCE protects the exchange either way.
  const authentication = clientSecret === '' ? None() : ClientSecretPost(clientSecret)
  try {
    return await discovery(new URL(issuer), clientId, undefined, authentication, {
      [customFetch]: guardedFetch(services) as never,
      timeout: TIMEOUT_MS / 1000,
      ...(plain ? { execute: [allowInsecureRequests] } : {}),
    })
  } catch (error) {
    services.log.warn({ err: error, issuer }, 'a provider for customers could not be read')
    throw new Upstream('issuer-unreachable')
  }
}

/** Everything that the library asks goes through the one way out. */
const guardedFetch =
  (services: Services) =>
  async (address: string, init: { method?: string; headers?: Record<string, string>; body?: unknown }) => {
    const body = init.body === undefined || init.body === null ? undefined : String(init.body)
    const answer = await fetchOutside(address, {
      method: (init.method ?? 'GET') as NonNullable<OutboundOptions['method']>,
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(body === undefined ? {} : { body }),
      accept: 'application/json',
      timeoutMs: TIMEOUT_MS,
      bytesMax: ANSWER_BYTES_MAX,
      redirectsMax: 0,
      userAgent: outboundUserAgent(services.config.publicUrl),
      allowPrivate: services.config.allowPrivate,
    })
    if (!answer.ok) throw new Error(`${answer.failure.name}: ${answer.failure.detail}`)
    const { status, headers, body: bytes } = answer.value
    const { 'content-encoding': _decoded, 'content-length': _length, ...rest } = headers
    const empty = status === 204 || status === 304
    return new Response(empty ? null : new Uint8Array(bytes), { status, headers: rest })
  }
