import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TokenPlaces } from '../token-places.ts'
import { baseLanguage } from '../word-forms.ts'
import { CONCEPTS } from './concepts.ts'
import { type Intent, intentOf } from './intent.ts'
import { ADVERT_PHRASES, IDEA_PHRASES, JOB_PHRASES, PURCHASE_PHRASES, SPAM_PHRASES } from './intent-phrases.ts'
import { isOffensive } from './offence.ts'
import { OFFENSIVE_WORDS } from './offensive-words.ts'
import { BLAME_WORDS, NEGATIONS, PRAISE_WORDS } from './opinion-words.ts'
import { PostFeatures } from './post-features.ts'
import { readFeatures } from './read-features.ts'
import { SENTIMENT_MODEL_FILE, type Sentiment, sentimentReader } from './sentiment.ts'

/** What is read of one post. The probability belongs to the sentiment and is null exactly where that is. */
export interface Understanding {
  /** Null: not read, because the post is in a language of which nothing was learned. */
  readonly sentiment: Sentiment | null
  readonly probability: number | null
  /** Null: none of the intents, or not sure. */
  readonly intent: Intent | null
  /** Null: no word of the lists found, in a language that has no list. */
  readonly offensive: boolean | null
}

/** Of which posts were learned (docs/sentiment-model.md): their features have weights of their own. */
const LANGUAGES_LEARNED = new Set(['en', 'de', 'fr', 'it', 'es', 'pt'])
/** Of Dutch there are word lists alone: it is read by what all languages share. */
const LANGUAGES_READ = new Set([...LANGUAGES_LEARNED, 'nl'])

const model = readFileSync(SENTIMENT_MODEL_FILE)
const readSentiment = sentimentReader(model)
const features = new PostFeatures()

const VERSION_DIGITS = 12
/** Raised when the same model and lists are read in another way. */
const RULES = '1'

/** Changes whenever the model, a list or the rules do; stored with each post as what understood it. */
export const UNDERSTANDING_VERSION = versionOf(model)

export function versionOf(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(RULES).update(bytes)
  for (const phrases of [
    SPAM_PHRASES,
    ADVERT_PHRASES,
    JOB_PHRASES,
    IDEA_PHRASES,
    PURCHASE_PHRASES,
    OFFENSIVE_WORDS,
    PRAISE_WORDS,
    BLAME_WORDS,
    NEGATIONS,
    CONCEPTS,
  ])
    hash.update(typeof phrases === 'string' ? phrases : JSON.stringify(phrases))
  return hash.digest('hex').slice(0, VERSION_DIGITS)
}

/**
 * Sentiment, intent and offence of a split post. `language` is a code such as "de" or "pt-BR", or null where it is not known:
 * then the post is read by what all languages share. Pure and synchronous, some microseconds a post.
 */
export function readUnderstanding(text: string, places: TokenPlaces, language: string | null): Understanding {
  const base = language === null || language.length === 2 ? language : baseLanguage(language)
  const isRead = base === null || LANGUAGES_READ.has(base)
  readFeatures(features, text, places, base)
  const score = isRead ? readSentiment(features, base !== null && LANGUAGES_LEARNED.has(base) ? base : null) : null
  const offends = isOffensive(features)
  return {
    sentiment: score?.sentiment ?? null,
    probability: score?.probability ?? null,
    intent: intentOf(text, places, features, score),
    offensive: isRead || offends ? offends : null,
  }
}
