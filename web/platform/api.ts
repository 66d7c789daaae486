import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../../contract/index.ts'

/** The server refuses requests after this anyway; a person would have given up. */
const REQUEST_TIMEOUT_MS = 30_000
export const WORKSPACE_HEADER = 'x-rapport-workspace'

/**
 * Every procedure of the contract as query and mutation options: `api.accounts.members.list.queryOptions()`.
 * Keys begin with the workspace, so nothing of one workspace is ever shown in another.
 */
export const createApi = (workspaceId: string | null) =>
  createTanstackQueryUtils(createClient(workspaceId), { path: [workspaceId ?? 'installation'] })

export type Api = ReturnType<typeof createApi>

function createClient(workspaceId: string | null): ContractRouterClient<Contract> {
  const link = new RPCLink({
    url: () => `${location.origin}/rpc`,
    headers: () => (workspaceId === null ? {} : { [WORKSPACE_HEADER]: workspaceId }),
    fetch: (request, init) => {
      const limit = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
      return fetch(request, { ...init, signal: AbortSignal.any([request.signal, limit]) })
    },
  })
  return createORPCClient(link)
}

const apis = new Map<string | null, Api>()

/** One client per workspace and tab; cheap to ask for. */
export function apiOf(workspaceId: string | null): Api {
  const known = apis.get(workspaceId)
  if (known) return known
  const made = createApi(workspaceId)
  apis.set(workspaceId, made)
  return made
}
