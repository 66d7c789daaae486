import { useSyncExternalStore } from 'react'

/** Which version of a conversation was read on this device; what is newer and waits is shown as unread. */
const PREFIX = 'rapport.seen.'
const KEPT_MAX = 2_000

let workspace = ''
let seen = new Map<string, string>()
let edition = 0
const listeners = new Set<() => void>()

function load(workspaceId: string): void {
  if (workspace === workspaceId) return
  workspace = workspaceId
  try {
    seen = new Map(JSON.parse(localStorage.getItem(PREFIX + workspaceId) ?? '[]') as [string, string][])
  } catch {
    seen = new Map()
  }
}

export function markSeen(workspaceId: string, conversationId: string, version: string): void {
  load(workspaceId)
  if (seen.get(conversationId) === version) return
  // The newest stands last, so that the oldest go first.
  seen.delete(conversationId)
  seen.set(conversationId, version)
  const kept = [...seen].slice(-KEPT_MAX)
  try {
    localStorage.setItem(PREFIX + workspaceId, JSON.stringify(kept))
  } catch {
    // Storage is forbidden or full: it is known until the page is left.
  }
  edition++
  for (const listener of listeners) listener()
}

const onChange = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSeen(workspaceId: string): (conversationId: string, version: string) => boolean {
  load(workspaceId)
  useSyncExternalStore(onChange, () => edition)
  return (conversationId, version) => seen.get(conversationId) === version
}
