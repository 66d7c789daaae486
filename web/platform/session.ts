import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { type Api, apiOf } from './api.ts'

const LAST_WORKSPACE = 'rapport.workspace'

/** Who is signed in and where they may work. Everything on screen asks this, so it is asked once. */
export const meQuery = queryOptions({
  ...apiOf(null).accounts.session.me.queryOptions({ input: {} }),
  staleTime: 300_000,
})

export const useMe = () => useSuspenseQuery(meQuery).data
export type Me = ReturnType<typeof useMe>
export type MyWorkspace = Me['workspaces'][number]

const WorkspaceContext = createContext<MyWorkspace | null>(null)
export const WorkspaceProvider = WorkspaceContext.Provider

/** The workspace of the address. Only below /w/$slug. */
export function useWorkspace(): MyWorkspace {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace outside of a workspace')
  return workspace
}

/** The contract's procedures, in the workspace of the address. */
export const useApi = (): Api => apiOf(useWorkspace().workspaceId)

/** Whether the reader may do this here. The server asks again; this only decides what is shown. */
export const useMay = (permission: Permission): boolean => useWorkspace().permissions.includes(permission)

/** The same for what came through one source, where somebody may have another role; null: through none. */
export function useMayAt(permission: Permission, sourceId: string | null): boolean {
  const { atSources, elsewhere } = useWorkspace()
  return (atSources.find((one) => one.sourceId === sourceId)?.permissions ?? elsewhere).includes(permission)
}

export const rememberWorkspace = (slug: string): void => {
  try {
    localStorage.setItem(LAST_WORKSPACE, slug)
  } catch {
    // Storage is forbidden: the first workspace it is.
  }
}

/** Where one worked last on this device, or the first workspace; null: none yet. */
export function startWorkspace(me: Me): MyWorkspace | null {
  let last: string | null = null
  try {
    last = localStorage.getItem(LAST_WORKSPACE)
  } catch {
    // As above.
  }
  return me.workspaces.find((workspace) => workspace.slug === last) ?? me.workspaces[0] ?? null
}

/** The way into a workspace that demands two factors; it leads back to `next`. */
export const secondFactorAddress = (next: string): string => `/second-factor?${new URLSearchParams({ next })}`

/** Leaves for the sign-in page, which comes back here afterwards. */
export function goToSignIn(next = `${location.pathname}${location.search}`): void {
  location.assign(next === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next })}`)
}
