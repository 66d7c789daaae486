import type { AlarmKind } from '../../../contract/measurement-alarms.ts'
import type { Zone } from '../zone.ts'
import { type Baseline, VOICE_HOURS } from './baseline.ts'
import { countTimesAWeek, shareTimesAWeek } from './chance.ts'
import { expectedBetween, varianceOf } from './season.ts'
import { countTailTimesAWeek, heavyTimesAWeek } from './tails.ts'

/**
 * One look at a topic: which of its kinds are unusual now, by windows that end now. The times a week that chance may
 * raise an alarm are shared out evenly among the kinds that are watched and among the windows of a kind (Bonferroni's
 * inequality), so the rate that was promised holds for all of them together, whatever they have in common. Pure.
 */
export interface MinuteCount {
  /** Beginning of the minute, in milliseconds. */
  at: number
  posts: number
  read: number
  negative: number
  reach: number
}

export interface Look {
  baseline: Baseline
  /** From levelNow. */
  level: number
  /** Oldest first; minutes without posts may be left out. At least LOOK_MINUTES back. */
  minutes: readonly MinuteCount[]
  /** The author with most posts in the last six hours, of all posts then; null: not known. */
  voice: { posts: number; of: number } | null
  now: number
  /** Windows begin here at the earliest: what an alarm has told is not told again. */
  since: number
}

export interface Finding {
  kind: AlarmKind
  minutes: number
  observed: number
  expected: number
  /** Posts in the window. */
  of: number
  /** How often chance brings as much: the smaller, the more unusual. */
  timesAWeek: number
}

const WINDOWS: Record<AlarmKind, readonly number[]> = {
  volume: [1, 3, 10, 60, 360],
  'negative-share': [15, 60, 360],
  reach: [60],
  'single-voice': [VOICE_HOURS * 60],
}
export const LOOK_MINUTES = 360
/** Fewer are no burst, however quiet a topic is. */
const POSTS_MIN = 5
const NEGATIVE_MIN = 5
const READ_MIN = 8
const VOICE_POSTS_MIN = 5
const VOICE_SHARE_MIN = 1 / 3
/** A learned rhythm is itself uncertain, the more so the fewer posts an hour of the day has had. */
const RHYTHM_POSTS = (posts: number): number => posts / 24 + 5
const MINUTE_MS = 60_000
/** A short window finds a burst first; it may have begun before. */
const ONSET_MINUTES = 60
/** Where next to nothing is usual, this many posts stand for it in ratios. */
const RARE_POSTS = 0.5
/** Tails are learned from windows side by side; ones that slide reach as far about twice as often. */
const SLIDING = 2

/** Everything that the watched kinds show now, however usual. */
export const look = (given: Look, kinds: readonly AlarmKind[], zone: Zone): Finding[] =>
  kinds.flatMap((kind) => WINDOWS[kind].flatMap((minutes) => measure(kind, given, minutes, zone) ?? []))

/**
 * How many times less often than its bound each kind comes about by chance, because neighbouring windows and kinds see the
 * same posts: measured on generated streams without bursts (docs/alarms.md), over three orders of magnitude, rounded down.
 */
const BOUND_SLACK: Record<AlarmKind, number> = { volume: 15, 'negative-share': 18, reach: 5, 'single-voice': 4 }

/** Of these, what is so rare that chance brings no more of it than `timesAWeek`, all watched kinds together; rarest first. */
export const rarerThan = (findings: readonly Finding[], kinds: readonly AlarmKind[], timesAWeek: number): Finding[] =>
  findings
    .filter(
      ({ kind, timesAWeek: bound }) => bound / BOUND_SLACK[kind] <= timesAWeek / kinds.length / WINDOWS[kind].length,
    )
    .sort((one, other) => one.timesAWeek - other.timesAWeek)

function measure(kind: AlarmKind, given: Look, minutes: number, zone: Zone): Finding | null {
  const { baseline, now, since } = given
  const from = Math.max(now - minutes * 60_000, since)
  const window = sumSince(given.minutes, from, now)
  const length = (now - from) / 60_000
  if (length <= 0) return null
  const common = { kind, minutes, of: window.posts }
  switch (kind) {
    case 'volume': {
      if (window.posts < POSTS_MIN) return null
      const expected = given.level * expectedBetween(baseline.season, zone, from, now)
      const drift = baseline.season.drift + 1 / RHYTHM_POSTS(baseline.posts)
      const variance = varianceOf(expected, { cluster: baseline.season.cluster, drift })
      const often = countTimesAWeek(window.posts, expected, variance, length)
      return { ...common, observed: window.posts, expected, timesAWeek: often }
    }
    case 'negative-share': {
      if (!baseline.negative || window.read < READ_MIN || window.negative < NEGATIVE_MIN) return null
      const often = shareTimesAWeek({ hits: window.negative, total: window.read }, baseline.negative, length)
      const expected = window.read * baseline.negative.share
      return { ...common, of: window.read, observed: window.negative, expected, timesAWeek: often }
    }
    case 'reach': {
      if (!baseline.reach || window.reach === 0) return null
      const often = SLIDING * heavyTimesAWeek(baseline.reach, window.reach)
      return { ...common, observed: window.reach, expected: baseline.reach.threshold, timesAWeek: often }
    }
    case 'single-voice': {
      const { voice } = given
      if (!voice || !baseline.voice || voice.posts < VOICE_POSTS_MIN || voice.posts < voice.of * VOICE_SHARE_MIN)
        return null
      const often = SLIDING * countTailTimesAWeek(baseline.voice, voice.posts)
      const expected = baseline.voice.threshold
      return { ...common, of: voice.of, observed: voice.posts, expected, timesAWeek: often }
    }
  }
}

function sumSince(minutes: readonly MinuteCount[], from: number, until: number): Omit<MinuteCount, 'at'> {
  const sum = { posts: 0, read: 0, negative: 0, reach: 0 }
  for (let at = minutes.length - 1; at >= 0; at--) {
    const minute = minutes[at] as MinuteCount
    if (minute.at < from) break
    if (minute.at >= until) continue
    sum.posts += minute.posts
    sum.read += minute.read
    sum.negative += minute.negative
    sum.reach += minute.reach
  }
  return sum
}

/**
 * Where the burst began: the peak of a cumulative sum, looking back, of posts against the rate half way between the usual
 * one and the burst's (Page 1954, with the reference value of a Poisson test), so that a usual post before it is not part of it.
 */
export function onsetOf({ minutes, baseline, level, now, since }: Look, burst: Finding, zone: Zone): number {
  const earliest = Math.max(now - Math.max(ONSET_MINUTES, burst.minutes) * MINUTE_MS, since)
  if (burst.kind !== 'volume') return Math.max(now - burst.minutes * MINUTE_MS, since)
  const times = burst.observed / Math.max(burst.expected, RARE_POSTS)
  const reference = times > 1 ? (times - 1) / Math.log(times) : 1
  const usualMin = RARE_POSTS / burst.minutes
  const posts = new Map(minutes.map((minute) => [minute.at, minute.posts]))
  const from = Math.floor(earliest / MINUTE_MS) * MINUTE_MS
  let [sum, best, onset] = [0, Number.NEGATIVE_INFINITY, from]
  for (let at = Math.floor(now / MINUTE_MS) * MINUTE_MS; at >= from; at -= MINUTE_MS) {
    const usual = level * expectedBetween(baseline.season, zone, at, at + MINUTE_MS)
    sum += (posts.get(at) ?? 0) - reference * Math.max(usual, usualMin)
    if (sum <= best) continue
    best = sum
    onset = at
  }
  return onset
}
