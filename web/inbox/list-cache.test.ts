import { expect, test } from 'vitest'
import type { LiveEvent } from '../platform/live-channel.ts'
import {
  applyChange,
  dropFromPages,
  itemsOf,
  leaseOfSignal,
  mergeHead,
  neighbourOf,
  type Pages,
  patchOfEvent,
  patchPages,
} from './list-cache.ts'
import { conversation, minute } from './testing.ts'

const NOW = minute(5)
const TAGS = [
  { tagId: 'tag-1', name: 'Vertrag', colour: 'blue' },
  { tagId: 'tag-2', name: 'Störung', colour: 'red' },
]
const pagesOf = (...pages: string[][]): Pages => ({
  pages: pages.map((ids) => ({ items: ids.map((id) => conversation(id)), nextCursor: null })),
  pageParams: pages.map(() => undefined),
})
const ids = (pages: Pages) => itemsOf(pages).map(({ conversationId }) => conversationId)
const event = (type: string, said: Partial<LiveEvent>): LiveEvent => ({
  position: '7',
  type,
  subjects: {},
  codes: {},
  actorKind: 'member',
  actorId: 'anna',
  ...said,
})

test('a change of one row leaves the other rows and the order as they are', () => {
  const before = pagesOf(['a', 'b'], ['c'])
  const after = patchPages(before, new Set(['c']), (item) => ({ ...item, state: 'closed' }))
  expect(ids(after)).toEqual(['a', 'b', 'c'])
  expect(itemsOf(after).map(({ state }) => state)).toEqual(['open', 'open', 'closed'])
  expect(itemsOf(after)[0]).toBe(itemsOf(before)[0])
})

test('a list that holds none of the changed ones stays the very same, so nothing is drawn again', () => {
  const before = pagesOf(['a'])
  expect(patchPages(before, new Set(['z']), (item) => item)).toBe(before)
})

test('a fresh first page updates rows where they stand and names those that are new', () => {
  const before = pagesOf(['a', 'b'])
  const { pages, newIds } = mergeHead(before, [conversation('z'), conversation('b', { version: '9' })])
  expect(ids(pages)).toEqual(['a', 'b'])
  expect(itemsOf(pages)[1]?.version).toBe('9')
  expect(newIds).toEqual(['z'])
})

test('closing takes the waiting away, snoozing keeps it', () => {
  const closed = applyChange(conversation('a'), { change: 'close' }, TAGS, NOW)
  expect([closed.state, closed.waitingSince, closed.closedAt]).toEqual(['closed', null, NOW])
  const snoozed = applyChange(conversation('a'), { change: 'snooze', until: minute(60) }, TAGS, NOW)
  expect([snoozed.state, snoozed.waitingSince, snoozed.snoozedUntil]).toEqual(['snoozed', minute(0), minute(60)])
})

test('a tag is put on once and taken off by its id', () => {
  const once = applyChange(conversation('a'), { change: 'tag', add: ['tag-1', 'tag-2'], remove: [] }, TAGS, NOW)
  const twice = applyChange(once, { change: 'tag', add: ['tag-1'], remove: ['tag-2'] }, TAGS, NOW)
  expect(twice.tags.map(({ name }) => name)).toEqual(['Vertrag'])
})

test('what a colleague did is known from the event alone', () => {
  const assigned = patchOfEvent(event('conversation.assigned', { subjects: { memberId: 'anna' } }), TAGS, NOW)
  expect(assigned?.(conversation('a', { assignedTeamId: 'care' }))).toMatchObject({
    assignedMemberId: 'anna',
    assignedTeamId: null,
  })
  const until = minute(90).toISOString()
  const snoozed = patchOfEvent(event('conversation.snoozed', { codes: { until } }), TAGS, NOW)
  expect(snoozed?.(conversation('a')).snoozedUntil).toEqual(minute(90))
})

test('a new post cannot be known from its event, so the row is asked for', () => {
  expect(patchOfEvent(event('conversation.continued', {}), TAGS, NOW)).toBeNull()
  expect(patchOfEvent(event('conversation.reopened', {}), TAGS, NOW)).toBeNull()
})

test('a lease signal without a holder means that nobody writes any more', () => {
  const named = (id: string) => ({ anna: 'Anna Weber' })[id]
  const until = minute(2).toISOString()
  expect(leaseOfSignal({ conversationId: 'a' }, named, 'ben', NOW)).toBeNull()
  expect(leaseOfSignal({ holderId: 'anna', holderKind: 'member', until }, named, 'ben', NOW)).toMatchObject({
    holder: { name: 'Anna Weber' },
    mine: false,
    expiresAt: minute(2),
  })
  expect(leaseOfSignal({ holderId: 'ben', holderKind: 'member', until }, named, 'ben', NOW)?.mine).toBe(true)
})

test('after closing one goes on with the next that stays, at the end with the one before', () => {
  const items = itemsOf(pagesOf(['a', 'b', 'c', 'd']))
  expect(neighbourOf(items, new Set(['b', 'c']), 'b')).toBe('d')
  expect(neighbourOf(items, new Set(['c', 'd']), 'd')).toBe('b')
  expect(neighbourOf(items, new Set(['a', 'b', 'c', 'd']), 'b')).toBeNull()
  expect(neighbourOf(items, new Set(['z']), 'z')).toBeNull()
})

test('what was closed leaves a list of open ones', () => {
  const closed = patchPages(pagesOf(['a', 'b']), new Set(['a']), (item) => ({ ...item, state: 'closed' }))
  expect(ids(dropFromPages(closed, ({ state }) => state !== 'open'))).toEqual(['b'])
})
