import { expect, test } from 'vitest'
import type { Change, ChangeReport } from './shapes.ts'
import { carryBack, takeBack } from './take-back.ts'
import { conversation } from './testing.ts'

test('assignments go back to whoever had each of them, in as few steps as possible', () => {
  const before = [
    conversation('a', { assignedMemberId: 'anna' }),
    conversation('b'),
    conversation('c', { assignedMemberId: 'anna' }),
  ]
  expect(takeBack({ change: 'assign', memberId: 'ben', teamId: null }, ['a', 'b', 'c'], before)).toEqual([
    { ids: ['a', 'c'], change: { change: 'assign', memberId: 'anna', teamId: null } },
    { ids: ['b'], change: { change: 'assign', memberId: null, teamId: null } },
  ])
})

test('whose former assignee is not known is left alone rather than given to the wrong one', () => {
  expect(takeBack({ change: 'assign', memberId: 'ben', teamId: null }, ['far-away'], [])).toEqual([])
})

test('a tag is taken off exactly those that got it', () => {
  expect(takeBack({ change: 'tag', add: ['tag-1'], remove: [] }, ['b'], [])).toEqual([
    { ids: ['b'], change: { change: 'tag', add: [], remove: ['tag-1'] } },
  ])
})

test('closing is taken back to open or to the snooze that still runs', () => {
  const tomorrow = new Date(Date.now() + 86_400_000)
  const before = [conversation('a'), conversation('b', { state: 'snoozed', snoozedUntil: tomorrow })]
  expect(takeBack({ change: 'close' }, ['a', 'b'], before)).toEqual([
    { ids: ['a'], change: { change: 'reopen' } },
    { ids: ['b'], change: { change: 'snooze', until: tomorrow } },
  ])
})

test('a snooze that ran out meanwhile is not set again', () => {
  const before = [conversation('a', { state: 'snoozed', snoozedUntil: new Date(Date.now() - 1000) })]
  expect(takeBack({ change: 'close' }, ['a'], before)).toEqual([{ ids: ['a'], change: { change: 'reopen' } }])
})

test('what is refused on the way back is told, and the rest goes back all the same', async () => {
  const before = [conversation('a', { state: 'closed' }), conversation('b', { state: 'closed' })]
  const steps = takeBack({ change: 'reopen' }, ['a', 'b'], before)
  const told: [ChangeReport, Change][] = []
  const refused = [{ conversationId: 'a', because: 'needs-reason' as const }]
  await carryBack(
    steps,
    async () => ({ changed: ['b'], unchanged: 0, refused, more: false }),
    (report, change) => told.push([report, change]),
  )
  expect(told).toEqual([[{ changed: [], unchanged: 0, refused, more: false }, { change: 'close' }]])
  await carryBack(
    steps,
    async () => ({ changed: ['a', 'b'], unchanged: 0, refused: [], more: false }),
    () => expect.unreachable('nothing was refused'),
  )
})
