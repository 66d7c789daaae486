/** What a site's answer means for a feed: its content, or a failure of the port. */

import type { OutboundAnswer } from '../../platform/outbound.ts'
import type { Failure } from '../connector.ts'

const WAIT_MS = 15 * 60_000
const WAIT_MS_MIN = 60_000
const WAIT_MS_MAX = 24 * 60 * 60_000

/** Null when there is something to read, or nothing new. */
export function failureOfStatus({ status, headers }: OutboundAnswer, now: Date): Failure | null {
  if ((status >= 200 && status < 300) || status === 304) return null
  const detail = `HTTP ${status}`
  const retryAfter = headers['retry-after']
  if (status === 429 || (status >= 500 && retryAfter !== undefined)) {
    return { name: 'rate-limited', until: waitUntil(retryAfter, now), detail }
  }
  if (status === 410) return { name: 'gone', detail }
  if (status === 401 || status === 403 || status === 407 || status === 451) return { name: 'refused', detail }
  return { name: 'upstream', detail }
}

/** Seconds or a date, kept between a minute and a day: a typing error of theirs must not silence a source for good. */
function waitUntil(retryAfter: string | undefined, now: Date): Date {
  const written = retryAfter?.trim() ?? ''
  const asked = /^\d{1,9}$/.test(written) ? Number(written) * 1000 : Date.parse(written) - now.getTime()
  const wait = Number.isNaN(asked) ? WAIT_MS : Math.min(WAIT_MS_MAX, Math.max(WAIT_MS_MIN, asked))
  return new Date(now.getTime() + wait)
}
