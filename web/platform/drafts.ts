import { useCallback, useEffect, useRef, useState } from 'react'

/**
 * What one has typed and not sent lies on the device too: a closed tab, a dead line or an expired session loses nothing.
 * Old and surplus drafts go, the oldest first; signing out takes all.
 */
const PREFIX = 'rapport.draft.'
const DRAFTS_MAX = 200
const KEPT_MS = 30 * 24 * 3_600_000
const TEXT_LENGTH_MAX = 50_000
const WRITE_DELAY_MS = 400

interface Draft {
  text: string
  at: number
}

export function readDraft(key: string, storage: Storage = localStorage): Draft | null {
  try {
    const stored = JSON.parse(storage.getItem(PREFIX + key) ?? 'null') as Draft | null
    return stored && typeof stored.text === 'string' && Date.now() - stored.at < KEPT_MS ? stored : null
  } catch {
    return null
  }
}

/** An empty text removes the draft. False: it could not be kept (storage forbidden or full). */
export function writeDraft(key: string, text: string, storage: Storage = localStorage): boolean {
  try {
    if (text.trim() === '') {
      storage.removeItem(PREFIX + key)
      return true
    }
    dropOld(storage, key)
    storage.setItem(PREFIX + key, JSON.stringify({ text: text.slice(0, TEXT_LENGTH_MAX), at: Date.now() }))
    return true
  } catch {
    return false
  }
}

export function forgetDrafts(storage: Storage = localStorage): void {
  for (const key of draftKeys(storage)) storage.removeItem(key)
}

const draftKeys = (storage: Storage): string[] =>
  Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) => key.startsWith(PREFIX))

function dropOld(storage: Storage, keptKey: string): void {
  const others = draftKeys(storage)
    .filter((key) => key !== PREFIX + keptKey)
    .map((key) => ({ key, at: (JSON.parse(storage.getItem(key) ?? '{}') as Partial<Draft>).at ?? 0 }))
    .sort((one, other) => other.at - one.at)
  const surplus = others.filter(({ at }, index) => index >= DRAFTS_MAX - 1 || Date.now() - at > KEPT_MS)
  for (const { key } of surplus) storage.removeItem(key)
}

/**
 * A text that survives. `key` names what is written on: `${workspaceId}.reply.${conversationId}`. Written a moment after
 * typing and at once when the screen goes away.
 */
export function useDraft(key: string, initial = '') {
  const [text, setText] = useState(() => readDraft(key)?.text ?? initial)
  const [kept, setKept] = useState(true)
  const pending = useRef<{ key: string; text: string } | null>(null)

  const [shownKey, setShownKey] = useState(key)
  if (shownKey !== key) {
    setShownKey(key)
    setText(readDraft(key)?.text ?? initial)
  }

  const flush = useCallback(() => {
    if (!pending.current) return
    setKept(writeDraft(pending.current.key, pending.current.text))
    pending.current = null
  }, [])

  useEffect(() => {
    const hidden = () => flush()
    addEventListener('pagehide', hidden)
    return () => {
      removeEventListener('pagehide', hidden)
      flush()
    }
  }, [flush])

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const change = (next: string) => {
    if (pending.current && pending.current.key !== key) flush()
    setText(next)
    pending.current = { key, text: next }
    clearTimeout(timer.current)
    timer.current = setTimeout(flush, WRITE_DELAY_MS)
  }
  const clear = () => {
    clearTimeout(timer.current)
    pending.current = null
    writeDraft(key, '')
    setText('')
  }
  return { text, change, clear, keptOnDevice: kept }
}
