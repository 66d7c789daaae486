import { apart, type Interval, wilson } from '../statistics/index.ts'
import type { TermFigure } from './contrast.ts'
import type { AuditReport } from './figures.ts'

export const FINDINGS_MAX = 8
const POSTS_FOR_SHARES_MIN = 100
const LANGUAGE_SHARE_MIN = 0.05
const WAVE_POSTS_MIN = 10
const TERM_SHARE_MIN = 0.01
const RISING_SHARE_MIN = 0.02
const DAYS_FOR_HOURS_MIN = 5
const CONVERSATIONS_MIN = 20

/** One thing worth telling a manager, with the numbers it is told by; the sentence is made in the reader's language. */
export type Finding =
  | {
      kind: 'volume'
      /** Within the days; much older ones are not among them. */
      posts: number
      earlier: number
      authors: number | null
      days: number
      medianDay: number
      continuous: boolean
    }
  | { kind: 'patchy'; daysWithPosts: number; daysOfPeriod: number }
  | { kind: 'concentrated'; share: number; dates: string[]; term: TermFigure | null }
  | { kind: 'share'; rank: number; of: number; share: Interval; rival: string; rivalShare: Interval; clear: boolean }
  | { kind: 'peak'; date: string; posts: number; usual: number; term: TermFigure | null }
  | { kind: 'no-replies' }
  | { kind: 'no-own-posts'; replies: number }
  | { kind: 'answered'; share: Interval; conversations: number; median: number; p90: number; selected: boolean }
  | { kind: 'unanswered'; conversations: number; questions: number; young: number }
  | { kind: 'without-cover'; hours: number[]; share: number }
  | { kind: 'matter'; term: TermFigure; second: TermFigure | null }
  | { kind: 'frequent'; terms: TermFigure[] }
  | { kind: 'rising'; term: TermFigure; since: string }
  | { kind: 'hours'; outside: Interval; hour: number }
  | { kind: 'questions'; posts: number; share: number; perDay: number | null }
  | { kind: 'competitor'; name: string; term: TermFigure }
  | { kind: 'language'; code: string; share: Interval }
  | { kind: 'wave'; posts: number; authors: number }
  | { kind: 'voices'; authors: number; onceShare: number; topTenShare: number }

/** The most telling first; each only where enough posts carry it and the difference is more than chance. */
export function findingsOf(report: AuditReport): Finding[] {
  const found = [
    volume(report),
    coverage(report),
    shareOfVoice(report),
    peak(report),
    ...answers(report),
    matter(report),
    rising(report),
    hours(report),
    questions(report),
    language(report),
    wave(report),
    competitor(report),
    voices(report),
  ]
  return found.filter((finding) => finding !== null).slice(0, FINDINGS_MAX)
}

const oursOf = (report: AuditReport) => report.brands[0] as AuditReport['brands'][number]

function volume({ brands, rhythm }: AuditReport): Finding {
  const { posts, authors } = brands[0] as AuditReport['brands'][number]
  return {
    kind: 'volume',
    posts: posts - rhythm.earlier,
    earlier: rhythm.earlier,
    authors,
    days: rhythm.days,
    medianDay: rhythm.medianDay,
    continuous: isContinuous(rhythm),
  }
}

const mostCertain = (terms: TermFigure[]): TermFigure | null =>
  [...terms].sort((a, b) => (b.g2 ?? 0) - (a.g2 ?? 0))[0] ?? null

const isContinuous = ({ coverage }: AuditReport['rhythm']): boolean => coverage.state === 'continuous'

function coverage({ rhythm }: AuditReport): Finding | null {
  const { state, busiestDays, daysWithPosts, daysOfPeriod } = rhythm.coverage
  if (state === 'patchy') return { kind: 'patchy', daysWithPosts, daysOfPeriod }
  if (state === 'concentrated')
    return { kind: 'concentrated', ...busiestDays, term: mostCertain(rhythm.peaks[0]?.terms ?? []) }
  return null
}

/** Against the next below when we lead, else against the leader. */
function shareOfVoice(report: AuditReport): Finding | null {
  const ours = oursOf(report)
  if (report.brands.length < 2 || report.namingAny < POSTS_FOR_SHARES_MIN) return null
  const ranked = [...report.brands].sort((a, b) => b.posts - a.posts)
  const rank = ranked.indexOf(ours) + 1
  const rival = ranked[rank === 1 ? 1 : 0] as typeof ours
  const clear = apart(ours.share, rival.share)
  return {
    kind: 'share',
    rank,
    of: ranked.length,
    share: ours.share,
    rival: rival.name,
    rivalShare: rival.share,
    clear,
  }
}

function peak({ rhythm }: AuditReport): Finding | null {
  const [highest] = rhythm.peaks
  if (!highest || !isContinuous(rhythm)) return null
  const { date, posts, usual, terms } = highest
  return { kind: 'peak', date, posts, usual, term: mostCertain(terms) }
}

function answers({ answers }: AuditReport): (Finding | null)[] {
  if (answers.state !== 'measured')
    return [
      answers.state === 'no-replies' ? { kind: 'no-replies' } : { kind: 'no-own-posts', replies: answers.replies },
    ]
  const { times, share, selected, unansweredQuestions, young, byHour, withoutCover } = answers
  const { conversations, answered, median, p90 } = times
  if (conversations < CONVERSATIONS_MIN || median === null || p90 === null) return []
  const open = conversations - answered
  const uncovered = withoutCover.reduce((sum, hour) => sum + (byHour[hour]?.opened ?? 0), 0)
  return [
    { kind: 'answered', share, conversations, median, p90, selected },
    open === 0 ? null : { kind: 'unanswered', conversations: open, questions: unansweredQuestions, young },
    withoutCover.length === 0 ? null : { kind: 'without-cover', hours: withoutCover, share: uncovered / conversations },
  ]
}

const isCommon = ({ posts, total }: TermFigure, shareMin = TERM_SHARE_MIN): boolean => posts >= total * shareMin

function matter({ topics }: AuditReport): Finding | null {
  // Not the most certain but the largest: a manager asks how many more.
  const more = ({ posts, total, otherPosts, otherTotal }: TermFigure) =>
    posts / total - (otherPosts ?? 0) / (otherTotal ?? 1)
  const [term, second] = topics.telling.filter((candidate) => isCommon(candidate)).sort((a, b) => more(b) - more(a))
  if (term) return { kind: 'matter', term, second: second ?? null }
  const frequent = topics.frequent.slice(0, 3)
  return frequent.length < 3 ? null : { kind: 'frequent', terms: frequent }
}

function rising({ topics }: AuditReport): Finding | null {
  const term = topics.rising?.terms.find((candidate) => isCommon(candidate, RISING_SHARE_MIN))
  return topics.rising && term ? { kind: 'rising', term, since: topics.rising.since } : null
}

function hours({ rhythm, brands }: AuditReport): Finding | null {
  const { outsideOfficeHours: outside, busiest, days } = rhythm
  if (!isContinuous(rhythm) || days < DAYS_FOR_HOURS_MIN || (brands[0]?.posts ?? 0) < POSTS_FOR_SHARES_MIN) return null
  return { kind: 'hours', outside, hour: busiest.hour }
}

function questions({ questions: { posts }, rhythm, brands }: AuditReport): Finding | null {
  const total = brands[0]?.posts ?? 0
  if (total < POSTS_FOR_SHARES_MIN || posts === 0) return null
  const perDay = isContinuous(rhythm) ? (posts / total) * rhythm.medianDay : null
  return { kind: 'questions', posts, share: posts / total, perDay }
}

/** A second language that is more than a sprinkle. */
function language({ languages, brands }: AuditReport): Finding | null {
  const total = brands[0]?.posts ?? 0
  const known = languages.filter(({ code }) => code !== '')
  const second = known[1]
  if (!second || total < POSTS_FOR_SHARES_MIN) return null
  const share = wilson(second.posts, total)
  return share.low < LANGUAGE_SHARE_MIN ? null : { kind: 'language', code: second.code, share }
}

function wave({ waves }: AuditReport): Finding | null {
  const [largest] = waves
  return largest && largest.posts >= WAVE_POSTS_MIN
    ? { kind: 'wave', posts: largest.posts, authors: largest.authors }
    : null
}

function competitor({ topics }: AuditReport): Finding | null {
  const strongest = topics.competitors
    .flatMap(({ name, terms }) => terms.filter((term) => isCommon(term)).map((term) => ({ name, term })))
    .sort((a, b) => (b.term.g2 ?? 0) - (a.term.g2 ?? 0))[0]
  return strongest ? { kind: 'competitor', ...strongest } : null
}

function voices({ voices: { known, authors, once, topTenPosts }, brands }: AuditReport): Finding | null {
  const total = brands[0]?.posts ?? 0
  if (!known || total < POSTS_FOR_SHARES_MIN) return null
  return { kind: 'voices', authors, onceShare: once / authors, topTenShare: topTenPosts / total }
}
