import { type TokenPlaces, URL_TOKEN } from '../token-places.ts'
import { ADVERT_PHRASES, IDEA_PHRASES, JOB_PHRASES, PURCHASE_PHRASES, SPAM_PHRASES } from './intent-phrases.ts'
import { Phrases } from './phrases.ts'
import type { PostFeatures } from './post-features.ts'
import { phraseWord } from './read-features.ts'
import type { SentimentScore } from './sentiment.ts'

/**
 * What somebody wants by a post; how often each is right: docs/scores.md. Those said by phrases come first and in this order:
 * an advert that asks is an advert, and a customer who asks for something new is angry, too.
 */
const INTENTS = ['spam', 'job', 'idea', 'purchase-interest', 'complaint', 'question', 'praise'] as const
export type Intent = (typeof INTENTS)[number]

/** Sentiments less sure than these make neither a complaint nor praise. */
const COMPLAINT_PROBABILITY_MIN = 0.4
const PRAISE_PROBABILITY_MIN = 0.7
/** Who speaks to more speaks to a round of people: "@one @two @three @four haha good night". */
const PRAISED_MAX = 3
/** "RT @name", “@name: …”: what is handed on was said by somebody else to somebody else. */
const HANDED_ON = /^\W{0,2}RT @|["“]@/

const phrases = new Phrases(phraseWord)
const BY_PHRASES = [SPAM_PHRASES, JOB_PHRASES, IDEA_PHRASES, PURCHASE_PHRASES]
for (const [intent, lines] of BY_PHRASES.entries()) phrases.add(lines, intent)
const ADVERT = BY_PHRASES.length
phrases.add(ADVERT_PHRASES, ADVERT)

/**
 * Null: none of these, or not sure. A complaint that asks ("where is my bag?") is a complaint. `score` is null where the
 * sentiment was not read: then there is neither complaint nor praise.
 */
export function intentOf(
  text: string,
  places: TokenPlaces,
  features: PostFeatures,
  score: SentimentScore | null,
): Intent | null {
  const said = phrases.find(features.phraseWord, features.phraseWords)
  if (said !== null && said < ADVERT) return INTENTS[said] as Intent
  if (said === ADVERT && features.addresses > 0 && features.handles === 0) return 'spam'
  const speaks = score !== null && features.handles > 0 && !HANDED_ON.test(text)
  if (speaks && isComplaint(features, score)) return 'complaint'
  if (hasQuestionMark(text, places)) return 'question'
  return speaks && isPraise(features, score) ? 'praise' : null
}

/** The model alone takes "I deleted it 😕" for a complaint: a word of blame must stand there, too. */
function isComplaint({ blame }: PostFeatures, { sentiment, probability }: SentimentScore): boolean {
  return sentiment === 'negative' && probability >= COMPLAINT_PROBABILITY_MIN && blame > 0
}

function isPraise({ praise, blame, handles }: PostFeatures, { sentiment, probability }: SentimentScore): boolean {
  return sentiment === 'positive' && probability >= PRAISE_PROBABILITY_MIN && praise > blame && handles <= PRAISED_MAX
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
