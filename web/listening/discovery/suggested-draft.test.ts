import { expect, test } from 'vitest'
import { readDraft, writeDraft } from '../../platform/drafts.ts'
import { readChanges, topicDraftKey } from '../topic-draft.ts'
import { proposeQuery } from './suggested-draft.ts'

const KEY = topicDraftKey('w', 't')
const SUGGESTED = { query: 'nordwind AND NOT stadium', reason: 'Excludes stadium', version: 3 }

/** What a browser keeps, as far as drafts use it. */
function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}
const changesIn = (of: Storage) => readChanges(readDraft(KEY, of)?.text ?? '')

test('a suggestion becomes the unsaved query of its topic, with its reason and the version that it was measured on', () => {
  const device = storage()
  expect(proposeQuery('w', 't', SUGGESTED, device)).toBe(true)
  expect(changesIn(device)).toEqual({ changes: { query: SUGGESTED.query }, reason: 'Excludes stadium', version: 3 })
})

test('another change that was not saved stays beside it', () => {
  const device = storage()
  writeDraft(KEY, JSON.stringify({ changes: { name: 'North' }, reason: '', version: 3 }), device)
  expect(proposeQuery('w', 't', SUGGESTED, device)).toBe(true)
  expect(changesIn(device)?.changes).toEqual({ name: 'North', query: SUGGESTED.query })
})

test('a query that somebody typed is never overwritten', () => {
  const device = storage()
  writeDraft(KEY, JSON.stringify({ changes: { query: 'typed' }, reason: '', version: 3 }), device)
  expect(proposeQuery('w', 't', SUGGESTED, device)).toBe(false)
  expect(changesIn(device)?.changes.query).toBe('typed')
})
