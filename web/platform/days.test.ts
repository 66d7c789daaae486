import { expect, test } from 'vitest'
import { dayAt, endOfDay, startOfDay } from './days.ts'

test('a day ends by the clocks of whoever reads', () => {
  expect(endOfDay('2026-11-23', 'Europe/Berlin')?.toISOString()).toBe('2026-11-23T22:59:59.999Z')
  expect(endOfDay('2026-07-01', 'Europe/Berlin')?.toISOString()).toBe('2026-07-01T21:59:59.999Z')
  expect(endOfDay('2026-11-23', 'America/New_York')?.toISOString()).toBe('2026-11-24T04:59:59.999Z')
  expect(endOfDay('2026-11-23', 'UTC')?.toISOString()).toBe('2026-11-23T23:59:59.999Z')
})

test('the day on which the clocks go back has 25 hours, and its end is still its end', () => {
  expect(endOfDay('2026-10-25', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T22:59:59.999Z')
  expect(endOfDay('2026-10-24', 'Europe/Berlin')?.toISOString()).toBe('2026-10-24T21:59:59.999Z')
})

test('what is no day limits nothing', () => {
  expect(endOfDay('yesterday', 'UTC')).toBeUndefined()
  expect(endOfDay('2026-13-45', 'UTC')).toBeUndefined()
})

test('a day begins by the same clocks, also on the days of another length', () => {
  expect(startOfDay('2026-11-23', 'Europe/Berlin')?.toISOString()).toBe('2026-11-22T23:00:00.000Z')
  expect(startOfDay('2026-10-25', 'Europe/Berlin')?.toISOString()).toBe('2026-10-24T22:00:00.000Z')
  expect(startOfDay('2026-10-26', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T23:00:00.000Z')
  expect(startOfDay('2026-03-29', 'Europe/Berlin')?.toISOString()).toBe('2026-03-28T23:00:00.000Z')
  expect(startOfDay('2026-03-30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T22:00:00.000Z')
  expect(startOfDay('2026-02-30x', 'UTC')).toBeUndefined()
})

test('at one moment it is not the same day everywhere', () => {
  const moment = new Date('2026-11-22T23:30:00Z')
  expect(dayAt(moment, 'Europe/Berlin')).toBe('2026-11-23')
  expect(dayAt(moment, 'America/New_York')).toBe('2026-11-22')
})
