import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALARM_KINDS } from '../../../contract/measurement-alarms.ts'
import { HOUR_MS, Zone } from '../zone.ts'
import { type Baseline, daysToLearn, learnBaseline, levelNow } from './baseline.ts'
import { countProbability, countTimesAWeek, shareProbability } from './chance.ts'
import { look, type MinuteCount, onsetOf, rarerThan } from './detect.ts'
import { type Episode, step } from './episode.ts'
import { expectedBetween, type HourCount } from './season.ts'
import { hasGrown, strengthOf } from './strength.ts'

const zone = new Zone('UTC')
const BEGIN = Date.UTC(2026, 0, 5)
const MINUTE_MS = 60_000
const WEEKS = 4

/** `perHour` says the posts of an hour of the week, Monday 0 o'clock first. */
const historyOf = (perHour: (hour: number) => number, weeks = WEEKS): HourCount[] =>
  Array.from({ length: weeks * 168 }, (_, hour) => {
    const posts = perHour(hour % 168)
    return { at: BEGIN + hour * HOUR_MS, posts, read: posts, negative: Math.round(posts / 4), reach: posts * 50 }
  })
const NOW = BEGIN + WEEKS * 168 * HOUR_MS
const learned = (hours: HourCount[]): Baseline => learnBaseline(hours, [], zone, NOW)
const byDay = (hour: number): number => (hour % 24 >= 8 && hour % 24 < 20 ? 12 : 2)
const minutesBefore = (now: number, posts: readonly number[]): MinuteCount[] =>
  posts.map((count, at) => ({
    at: now - (posts.length - at) * MINUTE_MS,
    posts: count,
    read: count,
    negative: 0,
    reach: count * 50,
  }))
const seenAt = (baseline: Baseline, now: number, posts: readonly number[], since = 0) =>
  rarerThan(
    look({ baseline, level: 1, minutes: minutesBefore(now, posts), voice: null, now, since }, ['volume'], zone),
    ['volume'],
    0.25,
  )

describe('chance', () => {
  it('probabilities of all counts sum to one, and of all shares too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        (mean, spread) => {
          let sum = 0
          for (let count = 0; count < 1_500; count++) sum += countProbability(count, mean, mean * spread)
          expect(sum).toBeCloseTo(1, 4)
        },
      ),
    )
    let shares = 0
    for (let hits = 0; hits <= 30; hits++) shares += shareProbability(hits, 30, 0.25, 0.05)
    expect(shares).toBeCloseTo(1, 6)
  })

  it('the more posts, the rarer', () => {
    const often = [10, 20, 30, 40].map((count) => countTimesAWeek(count, 5, 8, 60))
    expect(often.toSorted((one, other) => other - one)).toEqual(often)
  })
})

describe('what is usual', () => {
  it('knows the hours of the day, also of a topic with three posts a day', () => {
    const { season } = learned(historyOf(byDay))
    const at = (hour: number) => expectedBetween(season, zone, NOW + hour * HOUR_MS, NOW + (hour + 1) * HOUR_MS)
    expect(at(12)).toBeCloseTo(12, 0)
    expect(at(3)).toBeCloseTo(2, 0)
    const quiet = learned(historyOf((hour) => (hour % 8 === 0 ? 1 : 0))).season
    expect(expectedBetween(quiet, zone, NOW, NOW + 24 * HOUR_MS)).toBeCloseTo(3, 0)
  })

  it('a storm of last week is not part of it, and neither are hours in which nothing was heard', () => {
    const stormy = historyOf(byDay).map((hour, at) => (at >= 500 && at < 504 ? { ...hour, posts: 900 } : hour))
    const silent = historyOf(byDay).map((hour, at) => (at >= 580 && at < 620 ? { ...hour, posts: 0 } : hour))
    for (const history of [stormy, silent]) {
      const { season } = learned(history)
      expect(expectedBetween(season, zone, NOW, NOW + 168 * HOUR_MS)).toBeGreaterThan(168 * 6.2)
      expect(expectedBetween(season, zone, NOW, NOW + 168 * HOUR_MS)).toBeLessThan(168 * 7.8)
    }
  })

  it('growth raises the level, a lull does not lower it', () => {
    const baseline = learned(historyOf(byDay))
    const recent = (times: number): HourCount[] =>
      Array.from({ length: 48 }, (_, back) => {
        const at = NOW - (48 - back) * HOUR_MS
        return { at, posts: Math.round(byDay(back % 24) * times), read: 0, negative: 0, reach: 0 }
      })
    expect(levelNow(baseline, recent(1.5), zone, NOW)).toBeGreaterThan(1.2)
    expect(levelNow(baseline, recent(0.1), zone, NOW)).toBe(1)
  })

  it('is learned within seven days, and says how many are missing', () => {
    const day = 24 * HOUR_MS
    expect([0, 1.5, 6.9, 7, 30].map((days) => daysToLearn(NOW - days * day, NOW))).toEqual([7, 6, 1, 0, 0])
  })
})

describe('a look', () => {
  const baseline = learned(historyOf(byDay))
  it('finds a burst within two minutes, and nothing in an ordinary hour', () => {
    const noon = NOW + 12 * HOUR_MS
    expect(seenAt(baseline, noon, [8, 8])[0]).toMatchObject({ kind: 'volume', observed: 16 })
    expect(
      seenAt(
        baseline,
        noon,
        new Array(60).fill(0).map((_, at) => (at % 5 === 0 ? 1 : 0)),
      ),
    ).toEqual([])
  })

  it('the same posts by night are more than by day', () => {
    const posts = new Array(60).fill(0).map((_, at) => (at % 3 === 0 ? 1 : 0))
    expect(seenAt(baseline, NOW + 12 * HOUR_MS, posts)).toEqual([])
    expect(seenAt(baseline, NOW + 3 * HOUR_MS, posts).length).toBeGreaterThan(0)
  })

  it('does not tell again what an alarm has told', () => {
    const noon = NOW + 12 * HOUR_MS
    expect(seenAt(baseline, noon, [8, 8, 8, 0, 0, 0], noon - 3 * MINUTE_MS)).toEqual([])
  })

  it('nothing but silence raises nothing, of any kind', () => {
    const given = { baseline, level: 1, minutes: [], voice: { posts: 0, of: 0 }, now: NOW, since: 0 }
    expect(rarerThan(look(given, ALARM_KINDS, zone), ALARM_KINDS, 1)).toEqual([])
  })

  it('says where the burst began, and leaves a usual post before it out', () => {
    const noon = NOW + 12 * HOUR_MS
    const minutes = minutesBefore(noon, [1, 0, 0, 0, 0, 1, 0, 6, 6, 6])
    const given = { baseline, level: 1, minutes, voice: null, now: noon, since: 0 }
    const burst = { kind: 'volume' as const, minutes: 3, observed: 18, expected: 0.6, of: 18, timesAWeek: 0 }
    expect(onsetOf(given, burst, zone)).toBe(noon - 3 * MINUTE_MS)
  })
})

describe('an episode', () => {
  const finding = (minutes: number, kind: 'volume' | 'reach' = 'volume') => ({
    kind,
    minutes,
    observed: 20,
    expected: 1,
    of: 20,
    timesAWeek: 1e-9,
  })
  const open: Episode & { endedAt: null } = { kinds: ['volume'], lastUnusualAt: NOW, quietMinutes: 30, endedAt: null }

  it('opens, takes in another kind, and ends after half an hour of quiet', () => {
    expect(step(null, [finding(2)], [], NOW)).toMatchObject({ kind: 'open', episode: { quietMinutes: 30 } })
    expect(step(open, [finding(60, 'reach')], [], NOW + MINUTE_MS)).toMatchObject({
      episode: { kinds: ['volume', 'reach'] },
    })
    expect(step(open, [], [], NOW + 29 * MINUTE_MS).kind).toBe('stay')
    expect(step(open, [], [], NOW + 31 * MINUTE_MS)).toEqual({ kind: 'end', endedAt: NOW })
  })

  it('a long window that still holds what is over keeps nothing open', () => {
    expect(step(open, [finding(360)], [finding(360)], NOW + 31 * MINUTE_MS).kind).toBe('end')
    expect(step(open, [], [finding(10)], NOW + 31 * MINUTE_MS).kind).toBe('stay')
  })

  it('what flares up soon after its end is the same alarm, later another', () => {
    const ended = { ...open, endedAt: NOW }
    expect(step(ended, [finding(2)], [], NOW + HOUR_MS).kind).toBe('reopen')
    expect(step(ended, [finding(2)], [], NOW + 3 * HOUR_MS).kind).toBe('open')
  })

  it('a crisis is ten times the usual and fifty posts; a fivefold one with unusually many negative posts is one too', () => {
    const volume = (observed: number, expected: number) => ({ ...finding(60), observed, expected })
    expect(strengthOf([volume(60, 5)])).toBe('crisis')
    expect(strengthOf([volume(40, 1)])).toBe('unusual')
    expect(strengthOf([volume(60, 10)])).toBe('unusual')
    expect(strengthOf([volume(60, 10), { ...volume(20, 4), kind: 'negative-share' }])).toBe('crisis')
  })

  it('is told again when it has grown threefold, not sooner than after half an hour, but a crisis at once', () => {
    const told = { strength: 'unusual' as const, toldPosts: 20, toldAt: NOW }
    const grown = (posts: number, minutes: number, strength: 'unusual' | 'crisis' = 'unusual') =>
      hasGrown(told, { strength, posts, now: NOW + minutes * MINUTE_MS })
    expect([grown(60, 31), grown(60, 10), grown(59, 31), grown(21, 1, 'crisis')]).toEqual([true, false, false, true])
  })
})
