import { expect, test } from 'vitest'
import { differing, readChanges, type TopicDraft } from './topic-draft.ts'

const TOPIC: TopicDraft = { name: 'Netz', kind: 'brand', query: 'netz', languages: ['de'], opensConversations: true }

test('what is typed and taken back again is no change', () => {
  expect(differing({ name: 'Netz', query: 'netz OR netze', languages: ['de'] }, TOPIC)).toEqual({
    query: 'netz OR netze',
  })
  expect(differing({ languages: ['de', 'nl'], opensConversations: true }, TOPIC)).toEqual({ languages: ['de', 'nl'] })
})

test('changes are read back as they were kept', () => {
  const kept = { changes: { query: 'netz', languages: ['de'] }, reason: 'too wide', version: 3 }
  expect(readChanges(JSON.stringify(kept))).toEqual(kept)
})

test('what is no draft of a topic is taken for none', () => {
  for (const text of ['', 'Guten Tag', '{}', '{"changes":{"languages":"de"},"reason":"","version":1}', 'null'])
    expect(readChanges(text)).toBeNull()
})
