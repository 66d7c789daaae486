import { queryOptions } from '@tanstack/react-query'
import type { OpenApi } from './openapi.ts'

const TIMEOUT_MS = 30_000

/** Our own server's description of its API. It changes only with a new version. */
export const descriptionQuery = queryOptions({
  queryKey: ['openapi'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async (): Promise<OpenApi> => {
    const response = await fetch('/api/openapi.json', { signal: AbortSignal.timeout(TIMEOUT_MS) })
    // Said as fetch itself says it, so that it is told and retried like an unreachable server.
    if (!response.ok) throw new TypeError(`fetch failed: HTTP ${response.status}`)
    return (await response.json()) as OpenApi
  },
})
