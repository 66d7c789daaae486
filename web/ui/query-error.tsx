import { failureOf, isSettled, textOfFailure } from '../platform/failures.ts'
import { ErrorState } from './error-state.tsx'

interface QueryErrorProps {
  error: unknown
  onRetry?: () => void
  /** It stands for a whole screen. */
  heading?: boolean
}

/** What stands where a query's data should be. */
export function QueryError({ error, onRetry, heading = false }: QueryErrorProps) {
  const failure = failureOf(error)
  const settled = isSettled(failure)
  return (
    <ErrorState
      text={textOfFailure(failure)}
      code={failure.code}
      heading={heading}
      {...(settled ? { lost: null } : {})}
      {...(onRetry && !settled ? { onRetry } : {})}
    />
  )
}
