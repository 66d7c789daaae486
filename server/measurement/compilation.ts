import { measureAnswers } from './answer-figures.ts'
import type { AuditRequest } from './audit-request.ts'
import { brandFigure, type Sampled } from './brand-figures.ts'
import type { Brand } from './brands.ts'
import {
  type ContrastOptions,
  type Corpus,
  frequentTerms,
  OWN_WORD_RATIO_MIN,
  type TermCounts,
  type TermFigure,
  tellingTerms,
} from './contrast.ts'
import { type Course, mayRise } from './corpora.ts'
import { tally, top } from './counting.ts'
import type { AuditReport } from './figures.ts'
import { FLAG, type Ledger } from './ledger.ts'
import { busiestHour, outsideOffice } from './rhythm.ts'
import { draw, type Wanted } from './samples.ts'
import type { Survey } from './survey.ts'
import { measureVoices } from './voices.ts'
import { measureWaves } from './waves.ts'
import { dateOfDay } from './zone.ts'

const LANGUAGES_SHOWN_MAX = 12
const PLACES_SHOWN_MAX = 15
const COMPETITOR_TERMS_SHOWN = 6
const PEAK_TERMS_SHOWN = 6

/** What the first two readings gave; `wanted` takes what the third has to bring. */
export interface Counted {
  request: AuditRequest
  brands: Brand[]
  surveyed: Survey
  course: Course
  corpora: Corpus[]
  counts: TermCounts
  wanted: Wanted
}

/** All figures, still without the texts of the samples. */
export function compileReport(counted: Counted): AuditReport {
  const { request, brands, surveyed, course, wanted } = counted
  const { ledger } = surveyed
  const { posts, period } = course
  const sampled: Sampled = (from, most) => {
    const chosen = draw(from, ledger, most)
    for (const post of chosen) wanted.posts.add(post)
    return chosen
  }
  const namingAny = [...ledger.where((post) => !ledger.has(post, FLAG.own) && ledger.names[post] !== 0)].length
  const questions = posts.filter((post) => ledger.has(post, FLAG.question))
  const placeOf = (post: number) => ledger.places.list[ledger.place[post] as number] ?? ''
  return {
    version: 1,
    madeAt: new Date().toISOString(),
    timeZone: request.timeZone,
    anonymous: false,
    source: request.facts,
    rows: rowsOf(surveyed),
    period: { from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() },
    brands: brands.map((brand, at) => brandFigure(brand, at, surveyed, namingAny, sampled)),
    namingAny,
    rhythm: rhythmFigure(counted, sampled),
    places: top(tally(posts, placeOf), PLACES_SHOWN_MAX),
    languages: languageFigures(posts, ledger, sampled),
    topics: topicFigures(counted),
    voices: measureVoices(surveyed, posts, wanted),
    questions: { posts: questions.length, samples: sampled(questions) },
    answers: measureAnswers(surveyed, course.zone, period.to, sampled, wanted.posts),
    waves: measureWaves(ledger, posts, wanted.posts),
    samples: [],
  }
}

const rowsOf = ({ read, ledger, duplicates, rejections }: Survey): AuditReport['rows'] => ({
  read,
  posts: ledger.size,
  duplicates,
  rejections,
})

function rhythmFigure(counted: Counted, sampled: Sampled): AuditReport['rhythm'] {
  const { posts, rhythm, coverage, peaks, dayOf } = counted.course
  const { unit, buckets, earlier, days, medianDay, heat } = rhythm
  return {
    coverage,
    unit,
    buckets,
    earlier,
    days: days.length,
    medianDay,
    heat,
    outsideOfficeHours: outsideOffice(heat, posts.length),
    busiest: busiestHour(heat),
    peaks: peaks.map(({ day, posts: onDay, usual }) => ({
      date: dateOfDay(day),
      posts: onDay,
      usual,
      terms: telling(counted, `peak ${day}`, 'brand', { shown: PEAK_TERMS_SHOWN }),
      samples: sampled(posts.filter((post) => dayOf(post) === day)),
    })),
  }
}

function topicFigures(counted: Counted): AuditReport['topics'] {
  const { brands, counts, course } = counted
  const { lateFrom } = course
  const ours = counts.sizes.get('brand') ?? 0
  return {
    posts: ours,
    otherPosts: (counts.sizes.get('all') ?? 0) - ours,
    tooLowMax: counts.tooLowMax,
    frequent: asked(counted, 'brand', frequentTerms(counts, 'brand')),
    telling: telling(counted, 'brand', 'all', { fits: (ratio) => ratio < OWN_WORD_RATIO_MIN }),
    ownWords: telling(counted, 'brand', 'all', { fits: (ratio) => ratio >= OWN_WORD_RATIO_MIN }),
    rising:
      lateFrom === null || !mayRise(counts)
        ? null
        : { since: dateOfDay(lateFrom), terms: telling(counted, 'late', 'brand') },
    competitors: brands.slice(1).map(({ name }, at) => ({
      name,
      terms: telling(counted, `competitor ${at + 1}`, 'all', { shown: COMPETITOR_TERMS_SHOWN, rarerIn: 'brand' }),
    })),
  }
}

const telling = (counted: Counted, of: string, within: string, options?: ContrastOptions): TermFigure[] =>
  asked(counted, of, tellingTerms(counted.counts, of, within, options))

/** Their spelling and their samples come with the last reading. */
function asked({ corpora, wanted }: Counted, corpus: string, found: TermFigure[]): TermFigure[] {
  const { holds } = corpora.find(({ id }) => id === corpus) as Corpus
  wanted.terms.push(...found.map((term) => ({ term, holds })))
  return found
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
