import { describe, expect, it } from 'vitest'
import { shownUnit } from './shown-unit.ts'

describe('a length of service time', () => {
  it('is shown in whole hours where it is some, in minutes otherwise', () => {
    expect([90, 36 * 60, 45, 60].map((minutes) => shownUnit(minutes, null))).toEqual([1, 60, 1, 60])
  })

  it('keeps the unit in which it was put down, and not that of another length that stood in its place', () => {
    expect(shownUnit(60, { unit: 1, minutes: 60 })).toBe(1)
    expect(shownUnit(90, { unit: 60, minutes: 90 })).toBe(60)
    expect(shownUnit(90, { unit: 60, minutes: 36 * 60 })).toBe(1)
  })
})
