import { withoutNames } from './anonymous.ts'
import { measureAnswers } from './answer-figures.ts'
import { AuditFault, type AuditSource } from './audit-post.ts'
import { brandFigure, type Sampled } from './brand-figures.ts'
import { type Brand, type BrandRequest, recogniseBrands } from './brands.ts'
import {
  type ContrastOptions,
  type Corpus,
  countTerms,
  frequentTerms,
  OWN_WORD_RATIO_MIN,
  type TermCounts,
  type TermFigure,
  tellingTerms,
} from './contrast.ts'
import { tally, top } from './counting.ts'
import { coverageOf } from './coverage.ts'
import type { AnswerFigures, AuditReport, SourceFacts } from './figures.ts'
import { FLAG, type Ledger } from './ledger.ts'
import { busiestHour, outsideOffice, rhythmOf } from './rhythm.ts'
import { draw, readSamples, type TermWanted } from './samples.ts'
import { type Survey, survey } from './survey.ts'
import { measureVoices } from './voices.ts'
import { measureWaves } from './waves.ts'
import { dateOfDay, Zone } from './zone.ts'

const LANGUAGES_SHOWN_MAX = 12
const PLACES_SHOWN_MAX = 15
const COMPETITOR_TERMS_SHOWN = 6
const PEAK_TERMS_SHOWN = 6
/** What rises needs enough posts before and after, and time enough for a change to be one. */
const RISING_DAYS_MIN = 6
const RISING_POSTS_MIN = 100
const LATE_SHARE = 1 / 3

export interface AuditRequest {
  /** The first is the brand of the audit, the others are compared with it. */
  brands: BrandRequest[]
  /** In which brand names are read (word forms, umlauts). */
  languages: string[]
  timeZone: string
  anonymous: boolean
  facts: SourceFacts
}

export interface AuditSteps {
  signal?: AbortSignal
  /** Which of the three readings, and how many rows of it. */
  onProgress?: (reading: 1 | 2 | 3, rows: number) => void
}

/**
 * Reads the posts three times (what they are; what they speak of; samples) instead of keeping them, so that memory grows
 * by some bytes a post. Throws AuditFault for what can be mended.
 */
export async function runAudit(
  source: AuditSource,
  request: AuditRequest,
  steps: AuditSteps = {},
): Promise<AuditReport> {
  const { signal } = steps
  const brands = await recogniseBrands(request.brands, source, request.languages)
  const stepsOf = (reading: 1 | 2 | 3) => ({ signal, onProgress: (rows: number) => steps.onProgress?.(reading, rows) })
  const surveyed = await survey(source, brands, stepsOf(1))
  const { ledger } = surveyed
  if (ledger.size === 0) throw new AuditFault('no-posts', 'There is no post to audit.')
  const about = (post: number) => !ledger.has(post, FLAG.own) && ledger.isNamed(post, 0)
  const posts = [...ledger.where(about)]
  if (posts.length === 0) throw notFound(brands[0] as Brand, surveyed)

  const zone = new Zone(request.timeZone)
  const period = periodOf(ledger)
  const rhythm = rhythmOf(
    posts.map((post) => ledger.at[post] as number),
    zone,
    period,
  )
  const coverage = coverageOf(ledger, zone, rhythm.earlier > 0 ? (rhythm.days[0]?.day ?? null) : null, rhythm.days)
  // Where days are missing, neither a high day nor a late one means anything.
  const peaks = coverage.state === 'patchy' ? [] : rhythm.peaks
  const lateFrom =
    coverage.state !== 'continuous'
      ? null
      : lateBeginning(
          rhythm.days.map((day) => day.day),
          posts,
          ledger,
          zone,
        )
  const dayOf = (post: number) => zone.at(ledger.at[post] as number).day
  const corpora: Corpus[] = [
    { id: 'brand', holds: about },
    { id: 'all', holds: (post) => !ledger.has(post, FLAG.own) },
    { id: 'late', holds: (post) => lateFrom !== null && about(post) && dayOf(post) >= lateFrom },
    ...peaks.map(({ day }) => ({
      id: `peak ${day}`,
      holds: (post: number) => about(post) && dayOf(post) === day,
    })),
    ...brands.slice(1).map((_, at) => ({
      id: `competitor ${at + 1}`,
      holds: (post: number) => !ledger.has(post, FLAG.own) && ledger.isNamed(post, at + 1),
    })),
  ]
  const silent = new Set(brands.flatMap((brand) => [...brand.nameKeys]))
  const counts = await countTerms(source, ledger, surveyed.wordCounts, silent, corpora, stepsOf(2))
  const wanted: TermWanted[] = []
  const wantedFrom = (corpus: string, found: TermFigure[]): TermFigure[] => {
    const { holds } = corpora.find(({ id }) => id === corpus) as Corpus
    wanted.push(...found.map((term) => ({ term, holds })))
    return found
  }
  const telling = (corpus: string, within: string, options?: ContrastOptions): TermFigure[] =>
    wantedFrom(corpus, tellingTerms(counts, corpus, within, options))

  const drawn = new Set<number>()
  const sampled = (from: Iterable<number>, most?: number): number[] => {
    const chosen = draw(from, ledger, most)
    for (const post of chosen) drawn.add(post)
    return chosen
  }
  const namingAny = [...ledger.where((post) => !ledger.has(post, FLAG.own) && ledger.names[post] !== 0)].length
  const questions = posts.filter((post) => ledger.has(post, FLAG.question))
  const report: AuditReport = {
    version: 1,
    madeAt: new Date().toISOString(),
    timeZone: request.timeZone,
    anonymous: false,
    source: request.facts,
    rows: {
      read: surveyed.read,
      posts: ledger.size,
      duplicates: surveyed.duplicates,
      rejections: surveyed.rejections,
    },
    period: { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() },
    brands: brands.map((brand, at) => brandFigure(brand, at, surveyed, namingAny, sampled)),
    namingAny,
    rhythm: {
      coverage,
      unit: rhythm.unit,
      buckets: rhythm.buckets,
      earlier: rhythm.earlier,
      days: rhythm.days.length,
      medianDay: rhythm.medianDay,
      heat: rhythm.heat,
      outsideOfficeHours: outsideOffice(rhythm.heat, posts.length),
      busiest: busiestHour(rhythm.heat),
      peaks: peaks.map(({ day, posts: onDay, usual }) => ({
        date: dateOfDay(day),
        posts: onDay,
        usual,
        terms: telling(`peak ${day}`, 'brand', { shown: PEAK_TERMS_SHOWN }),
        samples: sampled(posts.filter((post) => dayOf(post) === day)),
      })),
    },
    places: top(
      tally(posts, (post) => ledger.places.list[ledger.place[post] as number] ?? ''),
      PLACES_SHOWN_MAX,
    ),
    languages: languageFigures(posts, ledger, sampled),
    topics: {
      posts: counts.sizes.get('brand') ?? 0,
      otherPosts: (counts.sizes.get('all') ?? 0) - (counts.sizes.get('brand') ?? 0),
      frequent: wantedFrom('brand', frequentTerms(counts, 'brand')),
      telling: telling('brand', 'all', { fits: (ratio) => ratio < OWN_WORD_RATIO_MIN }),
      ownWords: telling('brand', 'all', { fits: (ratio) => ratio >= OWN_WORD_RATIO_MIN }),
      rising:
        lateFrom === null || !risingAllowed(counts)
          ? null
          : { since: dateOfDay(lateFrom), terms: telling('late', 'brand') },
      competitors: brands.slice(1).map(({ name }, at) => ({
        name,
        terms: telling(`competitor ${at + 1}`, 'all', { shown: COMPETITOR_TERMS_SHOWN, rarerIn: 'brand' }),
      })),
    },
    voices: measureVoices(surveyed, posts, drawn),
    questions: { posts: questions.length, samples: sampled(questions) },
    answers: measureAnswers(surveyed, zone, period.to, sampled) satisfies AnswerFigures,
    waves: measureWaves(ledger, posts, drawn),
    samples: [],
  }
  report.samples = await readSamples(source, ledger, drawn, wanted, silent, stepsOf(3))
  if (!request.anonymous) return report
  return withoutNames(report, (handle) => brands.some((brand) => brand.owns(handle)))
}

function notFound(brand: Brand, { heard }: Survey): AuditFault {
  const known = top(heard, 5).map(({ name }) => `@${name}`)
  const hint = known.length > 0 ? ` The accounts that it mentions most are ${known.join(', ')}.` : ''
  return new AuditFault('brand-not-found', `No post names ${brand.name} (looked for ${brand.query}).${hint}`, {
    brand: brand.name,
    query: brand.query,
    mentioned: known.join(', '),
  })
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

/** The day on which the last third of the period begins; null when the period is too short. */
function lateBeginning(days: number[], posts: number[], ledger: Ledger, zone: Zone): number | null {
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined || days.length < RISING_DAYS_MIN) return null
  const from = last - Math.floor(days.length * LATE_SHARE) + 1
  const late = posts.filter((post) => zone.at(ledger.at[post] as number).day >= from).length
  return late >= RISING_POSTS_MIN && posts.length - late >= RISING_POSTS_MIN ? from : null
}

function risingAllowed(counts: TermCounts): boolean {
  const late = counts.sizes.get('late') ?? 0
  return late >= RISING_POSTS_MIN && (counts.sizes.get('brand') ?? 0) - late >= RISING_POSTS_MIN
}

function languageFigures(posts: number[], ledger: Ledger, sampled: Sampled): AuditReport['languages'] {
  const codeOf = (post: number) => ledger.languages.list[ledger.language[post] as number] ?? ''
  const counted = top(tally(posts, codeOf), LANGUAGES_SHOWN_MAX)
  return counted.map(({ name, posts: inLanguage }) => ({
    code: name,
    posts: inLanguage,
    samples: sampled(
      posts.filter((post) => codeOf(post) === name),
      2,
    ),
  }))
}
