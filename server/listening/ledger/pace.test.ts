import { describe, expect, it } from 'vitest'
import { paceOf, usedShare } from './pace.ts'

const MINUTE = 60_000
const MIDDLE = new Date('2026-11-16T00:00:00Z')
const posts = (limit: number) => ({ posts: limit, micros: null })

describe('the pace of a source with a budget', () => {
  it('is its own while most of the budget is left', () => {
    const use = { asked: 1_000, posts: 700, micros: 0 }
    expect(paceOf(MINUTE, use, posts(1_000), MIDDLE)).toEqual({ pace: 'free', waitMs: MINUTE })
  })

  it('slows near the limit, so that the rest lasts until the month ends', () => {
    const use = { asked: 900, posts: 900, micros: 0 }
    const pace = paceOf(MINUTE, use, posts(1_000), MIDDLE)
    // A hundred requests are left for fifteen days.
    expect(pace).toEqual({ pace: 'slowed', waitMs: (15 * 86_400_000) / 100 })
  })

  it('is never faster than its own', () => {
    const use = { asked: 9, posts: 9, micros: 0 }
    expect(paceOf(40 * 86_400_000, use, posts(10), MIDDLE)).toEqual({ pace: 'free', waitMs: 40 * 86_400_000 })
  })

  it('rests at the limit until the next month, also over the year', () => {
    const use = { asked: 5, posts: 12, micros: 0 }
    expect(paceOf(MINUTE, use, posts(10), MIDDLE)).toEqual({ pace: 'spent', until: new Date('2026-12-01T00:00:00Z') })
    expect(paceOf(MINUTE, use, posts(10), new Date('2026-12-31T23:59:59Z'))).toEqual({
      pace: 'spent',
      until: new Date('2027-01-01T00:00:00Z'),
    })
  })

  it('goes by the limit that is nearer', () => {
    const use = { asked: 10, posts: 10, micros: 900 }
    expect(usedShare(use, { posts: 100, micros: 1_000 })).toBe(0.9)
    expect(usedShare(use, { posts: null, micros: null })).toBe(0)
  })
})
