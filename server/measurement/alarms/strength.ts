import type { ALARM_STRENGTHS } from '../../../contract/measurement-alarms.ts'
import type { Finding } from './detect.ts'

export type AlarmStrength = (typeof ALARM_STRENGTHS)[number]

/**
 * A crisis wakes people: ten times the usual posts within an hour at most, or five times with an unusual share of negative
 * ones, and fifty posts at least. Fixed and simple, so that everybody knows beforehand what breaks quiet hours. Pure.
 */
const CRISIS_POSTS_MIN = 50
const CRISIS_TIMES = 10
const NEGATIVE_CRISIS_TIMES = 5
const CRISIS_MINUTES = 60

export function strengthOf(findings: readonly Finding[]): AlarmStrength {
  const isNegative = findings.some(({ kind }) => kind === 'negative-share')
  const times = isNegative ? NEGATIVE_CRISIS_TIMES : CRISIS_TIMES
  const isCrisis = findings.some(
    ({ kind, minutes, observed, expected }) =>
      kind === 'volume' && minutes <= CRISIS_MINUTES && observed >= CRISIS_POSTS_MIN && observed >= times * expected,
  )
  return isCrisis ? 'crisis' : 'unusual'
}

/** What was told once is told again when there is three times as much to tell, and not within half an hour. */
const GREW_TIMES = 3
const GREW_POSTS_MIN = 20
const TOLD_AGAIN_MS = 30 * 60_000

export function hasGrown(
  before: { strength: AlarmStrength; toldPosts: number; toldAt: number },
  after: { strength: AlarmStrength; posts: number; now: number },
): boolean {
  if (before.strength === 'unusual' && after.strength === 'crisis') return true
  if (after.now - before.toldAt < TOLD_AGAIN_MS) return false
  return after.posts >= GREW_TIMES * before.toldPosts && after.posts - before.toldPosts >= GREW_POSTS_MIN
}
