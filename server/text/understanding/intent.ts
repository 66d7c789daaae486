import { HANDLE, type TokenPlaces, URL_TOKEN } from '../token-places.ts'
import type { SentimentScore } from './sentiment.ts'

/**
 * What somebody wants by a post. Only what could be measured is here: idea, purchase interest, job and spam are not,
 * because no labelled posts were at hand to say how often a rule for them would be wrong (docs/scores.md).
 */
export const INTENTS = ['question', 'complaint', 'praise'] as const
export type Intent = (typeof INTENTS)[number]

/** Sentiments less sure than these make neither a complaint nor praise. */
const COMPLAINT_PROBABILITY_MIN = 0.4
const PRAISE_PROBABILITY_MIN = 0.4

/**
 * A post is a question when it has a question mark outside of addresses; a complaint or praise when it speaks to somebody and
 * its sentiment is clear. Null: none of these, or not sure. A complaint that asks ("where is my bag?") is a complaint.
 */
export function intentOf(text: string, places: TokenPlaces, { sentiment, probability }: SentimentScore): Intent | null {
  const addressed = speaksToSomebody(places)
  if (addressed && sentiment === 'negative' && probability >= COMPLAINT_PROBABILITY_MIN) return 'complaint'
  if (hasQuestionMark(text, places)) return 'question'
  return addressed && sentiment === 'positive' && probability >= PRAISE_PROBABILITY_MIN ? 'praise' : null
}

function speaksToSomebody(places: TokenPlaces): boolean {
  for (let token = 0; token < places.count; token++) if (places.kinds[token] === HANDLE) return true
  return false
}

/** "?", "？" (Chinese), "؟" (Arabic); the Greek one is a semicolon elsewhere. */
function hasQuestionMark(text: string, places: TokenPlaces): boolean {
  let token = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code !== 0x3f && code !== 0xff1f && code !== 0x61f) continue
    while (token < places.count && (places.to[token] as number) <= at) token++
    const inside = token < places.count && (places.from[token] as number) <= at
    if (!inside || places.kinds[token] !== URL_TOKEN) return true
  }
  return false
}
