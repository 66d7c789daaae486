import { failureOf, textOfFailure } from '../platform/failures.ts'
import { ErrorState } from './error-state.tsx'

/** What stands where a query's data should be. */
export function QueryError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const failure = failureOf(error)
  return <ErrorState text={textOfFailure(failure)} code={failure.code} {...(onRetry ? { onRetry } : {})} />
}
