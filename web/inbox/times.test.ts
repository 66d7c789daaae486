import { expect, test } from 'vitest'
import { snoozeChoices, snoozeUntil } from './snooze-times.ts'
import { conversation, minute } from './testing.ts'
import { waitingTone } from './waiting.ts'

const wednesday = new Date(2026, 10, 25, 14, 30)
const sunday = new Date(2026, 10, 29, 19, 0)

test('tomorrow morning and Monday are at nine by the device’s clock', () => {
  expect(snoozeUntil('tomorrow', wednesday)).toEqual(new Date(2026, 10, 26, 9))
  expect(snoozeUntil('monday', wednesday)).toEqual(new Date(2026, 10, 30, 9))
  expect(snoozeUntil('hour', wednesday)).toEqual(new Date(2026, 10, 25, 15, 30))
})

test('on a Monday, Monday is the next one', () => {
  expect(snoozeUntil('monday', new Date(2026, 10, 30, 8))).toEqual(new Date(2026, 11, 7, 9))
})

test('in the evening there is no "this evening", and on a Sunday Monday is said once', () => {
  expect(snoozeChoices(wednesday)).toEqual(['hour', 'evening', 'tomorrow', 'monday', 'week'])
  expect(snoozeChoices(sunday)).toEqual(['hour', 'tomorrow', 'week'])
})

test('every choice lies in the future, whenever one looks', () => {
  for (let hour = 0; hour < 24 * 8; hour++) {
    const now = new Date(2026, 2, 25, hour, 59)
    for (const choice of snoozeChoices(now)) expect(snoozeUntil(choice, now) > now, `${choice} at ${now}`).toBe(true)
  }
})

const inTwoHours = minute(120)
const lease = (mine: boolean) => ({
  holder: { kind: 'member' as const, id: 'ben', name: 'Ben' },
  mine,
  takenAt: minute(0),
  expiresAt: minute(200),
})

test('red is only what needs a person now: spoken to us, long ago, and nobody’s or mine', () => {
  expect(waitingTone(conversation('a'), 'anna', inTwoHours)).toBe('urgent')
  expect(waitingTone(conversation('a', { assignedMemberId: 'anna' }), 'anna', inTwoHours)).toBe('urgent')
  expect(waitingTone(conversation('a'), 'anna', minute(10))).toBe('notice')
})

test('what a colleague has or answers, what is put aside, and what was not said to us stays quiet', () => {
  expect(waitingTone(conversation('a', { assignedMemberId: 'ben' }), 'anna', inTwoHours)).toBe('neutral')
  expect(waitingTone(conversation('a', { lease: lease(false) }), 'anna', inTwoHours)).toBe('neutral')
  expect(waitingTone(conversation('a', { state: 'snoozed' }), 'anna', inTwoHours)).toBe('neutral')
  expect(waitingTone(conversation('a', { openedBecause: 'mention' }), 'anna', inTwoHours)).toBe('neutral')
})

test('while one answers oneself it stays as urgent as it is; whoever has an answer waits no more', () => {
  expect(waitingTone(conversation('a', { lease: lease(true) }), 'anna', inTwoHours)).toBe('urgent')
  expect(waitingTone(conversation('a', { waitingSince: null }), 'anna', inTwoHours)).toBeNull()
})
