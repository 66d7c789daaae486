import { afterEach, expect, test, vi } from 'vitest'
import { forgetDrafts, readDraft, writeDraft } from './drafts.ts'

const DAY = 24 * 3_600_000

/** The browser's storage, with a limit. */
function storageOf(entriesMax = Number.POSITIVE_INFINITY): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem(key, value) {
      if (!entries.has(key) && entries.size >= entriesMax) throw new DOMException('full', 'QuotaExceededError')
      entries.set(key, value)
    },
    removeItem: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}

afterEach(() => void vi.useRealTimers())

test('what was typed is there again, until it is emptied', () => {
  const storage = storageOf()
  writeDraft('w.reply.1', 'Guten Tag', storage)
  expect(readDraft('w.reply.1', storage)?.text).toBe('Guten Tag')
  writeDraft('w.reply.1', '  ', storage)
  expect(readDraft('w.reply.1', storage)).toBeNull()
})

test('a draft of more than thirty days ago is gone', () => {
  vi.useFakeTimers({ now: 0 })
  const storage = storageOf()
  writeDraft('old', 'text', storage)
  vi.setSystemTime(31 * DAY)
  expect(readDraft('old', storage)).toBeNull()
})

test('of too many drafts the oldest go, never the one being written', () => {
  vi.useFakeTimers({ now: 0 })
  const storage = storageOf()
  for (let index = 0; index < 205; index++) {
    vi.setSystemTime(index)
    writeDraft(String(index), 'text', storage)
  }
  expect(storage.length).toBe(200)
  expect(readDraft('4', storage)).toBeNull()
  expect(readDraft('204', storage)?.text).toBe('text')
})

test('a full or broken storage is said, not thrown', () => {
  const storage = storageOf(0)
  expect(writeDraft('one', 'text', storage)).toBe(false)
  const broken = storageOf()
  broken.setItem('rapport.draft.one', '{half')
  expect(readDraft('one', broken)).toBeNull()
})

test('signing out leaves no draft and touches nothing else', () => {
  const storage = storageOf()
  storage.setItem('rapport.workspace', 'acme')
  writeDraft('one', 'text', storage)
  forgetDrafts(storage)
  expect(storage.length).toBe(1)
})
