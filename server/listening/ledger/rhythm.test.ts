import { describe, expect, it } from 'vitest'
import { silenceAllowed, silencesBetween } from './rhythm.ts'

const HOUR = 3_600_000
const at = (text: string) => new Date(`${text}Z`)
const days = (count: number, seconds: number, every = 1) =>
  Array.from({ length: count }, (_, index) => ({ day: new Date(Date.UTC(2026, 9, 1 + index * every)), seconds }))

describe('silences between posts', () => {
  it('are the longest of each day, whatever the order they are heard in', () => {
    const published = [at('2026-11-02T08:00'), at('2026-11-01T10:00'), at('2026-11-01T13:00')]
    expect(silencesBetween(published, at('2026-11-01T09:30'))).toEqual([
      { day: at('2026-11-01T00:00'), seconds: 3 * 3_600 },
      { day: at('2026-11-02T00:00'), seconds: 19 * 3_600 },
    ])
  })

  it('are not known from one post', () => {
    expect(silencesBetween([at('2026-11-01T10:00')], null)).toEqual([])
  })
})

describe('the silence that a source is known for', () => {
  it('is twice the longest of late', () => {
    expect(silenceAllowed(days(10, 7_200), 0)).toBe(4 * HOUR)
  })

  it('is not known before every day of the week was seen', () => {
    expect(silenceAllowed(days(6, 7_200), 0)).toBeNull()
    expect(silenceAllowed([], 0)).toBeNull()
  })

  it('is known of a weekly blog after five posts', () => {
    expect(silenceAllowed(days(5, 7 * 86_400, 7), 0)).toBe(14 * 24 * HOUR)
  })

  it('is at least an hour, and three requests', () => {
    expect(silenceAllowed(days(10, 60), 300_000)).toBe(HOUR)
    expect(silenceAllowed(days(10, 60), HOUR)).toBe(3 * HOUR)
  })
})
