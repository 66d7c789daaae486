import { expect, test } from 'vitest'
import { endOfDay } from './end-of-day.ts'

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
