import {
  type Fingerprint,
  fingerprintOf,
  readUnderstanding,
  splitInto,
  TokenPlaces,
  type Understanding,
} from '../../text/index.ts'

/** Of a longer post the beginning says what it is about; it bounds the time that one post takes. */
const CHARACTERS_READ_MAX = 5_000

/** What is known of a post's content beside its words. */
export interface PostUnderstanding extends Understanding {
  /** By what posts that say the same are found; null: too few words. */
  readonly fingerprint: Fingerprint | null
}

export interface ReadablePost {
  readonly title: string | null
  readonly text: string
  readonly language: string | null
}

const own = new TokenPlaces()

/** Pure and bounded. `places`: where the tokens of the post's text stand, if somebody has split it already. */
export function understandPost(post: ReadablePost, places: TokenPlaces | null = null): PostUnderstanding {
  const text = readTextOf(post)
  const split = places !== null && text === post.text ? places : splitAnew(text)
  return { ...readUnderstanding(text, split, post.language), fingerprint: fingerprintOf(text, split) }
}

/**
 * Complaint and praise are right where somebody speaks to us; of what people say to each other hardly half of them are
 * (docs/scores.md), so there they are not said.
 */
export const intentSaid = ({ intent }: Pick<Understanding, 'intent'>, addressed: boolean): Understanding['intent'] =>
  !addressed && (intent === 'complaint' || intent === 'praise') ? null : intent

/** Of a stored post whose group is asked for: the same fingerprint as when it was heard. */
export function fingerprintOfPost(post: Pick<ReadablePost, 'title' | 'text'>): Fingerprint | null {
  const text = readTextOf(post)
  return fingerprintOf(text, splitAnew(text))
}

const readTextOf = ({ title, text }: Pick<ReadablePost, 'title' | 'text'>): string =>
  (title === null ? text : `${title}\n${text}`).slice(0, CHARACTERS_READ_MAX)

function splitAnew(text: string): TokenPlaces {
  splitInto(own, text)
  return own
}
