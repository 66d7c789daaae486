import { expect, it } from 'vitest'
import { Zone } from '../zone.ts'
import { dueAfterQuietHours } from './quiet-hours.ts'

const berlin = new Zone('Europe/Berlin')
const NIGHT = { from: 22 * 60, until: 7 * 60 }
const due = (at: string, quiet: { from: number; until: number } | null = NIGHT) =>
  new Date(dueAfterQuietHours(Date.parse(at), quiet, berlin)).toISOString()

it('what is due in the night waits for the morning, by the clock of the zone', () => {
  expect(due('2026-11-20T23:30:00Z')).toBe('2026-11-21T06:00:00.000Z')
  expect(due('2026-07-20T23:30:00Z')).toBe('2026-07-21T05:00:00.000Z')
})

it('what is due by day goes at once, to the second', () => {
  expect(due('2026-11-20T12:00:41Z')).toBe('2026-11-20T12:00:41.000Z')
  expect(due('2026-11-21T06:00:00Z')).toBe('2026-11-21T06:00:00.000Z')
})

it('a night in which the clocks change ends at seven all the same', () => {
  expect(due('2026-10-24T22:30:00Z')).toBe('2026-10-25T06:00:00.000Z')
  expect(due('2026-03-28T22:30:00Z')).toBe('2026-03-29T05:00:00.000Z')
})

it('hours within one day, none at all, and from an hour to itself', () => {
  expect(due('2026-11-20T12:00:00Z', { from: 12 * 60, until: 14 * 60 })).toBe('2026-11-20T13:00:00.000Z')
  expect(due('2026-11-20T23:30:00Z', null)).toBe('2026-11-20T23:30:00.000Z')
  expect(due('2026-11-20T23:30:00Z', { from: 60, until: 60 })).toBe('2026-11-20T23:30:00.000Z')
})
