import type { Failure, FailureName } from '../connectors/index.ts'

const MINUTE_MS = 60_000
const RATE_LIMIT_MS_MIN = 30_000
const RATE_LIMIT_MS_MAX = 24 * 60 * MINUTE_MS
/** Longest wait after failures in a row: what comes back by itself is asked sooner than what somebody has to mend. */
const WAIT_MS_MAX: Record<FailureName, number> = {
  'rate-limited': RATE_LIMIT_MS_MAX,
  unreachable: 30 * MINUTE_MS,
  upstream: 60 * MINUTE_MS,
  malformed: 6 * 60 * MINUTE_MS,
  refused: 6 * 60 * MINUTE_MS,
  'forbidden-address': 24 * 60 * MINUTE_MS,
  gone: 24 * 60 * MINUTE_MS,
  'credentials-expired': 0,
}
/** A page that answers 404 for a moment is not gone. */
const GONE_AFTER_FAILURES = 5
const FAILING_AFTER_FAILURES = 2

export interface AfterFailure {
  state: 'active' | 'failing' | 'needs-credentials' | 'gone'
  /** Null: not before somebody does something. */
  dueAt: Date | null
}

/** What becomes of a source after a failure. `failures` counts this one; `random` spreads retries, 0 to 1. */
export function afterFailure(
  failure: Failure,
  failures: number,
  pollEveryMs: number,
  now: Date,
  random = Math.random(),
): AfterFailure {
  if (failure.name === 'credentials-expired') return { state: 'needs-credentials', dueAt: null }
  if (failure.name === 'gone' && failures >= GONE_AFTER_FAILURES) return { state: 'gone', dueAt: null }
  if (failure.name === 'rate-limited') {
    const waitMs = Math.min(Math.max(failure.until.getTime() - now.getTime(), RATE_LIMIT_MS_MIN), RATE_LIMIT_MS_MAX)
    return { state: 'active', dueAt: new Date(now.getTime() + waitMs) }
  }
  const doubled = Math.max(pollEveryMs, MINUTE_MS) * 2 ** Math.min(failures - 1, 20)
  const waitMs = Math.min(doubled, WAIT_MS_MAX[failure.name]) * (0.9 + random * 0.2)
  return {
    state: failures >= FAILING_AFTER_FAILURES ? 'failing' : 'active',
    dueAt: new Date(now.getTime() + waitMs),
  }
}
