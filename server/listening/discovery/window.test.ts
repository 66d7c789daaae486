import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BACKGROUND_WEEKS, daysBefore, sameHoursBefore, spansOf, windowOf } from './window.ts'

const HOUR_MS = 3_600_000
const now = new Date('2026-11-22T14:20:00Z')
const anyTime = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })

test('a day is the last 24 hours, a week today and the six days before', () => {
  expect(windowOf('day', now)).toEqual({
    from: new Date('2026-11-21T15:00:00Z'),
    until: new Date('2026-11-22T15:00:00Z'),
  })
  expect(windowOf('week', now)).toEqual({
    from: new Date('2026-11-16T00:00:00Z'),
    until: new Date('2026-11-22T15:00:00Z'),
  })
  const midnight = new Date('2026-11-22T23:59:59Z')
  expect(windowOf('week', midnight).from).toEqual(new Date('2026-11-16T00:00:00Z'))
})

test('the spans of a window cover each of its hours once, whatever the time, and lie within it', () => {
  fc.assert(
    fc.property(anyTime, fc.constantFrom('day' as const, 'week' as const), (at, period) => {
      const window = windowOf(period, at)
      for (const each of [window, ...sameHoursBefore(window), daysBefore(window)]) {
        const hours = spansOf(each, at).flatMap(({ span, startsAt }) =>
          Array.from({ length: span === 'day' ? 24 : 1 }, (_, hour) => startsAt.getTime() + hour * HOUR_MS),
        )
        const expected = (each.until.getTime() - each.from.getTime()) / HOUR_MS
        expect(hours).toEqual(Array.from({ length: expected }, (_, hour) => each.from.getTime() + hour * HOUR_MS))
      }
    }),
  )
})

test('a day whose hours may still be open is read by the hour', () => {
  const spans = spansOf(windowOf('week', now), now)
  expect(spans.filter(({ span }) => span === 'day')).toHaveLength(6)
  expect(spans.filter(({ span }) => span === 'hour')).toHaveLength(15)
  const early = new Date('2026-11-22T02:00:00Z')
  expect(spansOf(windowOf('week', early), early).filter(({ span }) => span === 'day')).toHaveLength(5)
})

test('the background is the same weekdays and hours of four weeks', () => {
  const window = windowOf('day', now)
  const before = sameHoursBefore(window)
  expect(before).toHaveLength(BACKGROUND_WEEKS)
  for (const { from } of before) {
    expect(from.getUTCDay()).toBe(window.from.getUTCDay())
    expect(from.getUTCHours()).toBe(window.from.getUTCHours())
  }
})
