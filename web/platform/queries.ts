import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { failureOf, isPassing } from './failures.ts'

const ATTEMPTS_MAX = 3
/** Live events say what changed; this only bounds how stale a figure may be when an event was missed. */
const STALE_MS = 60_000
const KEPT_MS = 10 * 60_000

interface Listeners {
  signedOut(): void
  /** The workspace began to demand two factors. */
  closed(): void
  /** A change that was refused, unless its caller shows it in place (`meta: { shownInPlace: true }`). */
  changeFailed(error: unknown): void
}

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: { shownInPlace?: boolean }
  }
}

/** The one place where errors of all queries and mutations arrive. */
export function createQueries(listeners: Listeners): QueryClient {
  const leaveWhenSignedOut = (error: unknown) => {
    const { status, code } = failureOf(error)
    if (status === 401) listeners.signedOut()
    if (code === 'second-factor-needed') listeners.closed()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
    mutationCache: new MutationCache({
      onError: (error, _input, _context, mutation) => {
        leaveWhenSignedOut(error)
        if (!mutation.meta?.shownInPlace && failureOf(error).status !== 401) listeners.changeFailed(error)
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        gcTime: KEPT_MS,
        retry: (failures, error) => failures + 1 < ATTEMPTS_MAX && isPassing(error),
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4_000),
        refetchOnWindowFocus: false,
      },
      // A change is never repeated unasked: the server may have done it before the line broke.
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
