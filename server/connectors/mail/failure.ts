import type { Failure } from '../connector.ts'

const DETAIL_CHARACTERS_MAX = 300
const THROTTLE_MS = 60_000

/** Carries a named failure through code that can only throw. */
export class MailFailure extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.detail)
    this.failure = failure
  }
}

/** What mail libraries and sockets throw, as far as this file looks at it. */
interface Thrown extends Error {
  code?: string
  authenticationFailed?: boolean
  responseStatus?: string
  responseText?: string
  response?: unknown
  responseCode?: number
  throttleReset?: number
}

const UNREADABLE = new Set([
  'ParserError',
  'MAX_IMAP_NESTING_REACHED',
  'LineTooLarge',
  'LiteralTooLarge',
  'ResponseTooLarge',
])

/** Null: not a failure of the server but a bug of ours. */
export function failureOf(error: unknown, now: Date): Failure | null {
  if (error instanceof MailFailure) return error.failure
  if (!(error instanceof Error)) return null
  const thrown = error as Thrown
  const words = typeof thrown.response === 'string' ? thrown.response : (thrown.responseText ?? thrown.message)
  const detail = [thrown.code, words].filter(Boolean).join(': ').replace(/\s+/g, ' ').slice(0, DETAIL_CHARACTERS_MAX)
  if (thrown.authenticationFailed || thrown.code === 'EAUTH') return { name: 'credentials-expired', detail }
  if (thrown.code === 'ETHROTTLE')
    return { name: 'rate-limited', until: new Date(now.getTime() + (thrown.throttleReset ?? THROTTLE_MS)), detail }
  if (thrown.code !== undefined && UNREADABLE.has(thrown.code)) return { name: 'malformed', detail }
  if (thrown.responseStatus === 'NO' || thrown.responseStatus === 'BAD') return { name: 'upstream', detail }
  return thrown.code === undefined ? null : { name: 'unreachable', detail }
}
