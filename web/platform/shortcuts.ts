import { useEffect, useRef, useSyncExternalStore } from 'react'
import { keyOf, matchKey } from './shortcut-match.ts'

/**
 * The keys of the place one is in. A screen registers its shortcuts while it is shown; the map (`?`) lists what is
 * registered. Keys: 'j', 'shift+a', 'mod+k' (⌘ on a Mac, Ctrl elsewhere), 'g i' (one after the other).
 */
export interface Shortcut {
  keys: string
  /** Translated: what it does. */
  label: string
  run(event: KeyboardEvent): void
  /** Whether also while typing in a field. Unsaid: yes with mod, else no. */
  whileTyping?: boolean | undefined
}

export interface ShortcutPlace {
  place: string
  shortcuts: Shortcut[]
}

const SEQUENCE_MS = 1_000
const SINGLE_KEYS = 'rapport.single-key-shortcuts'

let places: ShortcutPlace[] = []
const listeners = new Set<() => void>()
let begun: { key: string; at: number } | null = null

/** The place registered last wins: a dialog's keys stand before its screen's. */
export function addShortcuts(place: ShortcutPlace): () => void {
  places = [place, ...places]
  tell()
  return () => {
    places = places.filter((other) => other !== place)
    tell()
  }
}

function tell(): void {
  for (const listener of listeners) listener()
}

/** Screens may pass fresh arrays: only a change of keys or labels registers anew. */
export function useShortcuts(place: string, shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const shape = JSON.stringify(shortcuts.map(({ keys, label, whileTyping }) => [keys, label, whileTyping]))
  useEffect(() => {
    const kept = (JSON.parse(shape) as [string, string, boolean | null][]).map(([keys, label, whileTyping], index) => ({
      keys,
      label,
      whileTyping: whileTyping ?? undefined,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event),
    }))
    return addShortcuts({ place, shortcuts: kept })
  }, [place, shape])
}

const onChange = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useShortcutPlaces = (): ShortcutPlace[] => useSyncExternalStore(onChange, () => places)

/** Speech input triggers single keys by accident (WCAG 2.1.4): they can be switched off on a device. */
export const singleKeysOn = (): boolean => {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== 'off'
  } catch {
    return true
  }
}
export const switchSingleKeys = (on: boolean): void => {
  localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off')
  tell()
}

/** Runs the shortcut that the event means, if any. One listener for the whole document. */
export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
  const { found, waiting } = matchKey({
    shortcuts: reachable(event.target).flatMap(({ shortcuts }) => shortcuts),
    pressed: keyOf(event, isMac()),
    begun: begun && Date.now() - begun.at < SEQUENCE_MS ? begun.key : null,
    typing: isTyping(event.target),
    singleKeys: singleKeysOn(),
  })
  begun = waiting === null ? null : { key: waiting, at: Date.now() }
  if (!found) return
  event.preventDefault()
  found.run(event)
}

/** Behind an open dialog nothing is reached but the dialog's own keys. */
function reachable(target: EventTarget | null): ShortcutPlace[] {
  const inDialog = target instanceof Element && target.closest('[role="dialog"]') !== null
  return inDialog ? places.filter(({ place }) => place.startsWith('dialog:')) : places
}

const isMac = () => typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}

/** 'mod+shift+a' as a person reads it: ['⌘', '⇧', 'A']. */
export function keyCaps(keys: string): string[] {
  const caps: Record<string, string> = {
    mod: isMac() ? '⌘' : 'Ctrl',
    shift: '⇧',
    alt: isMac() ? '⌥' : 'Alt',
    escape: 'Esc',
    enter: '↵',
    arrowup: '↑',
    arrowdown: '↓',
    space: '␣',
  }
  return keys.split(/[+ ]/).map((key) => caps[key] ?? key.toUpperCase())
}
