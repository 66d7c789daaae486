import { XRPCError } from '@atproto/api'
import type { Failure, Outcome } from '../connector.ts'

const RATE_LIMIT_WAIT_MIN_MS = 1_000
const RATE_LIMIT_WAIT_MAX_MS = 24 * 3_600_000
const RATE_LIMIT_WAIT_UNKNOWN_MS = 60_000

/** Carries a named failure through code that can only throw (the client library calls our fetch). */
export class FailureError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.detail)
    this.failure = failure
  }
}

/** A session that ended: worth one new sign-in with the app password before a person is asked. */
const SESSION_ERRORS = new Set(['ExpiredToken', 'InvalidToken', 'AuthMissing'])
/** The password, or the account itself: only a person can mend these. */
const SIGN_IN_ERRORS = new Set([
  'AuthenticationRequired',
  'AuthFactorTokenRequired',
  'AccountTakedown',
  'AccountDeactivated',
])
const GONE_ERRORS = new Set(['RecordNotFound', 'NotFound', 'RepoNotFound', 'RepoTakendown', 'RepoDeactivated'])

export const isSessionOver = (error: unknown): boolean =>
  error instanceof XRPCError &&
  (SESSION_ERRORS.has(error.error) || error.status === 401) &&
  !SIGN_IN_ERRORS.has(error.error)

export const isRecordNotFound = (error: unknown): boolean => error instanceof XRPCError && GONE_ERRORS.has(error.error)

/** Runs one piece of work against the network. What the network can be expected to do becomes data, a bug still throws. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return { ok: false, failure }
  }
}

/** Null: not a failure of the network but a bug of ours. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof FailureError) return error.failure
  if (!(error instanceof XRPCError)) return null
  if (error.cause instanceof FailureError) return error.cause.failure
  const detail = `${error.status} ${error.error}`
  if (error.status === 2) return { name: 'malformed', detail }
  if (error.status === 1) return { name: 'unreachable', detail: reasonOf(error) }
  if (error.status === 429) return { name: 'rate-limited', until: waitUntil(error.headers ?? {}), detail }
  if (SIGN_IN_ERRORS.has(error.error) || SESSION_ERRORS.has(error.error) || error.status === 401)
    return { name: 'credentials-expired', detail }
  if (GONE_ERRORS.has(error.error)) return { name: 'gone', detail }
  if (error.status >= 500) return { name: 'upstream', detail }
  return { name: 'refused', detail: `${detail}: ${error.message}`.slice(0, 300) }
}

/** RateLimit-Reset is in epoch seconds, Retry-After in seconds or a date. Both are claims: clamped. */
export function waitUntil(headers: Record<string, string | undefined>, now = Date.now()): Date {
  const reset = Number(headers['ratelimit-reset']) * 1_000
  const retryAfter = headers['retry-after'] ?? ''
  const retryAt = /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * 1_000 : Date.parse(retryAfter)
  const claimed = [retryAt, reset].find((time) => Number.isFinite(time) && time > 0) ?? now + RATE_LIMIT_WAIT_UNKNOWN_MS
  return new Date(Math.min(Math.max(claimed, now + RATE_LIMIT_WAIT_MIN_MS), now + RATE_LIMIT_WAIT_MAX_MS))
}

function reasonOf(error: XRPCError): string {
  const cause = error.cause
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  return (code || error.message).slice(0, 200)
}
