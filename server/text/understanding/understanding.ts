import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TokenPlaces } from '../token-places.ts'
import { type Intent, intentOf } from './intent.ts'
import { SENTIMENT_MODEL_FILE, type Sentiment, sentimentReader } from './sentiment.ts'

/** What is read of one post. The probability belongs to the sentiment and is null exactly where that is. */
export interface Understanding {
  /** Null: not read, because the post is in a language for which there is no model. */
  readonly sentiment: Sentiment | null
  readonly probability: number | null
  /** Null: none of the intents, or not sure. */
  readonly intent: Intent | null
  /** Null: there is no word list for the post's language. */
  readonly offensive: boolean | null
}

const model = readFileSync(SENTIMENT_MODEL_FILE)
const readSentiment = sentimentReader(model)

const VERSION_DIGITS = 12

/** Changes whenever the model does; stored with each post as what understood it. */
export const UNDERSTANDING_VERSION = createHash('sha256').update(model).digest('hex').slice(0, VERSION_DIGITS)

/**
 * Sentiment, intent and offence of a split post. `language` is a two-letter code or null where it is not known. Pure and
 * synchronous, some microseconds a post.
 */
export function readUnderstanding(text: string, places: TokenPlaces, language: string | null): Understanding {
  const score = readSentiment(text, places, language)
  return { ...score, intent: intentOf(text, places, score), offensive: null }
}
