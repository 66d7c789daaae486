import type { PreparedPost } from '../matching/index.ts'
import type { ScoreName } from './rule.ts'

/** A post of a customer as rules see it: plain facts, gathered by whoever asks. */
export interface RoutedPost {
  postId: string
  /** Split when the first text of a rule has to be looked for. */
  prepared(): PreparedPost
  /** Calendars that were open when it was heard. */
  openCalendarIds: readonly string[]
  topicIds: readonly string[]
  /** What each of its topics makes of it. */
  judgements: readonly string[]
  sourceId: string | null
  network: string
  /** Two or three letters; null: not known. */
  language: string | null
  sentiment: string | null
  intent: string | null
  /** The models read it: then no intent is an answer. */
  understood: boolean
  offensive: boolean
  addressed: boolean
  author: RoutedAuthor
}

export interface RoutedAuthor {
  /** Known before this post was heard, and not only because of it. */
  known: boolean
  segmentIds: readonly string[]
  scores: Readonly<Record<ScoreName, number | null>>
  followers: number | null
}
