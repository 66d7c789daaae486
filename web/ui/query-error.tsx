import { failureOf, textOfFailure } from '../platform/failures.ts'
import { ErrorState } from './error-state.tsx'

/** Asking again changes nothing about these. */
const SETTLED = [403, 404]

/** What stands where a query's data should be. */
export function QueryError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const failure = failureOf(error)
  const retry = onRetry && !SETTLED.includes(failure.status) ? { onRetry } : {}
  return <ErrorState text={textOfFailure(failure)} code={failure.code} {...retry} />
}
