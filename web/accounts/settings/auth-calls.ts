import { ORPCError } from '@orpc/client'

/** The sign-in library's own routes. Its refusals become failures like all others: `errors.<code>` in our texts. */
const TIMEOUT_MS = 20_000
const CODES: Record<string, string> = {
  INVALID_PASSWORD: 'wrong-password',
  INVALID_CODE: 'wrong-code',
  TOTP_ALREADY_ENABLED: 'two-factor-on-already',
  TWO_FACTOR_NOT_ENABLED: 'two-factor-off-already',
  SESSION_NOT_FRESH: 'sign-in-too-old',
  PASSWORD_TOO_SHORT: 'password-short',
  PASSWORD_TOO_LONG: 'password-long',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'no-password-here',
  PREVIOUSLY_REGISTERED: 'passkey-known',
  CHALLENGE_NOT_FOUND: 'passkey-too-late',
  FAILED_TO_VERIFY_REGISTRATION: 'passkey-refused',
  USER_NOT_VERIFIED: 'passkey-unverified',
  PASSKEY_NOT_FOUND: 'not-found',
}

async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`/api/auth${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
  const body = (await response.json().catch(() => null)) as { code?: string } | null
  if (response.ok) return body as Answer
  const code = CODES[body?.code ?? '']
  throw new ORPCError('SIGN_IN', {
    // A wrong code answers 401 here, which elsewhere means that the session has ended.
    status: code ? 400 : response.status,
    message: body?.code ?? `HTTP ${response.status}`,
    ...(code ? { data: { code, params: {} } } : {}),
  })
}

const post = <Answer>(path: string, body: object) =>
  ask<Answer>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

export interface SignInSession {
  id: string
  token: string
  createdAt: string
  updatedAt: string
  expiresAt: string
  ipAddress: string | null
  userAgent: string | null
}

export interface Passkey {
  id: string
  name: string | null
  createdAt: string
  backedUp: boolean
}

export interface TwoFactorStart {
  totpURI: string
  backupCodes: string[]
}

export const changePassword = (currentPassword: string, newPassword: string) =>
  post('/change-password', { currentPassword, newPassword, revokeOtherSessions: true })

/** Whether this account has a password here, or only the identity provider's. */
export const hasPassword = async () =>
  (await ask<{ providerId: string }[]>('/list-accounts')).some(({ providerId }) => providerId === 'credential')

/** A null password: the account has none. */
const withPassword = (password: string | null) => (password === null ? {} : { password })
export const startTwoFactor = (password: string | null) =>
  post<TwoFactorStart>('/two-factor/enable', { ...withPassword(password), method: 'totp' })
export const confirmTwoFactor = (code: string) => post('/two-factor/verify-totp', { code })
export const stopTwoFactor = (password: string | null) => post('/two-factor/disable', withPassword(password))
export const newBackupCodes = async (password: string | null) =>
  (await post<{ backupCodes: string[] }>('/two-factor/generate-backup-codes', withPassword(password))).backupCodes

/** The current session first, then by last use. */
export async function listSessions(): Promise<(SignInSession & { current: boolean })[]> {
  const [all, mine] = await Promise.all([
    ask<SignInSession[]>('/list-sessions'),
    ask<{ session: { id: string } } | null>('/get-session'),
  ])
  return all
    .map((session) => ({ ...session, current: session.id === mine?.session.id }))
    .sort((one, other) => Number(other.current) - Number(one.current) || (one.updatedAt < other.updatedAt ? 1 : -1))
}
export const revokeSession = (token: string) => post('/revoke-session', { token })
export const revokeOtherSessions = () => post('/revoke-other-sessions', {})

export const listPasskeys = () => ask<Passkey[]>('/passkey/list-user-passkeys')
export const deletePasskey = (id: string) => post('/passkey/delete-passkey', { id })

/** Asks the device to make a passkey. The library is loaded only then. */
export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await ask<never>(`/passkey/generate-register-options?${new URLSearchParams({ name })}`)
  const { startRegistration } = await import('@simplewebauthn/browser')
  const response = await startRegistration({ optionsJSON }).catch((error: Error) => {
    const code = error.name === 'InvalidStateError' ? 'passkey-known' : 'passkey-cancelled'
    throw new ORPCError('SIGN_IN', { status: 400, data: { code, params: {} } })
  })
  await post('/passkey/verify-registration', { response, name })
}
