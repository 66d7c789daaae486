/** The few requests that come before anyone is known. Plain fetch: this page stays light. */
import type { Answer, Refusal } from '../plain/answer.ts'

const TIMEOUT_MS = 20_000
const KNOWN_AUTH_CODES: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-password',
  TOO_MANY_ATTEMPTS: 'too-many',
  INVALID_CODE: 'wrong-code',
  INVALID_TWO_FACTOR_COOKIE: 'code-expired',
  INVALID_BACKUP_CODE: 'wrong-code',
  INVALID_TOKEN: 'link-expired',
  NOT_INVITED: 'not-invited',
  AUTH_CANCELLED: 'passkey-cancelled',
  PASSKEY_NOT_FOUND: 'passkey-unknown',
  USER_NOT_VERIFIED: 'passkey-unverified',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'code-expired',
  ACCOUNT_TEMPORARILY_LOCKED: 'code-locked',
  PASSWORD_TOO_SHORT: 'password-short',
}

async function ask<T>(address: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(address, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    const body = await response.json().catch(() => null)
    return response.ok ? { ok: true, value: body as T } : refusal(response.status, body)
  } catch {
    return { ok: false, code: 'unreachable', params: {} }
  }
}

function refusal(status: number, body: unknown): Refusal {
  const { code, data } = (body ?? {}) as { code?: string; data?: { code?: string; params?: Refusal['params'] } }
  if (data?.code) return { ok: false, code: data.code, params: data.params ?? {} }
  if (status === 429) return { ok: false, code: 'too-many', params: {} }
  return { ok: false, code: KNOWN_AUTH_CODES[code ?? ''] ?? (status >= 500 ? 'unreachable' : 'refused'), params: {} }
}

const post = <T>(address: string, body: unknown): Promise<Answer<T>> =>
  ask(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
const get = <T>(address: string): Promise<Answer<T>> => ask(address, {})

export interface Status {
  needsSetUp: boolean
  identityProvider: { name: string } | null
}
export interface Account {
  name: string
  email: string
  password: string
  language: string
}

export const readStatus = () => get<Status>('/api/v1/first-run')
export const setUp = (token: string, account: Account) =>
  post<{ userId: string }>('/api/v1/first-run', { token, ...account })
export const signIn = (email: string, password: string) =>
  post<{ twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', { email, password })
export const sendCode = (code: string, kind: 'totp' | 'backup') =>
  post(kind === 'totp' ? '/api/auth/two-factor/verify-totp' : '/api/auth/two-factor/verify-backup-code', { code })
export const beginProviderSignIn = (next: string) =>
  post<{ url: string }>('/api/auth/sign-in/social', {
    provider: 'oidc',
    callbackURL: next,
    errorCallbackURL: '/sign-in',
  })
export const requestReset = (email: string) =>
  post('/api/auth/request-password-reset', { email, redirectTo: '/reset-password' })
export const resetPassword = (token: string, newPassword: string) =>
  post('/api/auth/reset-password', { token, newPassword })
export const readSession = () => get<{ user: { name: string; email: string } } | null>('/api/auth/get-session')

export interface Invitation {
  workspace: string
  email: string | null
  /** Null: a role of the workspace's own, called `roleName`. */
  role: 'admin' | 'lead' | 'agent' | 'viewer' | null
  roleName: string | null
}
export const readInvitation = (token: string) => get<Invitation>(`/api/v1/invitation?${new URLSearchParams({ token })}`)
export const acceptInvitation = (token: string, account?: Account) =>
  post<{ slug: string }>('/api/v1/invitation', account ? { token, account } : { token })

/** Asks the device for a passkey. The library is loaded only then. */
export async function signInWithPasskey(): Promise<Answer<unknown>> {
  const options = await get<Record<string, unknown>>('/api/auth/passkey/generate-authenticate-options')
  if (!options.ok) return options
  const { startAuthentication } = await import('@simplewebauthn/browser')
  try {
    const response = await startAuthentication({ optionsJSON: options.value as never })
    return await post('/api/auth/passkey/verify-authentication', { response })
  } catch {
    return { ok: false, code: 'passkey-cancelled', params: {} }
  }
}

/** Where to go afterwards: an address of ours, or the start. */
export function nextAddress(search: string, origin = location.origin): string {
  const next = new URLSearchParams(search).get('next') ?? '/'
  // Read as the browser would read it: it drops tabs and line breaks, so that "/\t/elsewhere" leads elsewhere.
  const address = URL.canParse(next, origin) ? new URL(next, origin) : null
  return next.startsWith('/') && address?.origin === origin ? address.pathname + address.search + address.hash : '/'
}
