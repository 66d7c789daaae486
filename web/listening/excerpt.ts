import type { Span } from '../ui/highlighted.tsx'

/** A match behind so many characters would be out of sight in the few lines of a row. */
const IN_SIGHT_CHARACTERS = 110
const BEFORE_CHARACTERS = 50

interface Excerpt {
  text: string
  spans: readonly Span[]
}

/** The text from a little before its first marked place on, when that lies too far behind for a row. */
export function excerpt(text: string, spans: readonly Span[]): Excerpt {
  const first = Math.min(...spans.map(({ from }) => from))
  if (!(first > IN_SIGHT_CHARACTERS) || !Number.isFinite(first)) return { text, spans }
  const around = text.slice(first - BEFORE_CHARACTERS, first)
  // From the beginning of a word, so that no letter and no emoji is cut in two.
  const cut = first - BEFORE_CHARACTERS + Math.max(0, around.search(/\s/)) + (/\s/.test(around) ? 1 : BEFORE_CHARACTERS)
  const moved = spans.map((span) => ({ ...span, from: span.from - cut + 1, to: span.to - cut + 1 }))
  return { text: `…${text.slice(cut)}`, spans: moved }
}
