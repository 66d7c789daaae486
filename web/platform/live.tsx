import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { apiOf } from './api.ts'
import { browserParts, joinLive, type LiveEvent, type LiveState } from './live-channel.ts'
import type { WebModule } from './module.ts'
import { useWorkspace } from './session.ts'

/** Events come in bursts; what they make stale is asked for once per burst. */
const BURST_MS = 120

interface Live {
  state: LiveState
  subscribe(listener: (event: LiveEvent) => void): () => void
}

const LiveContext = createContext<Live | null>(null)

/** Keeps one live connection for the workspace and makes stale what its events say has changed. */
export function LiveProvider({ modules, children }: { modules: WebModule[]; children: ReactNode }) {
  const { workspaceId } = useWorkspace()
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const listeners = useRef(new Set<(event: LiveEvent) => void>())

  useEffect(() => {
    const api = apiOf(workspaceId)
    const waiting = new Map<string, readonly unknown[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      for (const queryKey of waiting.values()) void queries.invalidateQueries({ queryKey })
      waiting.clear()
    }
    const leave = joinLive(
      workspaceId,
      (message) => {
        if (message.kind === 'state') setState(message.state)
        else if (message.kind === 'missed') void queries.invalidateQueries({ queryKey: api.key() })
        else {
          for (const key of staleAfter(message.event)) waiting.set(JSON.stringify(key), key)
          timer ??= setTimeout(refresh, BURST_MS)
          for (const listener of listeners.current) listener(message.event)
        }
      },
      browserParts(),
    )
    const staleAfter = (event: LiveEvent) =>
      modules.flatMap(({ live = {} }) =>
        Object.entries(live)
          .filter(([prefix]) => event.type.startsWith(prefix))
          .flatMap(([, keysOf]) => keysOf(event, api)),
      )
    return () => {
      clearTimeout(timer)
      leave()
    }
  }, [workspaceId, modules, queries])

  const [subscribe] = useState(() => (listener: (event: LiveEvent) => void) => {
    listeners.current.add(listener)
    return () => listeners.current.delete(listener)
  })
  return <LiveContext.Provider value={{ state, subscribe }}>{children}</LiveContext.Provider>
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new Error('live events outside of a workspace')
  return live
}

const onLine = (listener: () => void) => {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** 'offline' as soon as the browser or the stream says so. */
export function useConnection(): LiveState {
  const { state } = useLive()
  const onlineNow = useSyncExternalStore(onLine, () => navigator.onLine)
  return onlineNow ? state : 'offline'
}

/** Calls `listener` for each event whose type begins with `prefix` while the screen is shown. */
export function useLiveEvents(prefix: string, listener: (event: LiveEvent) => void): void {
  const { subscribe } = useLive()
  const latest = useRef(listener)
  latest.current = listener
  useEffect(
    () =>
      subscribe((event) => {
        if (event.type.startsWith(prefix)) latest.current(event)
      }),
    [subscribe, prefix],
  )
}

/**
 * "12 new": counts what arrived since the list was shown and leaves the list alone. `idOf` names the item an event
 * brings (null: none); call `show` when the reader asks for them.
 */
export function useNewItems(prefix: string, idOf: (event: LiveEvent) => string | null) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  useLiveEvents(prefix, (event) => {
    const id = idOf(event)
    if (id) setIds((known) => (known.has(id) ? known : new Set(known).add(id)))
  })
  return { count: ids.size, ids, show: () => setIds(new Set()) }
}
