import { medianOf } from '../../statistics/index.ts'
import { HOUR_MS, type Zone } from '../zone.ts'
import { CHI_SQUARED_MEDIAN, cellOf, type HourCount, learnSeason, levelsOf, type Season } from './season.ts'
import { learnCountTail, learnHeavyTail, type Tail } from './tails.ts'

/** What a topic usually does: learned once in a while, kept as it is, and read at every look. Pure. */
export interface Baseline {
  /** Milliseconds; counts reach from here. */
  from: number
  learnedAt: number
  season: Season
  /** Posts that it rests on. */
  posts: number
  negative: { share: number; correlation: number } | null
  reach: Tail | null
  /** Posts of the author with most of them, in six hours. */
  voice: Tail | null
}

export const LEARNING_DAYS = 7
export const HISTORY_DAYS = 56
/** The most recent hour does not count towards the level: what begins now would become its own measure. */
const LEVEL_GUARD_HOURS = 1
const READ_POSTS_MIN = 50
const REACH_HOURS_MIN = 24
const VOICE_BINS_MIN = 8
export const VOICE_HOURS = 6

/** Whole days until there is a first judgement; 0 when it has been learned. */
export const daysToLearn = (countedFrom: number, now: number): number =>
  Math.max(0, Math.ceil(LEARNING_DAYS - (now - countedFrom) / (24 * HOUR_MS)))

/**
 * `hours` without holes, oldest first. `voices`: posts of the busiest author for each six hours that had a post.
 */
export function learnBaseline(
  hours: readonly HourCount[],
  voices: readonly number[],
  zone: Zone,
  learnedAt: number,
): Baseline {
  const { season, isGap } = learnSeason(hours, zone)
  const weeks = Math.max(1 / 7, hours.length / (24 * 7))
  const reaches = hours.flatMap(({ reach }) => (reach > 0 ? [reach] : []))
  return {
    from: hours[0]?.at ?? learnedAt,
    learnedAt,
    season,
    posts: hours.reduce((sum, { posts }) => sum + posts, 0),
    negative: learnShare(hours.filter((_, at) => !isGap[at])),
    reach: reaches.length < REACH_HOURS_MIN ? null : learnHeavyTail(reaches, weeks),
    voice: voices.length < VOICE_BINS_MIN ? null : learnCountTail(voices, weeks),
  }
}

const SHARE_PRIOR = { negative: 2, read: 8 }
const CORRELATION_MIN = 0.01
const CORRELATION_MAX = 0.3
const SHARE_BIN_READ_MIN = 10
const SHARE_REJECTED_BEYOND = 9
/** The usual share, and how much more than chance it varies between stretches of at least ten posts: so much that the middle
 *  stretch strays as far as it should. Past storms are far out, wherever exactly, and do not move the middle. */
function learnShare(hours: readonly HourCount[]): Baseline['negative'] {
  const bins: ShareBin[] = []
  let open = { read: 0, negative: 0 }
  for (const { read, negative } of hours) {
    open = { read: open.read + read, negative: open.negative + negative }
    if (open.read < SHARE_BIN_READ_MIN) continue
    bins.push(open)
    open = { read: 0, negative: 0 }
  }
  const total = bins.reduce((sum, bin) => sum + bin.read, 0)
  if (total < READ_POSTS_MIN) return null
  let fit = { share: shareIn(bins), correlation: CORRELATION_MIN }
  for (let round = 0; round < 3; round++) {
    const correlation = correlationIn(bins, fit.share)
    const usual = bins.filter((bin) => strayed(bin, { ...fit, correlation }) <= SHARE_REJECTED_BEYOND)
    fit = { share: shareIn(usual), correlation }
  }
  return fit
}

interface ShareBin {
  read: number
  negative: number
}

function shareIn(bins: readonly ShareBin[]): number {
  const sum = (of: (bin: ShareBin) => number) => bins.reduce((total, bin) => total + of(bin), 0)
  return (sum(({ negative }) => negative) + SHARE_PRIOR.negative) / (sum(({ read }) => read) + SHARE_PRIOR.read)
}

/** Squared distance from the usual share, in variances. */
const strayed = (
  { read, negative }: ShareBin,
  { share, correlation }: { share: number; correlation: number },
): number => (negative - read * share) ** 2 / (read * share * (1 - share) * (1 + (read - 1) * correlation))

function correlationIn(bins: readonly ShareBin[], share: number): number {
  let correlation = CORRELATION_MIN
  const typical = () => medianOf(bins.map((bin) => strayed(bin, { share, correlation })))
  while (correlation < CORRELATION_MAX && typical() > CHI_SQUARED_MEDIAN) correlation *= 1.15
  return correlation
}

/**
 * How the last days compare with what was learned. Never below 1: after holidays, or when a source comes back, what is
 * usual is not new.
 */
export function levelNow(baseline: Baseline, recent: readonly HourCount[], zone: Zone, now: number): number {
  const known = recent.filter(({ at }) => at + HOUR_MS * (1 + LEVEL_GUARD_HOURS) <= now)
  const expected = known.map(({ at }) => baseline.season.cells[cellOf(zone, at)] as number)
  // One more hour, of which only the level is read: that after the last known one.
  const levels = levelsOf([...known.map(({ posts }) => posts), 0], [...expected, 0], [], baseline.season)
  return Math.max(1, levels.at(-1) as number)
}
