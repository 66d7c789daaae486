import type { Brand } from './brands.ts'
import type { Corpus, TermCounts } from './contrast.ts'
import { type Coverage, coverageOf } from './coverage.ts'
import { FLAG, type Ledger } from './ledger.ts'
import { type Rhythm, rhythmOf } from './rhythm.ts'
import { Zone } from './zone.ts'

/** What rises needs enough posts before and after, and time enough for a change to be one. */
const RISING_DAYS_MIN = 6
const RISING_POSTS_MIN = 100
const LATE_SHARE = 1 / 3

/** The posts about the brand in time: on what they are compared with each other. */
export interface Course {
  /** Customers' posts that name the brand. */
  posts: number[]
  zone: Zone
  period: { from: number; to: number }
  rhythm: Rhythm
  coverage: Coverage
  peaks: Rhythm['peaks']
  /** The day on which the last third begins; null: nothing can be said about what rises. */
  lateFrom: number | null
  dayOf(post: number): number
}

export function courseOf(ledger: Ledger, posts: number[], timeZone: string): Course {
  const zone = new Zone(timeZone)
  const period = periodOf(ledger)
  const instants = posts.map((post) => ledger.at[post] as number)
  const rhythm = rhythmOf(instants, zone, period)
  const coverage = coverageOf(ledger, zone, rhythm.earlier > 0 ? (rhythm.days[0]?.day ?? null) : null, rhythm.days)
  const days = instants.map((instant) => zone.at(instant).day)
  return {
    posts,
    zone,
    period,
    rhythm,
    coverage,
    // Where days are missing, neither a high day nor a late one means anything.
    peaks: coverage.state === 'patchy' ? [] : rhythm.peaks,
    lateFrom: coverage.state === 'continuous' ? lateBeginning(rhythm.days, days) : null,
    dayOf: (post) => zone.at(ledger.at[post] as number).day,
  }
}

function periodOf(ledger: Ledger): { from: number; to: number } {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (let post = 0; post < ledger.size; post++) {
    const at = ledger.at[post] as number
    if (at < from) from = at
    if (at > to) to = at
  }
  return { from, to }
}

function lateBeginning(shown: Rhythm['days'], days: number[]): number | null {
  const last = shown.at(-1)?.day
  if (last === undefined || shown.length < RISING_DAYS_MIN) return null
  const from = last - Math.floor(shown.length * LATE_SHARE) + 1
  const late = days.filter((day) => day >= from).length
  return late >= RISING_POSTS_MIN && days.length - late >= RISING_POSTS_MIN ? from : null
}

/** Customers' posts that name the brand at this place. */
export const isAbout =
  (ledger: Ledger, brand: number) =>
  (post: number): boolean =>
    !ledger.has(post, FLAG.own) && ledger.isNamed(post, brand)

/** The sets of posts whose words are counted: the brand's, everybody's, the late ones, each high day's, each rival's. */
export function corporaOf(ledger: Ledger, brands: Brand[], { dayOf, lateFrom, peaks }: Course): Corpus[] {
  const about = isAbout(ledger, 0)
  return [
    { id: 'brand', holds: about },
    { id: 'all', holds: (post) => !ledger.has(post, FLAG.own) },
    { id: 'late', holds: (post) => lateFrom !== null && about(post) && dayOf(post) >= lateFrom },
    ...peaks.map(({ day }) => ({ id: `peak ${day}`, holds: (post: number) => about(post) && dayOf(post) === day })),
    ...brands.slice(1).map((_, at) => ({ id: `competitor ${at + 1}`, holds: isAbout(ledger, at + 1) })),
  ]
}

/** Repeated texts are counted once: fewer may be left than there are posts. */
export function mayRise(counts: TermCounts): boolean {
  const late = counts.sizes.get('late') ?? 0
  return late >= RISING_POSTS_MIN && (counts.sizes.get('brand') ?? 0) - late >= RISING_POSTS_MIN
}
