import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { type Api, apiOf } from './api.ts'
import {
  browserParts,
  joinLive,
  type LiveEvent,
  type LiveMessage,
  type LiveSignal,
  type LiveState,
} from './live-channel.ts'
import type { WebModule } from './module.ts'
import { meQuery, useWorkspace } from './session.ts'

/** Events come in bursts; what they make stale is asked for once per burst. */
const BURST_MS = 120
/** A line that comes back at once is no news. */
const OFFLINE_SHOWN_AFTER_MS = 2_500

interface Live {
  state: LiveState
  subscribe(listener: (message: LiveMessage) => void): () => void
}

const LiveContext = createContext<Live | null>(null)

/** Keeps one live connection for the workspace and makes stale what its events say has changed. */
export function LiveProvider({ modules, children }: { modules: WebModule[]; children: ReactNode }) {
  const { workspaceId } = useWorkspace()
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const listeners = useRef(new Set<(message: LiveMessage) => void>())

  useEffect(() => {
    const api = apiOf(workspaceId)
    const stale = collectStale(queries, modules, api)
    let stood = false
    const leave = joinLive(
      workspaceId,
      (message) => {
        if (message.kind === 'state') setState(message.state)
        if (message.kind === 'state' && message.state === 'live' && !stood) {
          stood = true
          // The screen was read before the line stood: what happened in between was told to nobody.
          void queries.invalidateQueries({ queryKey: api.key(), predicate: wasRead })
        }
        if (message.kind === 'missed') void queries.invalidateQueries({ queryKey: api.key() })
        if (message.kind === 'ended') void queries.invalidateQueries({ queryKey: meQuery.queryKey })
        if (message.kind === 'event') stale.add(message.event)
        for (const listener of listeners.current) listener(message)
      },
      browserParts(),
    )
    return () => {
      stale.stop()
      leave()
    }
  }, [workspaceId, modules, queries])

  const [subscribe] = useState(() => (listener: (message: LiveMessage) => void) => {
    listeners.current.add(listener)
    return () => listeners.current.delete(listener)
  })
  return <LiveContext.Provider value={{ state, subscribe }}>{children}</LiveContext.Provider>
}

const wasRead = ({ state }: { state: { dataUpdatedAt: number } }): boolean => state.dataUpdatedAt > 0

/** Gathers the queries that a burst of events makes stale, and asks for each once. */
function collectStale(queries: QueryClient, modules: WebModule[], api: Api) {
  const waiting = new Map<string, readonly unknown[]>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const refresh = () => {
    timer = undefined
    for (const queryKey of waiting.values()) void queries.invalidateQueries({ queryKey })
    waiting.clear()
  }
  return {
    add(event: LiveEvent) {
      for (const { live = {} } of modules)
        for (const [prefix, keysOf] of Object.entries(live))
          if (event.type.startsWith(prefix)) for (const key of keysOf(event, api)) waiting.set(JSON.stringify(key), key)
      if (waiting.size > 0) timer ??= setTimeout(refresh, BURST_MS)
    },
    stop: () => clearTimeout(timer),
  }
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

/** Whether what is on screen may be behind. */
export function useOffline(): boolean {
  const { state } = useLive()
  const online = useSyncExternalStore(onLine, () => navigator.onLine)
  const down = !online || state === 'offline'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!down) return setShown(false)
    const timer = setTimeout(() => setShown(true), OFFLINE_SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [down])
  return shown
}

/** Calls `listener` for each event whose type begins with `prefix` while the screen is shown. */
export function useLiveEvents(prefix: string, listener: (event: LiveEvent) => void): void {
  useMessages((message) => {
    if (message.kind === 'event' && message.event.type.startsWith(prefix)) listener(message.event)
  })
}

/** The same for what passes and is not kept: someone types, a lease was taken. */
export function useLiveSignals(kind: string, listener: (signal: LiveSignal) => void): void {
  useMessages((message) => {
    if (message.kind === 'signal' && message.signal.kind === kind) listener(message.signal)
  })
}

function useMessages(listener: (message: LiveMessage) => void): void {
  const { subscribe } = useLive()
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => subscribe((message) => latest.current(message)), [subscribe])
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
