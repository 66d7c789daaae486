import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { contextOf, groupOf, subjectsOf } from './sentence.ts'
import english from './texts/en.json' with { type: 'json' }

const SERVER = path.resolve(import.meta.dirname, '../../server')

/** Every type that some module lets readers see. */
const eventTypes = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
  .flatMap((name) => [
    ...readFileSync(path.join(SERVER, name), 'utf8').matchAll(/'([a-z-]+\.[a-z-]+)': '[a-z]+\.[a-z]+'/g),
  ])
  .map(([, type]) => type ?? '')

const sentences = english.events as Record<string, Record<string, string>>

test('each event that readers may see has a sentence and a group', () => {
  expect(eventTypes.length).toBeGreaterThan(50)
  const silent = eventTypes.filter((type) => {
    const [group = '', name = ''] = type.split('.')
    return !sentences[group]?.[name] || !(group in english.group)
  })
  expect(silent).toEqual([])
})

test('a changed member is told by what changed', () => {
  const changed = (codes: Record<string, string | boolean | null>) => contextOf({ type: 'member.changed', codes })
  expect(changed({ role: 'lead', state: null })).toBe('role')
  expect(changed({ role: null, state: 'disabled' })).toBe('disabled')
  expect(changed({ signOff: true })).toBe('signOff')
})

test('subjects are named alike whatever the module called them', () => {
  const subjects = { topic: 't', memberId: 'm', workspaceId: 'w', posts: ['p', 'q'] }
  expect(subjectsOf({ subjects })).toEqual([
    { kind: 'topic', id: 't' },
    { kind: 'member', id: 'm' },
    { kind: 'post', id: 'p' },
    { kind: 'post', id: 'q' },
  ])
})

test('the group of a type is the part before its dot', () => {
  expect(groupOf('conversation.answered-elsewhere')).toBe('conversation')
})
