import { expect, test } from 'vitest'
import { actionsOf, deedsOf } from './macro-actions.ts'

test('what the dialog shows of a macro is what it saves', () => {
  const actions = [
    { action: 'tag' as const, tagId: 'tag-1' },
    { action: 'tag' as const, tagId: 'tag-2' },
    { action: 'assign' as const, memberId: null, teamId: 'team-1' },
    { action: 'snooze' as const, hours: 48 },
  ]
  expect(actionsOf(deedsOf(actions))).toEqual(actions)
})

test('a macro with nothing but a text does nothing', () => {
  expect(actionsOf(deedsOf([]))).toEqual([])
})

test('closing and snoozing exclude each other', () => {
  expect(actionsOf({ tagIds: [], assignee: 'member:me', after: 'close', snoozeHours: 5 })).toEqual([
    { action: 'assign', memberId: 'me', teamId: null },
    { action: 'close' },
  ])
})
