import type { Interval } from '../statistics/index.ts'
import type { AnswerTimes } from './answers.ts'
import type { TermFigure } from './contrast.ts'
import type { Coverage } from './coverage.ts'
import type { Sample } from './samples.ts'
import type { Rejection } from './survey.ts'

/** Worth knowing about how a file was read. */
export interface FileNote {
  code: string
  params?: Record<string, string | number>
  message: string
}

/** Where the posts came from. */
export type SourceFacts =
  | { kind: 'file'; name: string; mapping: Record<string, string>; notes: FileNote[] }
  | { kind: 'stored'; from: string | null; until: string | null; topic: string | null }

/** All figures of an audit, in no language. Dates are ISO 8601; samples are named by their number. */
export interface AuditReport {
  version: 1
  madeAt: string
  timeZone: string
  /** Names of authors are not shown. */
  anonymous: boolean
  source: SourceFacts
  rows: { read: number; posts: number; duplicates: number; rejections: Rejection[] }
  period: { from: string; to: string }
  /** The first one is the brand of the audit. */
  brands: BrandFigure[]
  /** Customers' posts that name at least one of the brands. */
  namingAny: number
  rhythm: RhythmFigure
  places: NamedCount[]
  languages: LanguageCount[]
  topics: TopicFigures
  voices: VoiceFigures
  questions: { posts: number; samples: number[] }
  answers: AnswerFigures
  waves: WaveFigure[]
  samples: Sample[]
}

export interface BrandFigure {
  name: string
  query: string
  /** Customers' posts that name it. */
  posts: number
  /** Null: the posts do not say who wrote them. */
  authors: number | null
  /** Of these, posts that speak to one of its accounts. */
  addressed: number
  /** Named together with another of the brands. */
  together: number
  share: Interval
  forms: NamedCount[]
  /** Its own accounts among the authors, with their posts. */
  ownAccounts: NamedCount[]
  ownPosts: number
  samples: number[]
}

export interface NamedCount {
  name: string
  posts: number
}

export interface LanguageCount {
  /** Two letters; '' where it was not recognised. */
  code: string
  posts: number
  samples: number[]
}

export interface RhythmFigure {
  /**
   * Unless continuous, figures by day and hour may say how the posts were gathered instead of how customers write, and
   * nothing is concluded from them.
   */
  coverage: Coverage
  unit: 'day' | 'week' | 'month'
  buckets: { from: string; posts: number; whole: boolean }[]
  earlier: number
  days: number
  medianDay: number
  /** [weekday][hour], Monday first. */
  heat: number[][]
  outsideOfficeHours: Interval
  /** Hour of the day, over all days. */
  busiest: { hour: number; posts: number }
  peaks: { date: string; posts: number; usual: number; terms: TermFigure[]; samples: number[] }[]
}

export interface TopicFigures {
  /** Posts that terms were counted in: repeated texts once. */
  posts: number
  otherPosts: number
  /** Posts with a term may be more than is told, by at most this; 0 or absent: all are exact. */
  tooLowMax?: number
  frequent: TermFigure[]
  /** Raised more than elsewhere, though elsewhere too. */
  telling: TermFigure[]
  /** Hardly anyone else's words: products, places, campaigns. */
  ownWords: TermFigure[]
  rising: { since: string; terms: TermFigure[] } | null
  competitors: { name: string; terms: TermFigure[] }[]
}

export interface Voice {
  name: string
  authorId: string | null
  posts: number
  mentions: number
  replies: number
  followers: number | null
  sample: number | null
}

export interface VoiceFigures {
  known: boolean
  authors: number
  once: number
  topTenPosts: number
  active: Voice[]
  heard: Voice[]
}

export type AnswerFigures =
  | { state: 'no-replies'; replies: number }
  | { state: 'no-own-posts'; replies: number }
  | {
      state: 'measured'
      times: AnswerTimes
      share: Interval
      /** Nearly all are answered: the posts were probably gathered around the answers. */
      selected: boolean
      /** Not answered, and opened within the last day: an answer may have come after the posts end. */
      young: number
      elsewhere: number
      orphans: number
      byHour: { opened: number; answered: number; median: number | null; ownPosts: number }[]
      withoutCover: number[]
      unansweredQuestions: number
      unanswered: number[]
      slowest: number[]
      /** How long each of them waited. */
      slowestMinutes?: number[]
    }

export interface WaveFigure {
  posts: number
  authors: number
  from: string
  to: string
  sample: number
}
