export { WORD_CHARACTERS_MAX, type WordKeys, wordKeys } from './fold.ts'
export { loadLanguageRecogniser } from './language.ts'
export { type Fingerprint, fingerprintOf, NearDuplicates } from './near-duplicates.ts'
export { splitInto, splitText, type Token } from './split.ts'
export { G2_MIN, logLikelihood, withoutRepeats } from './term-contrast.ts'
export { termRuns, termsOf } from './terms.ts'
export { EMOJI, HANDLE, TAG, type TokenKind, TokenPlaces, URL_TOKEN, WORD } from './token-places.ts'
export { INTENTS, type Intent, intentOf } from './understanding/intent.ts'
export {
  loadSentimentReader,
  SENTIMENTS,
  type Sentiment,
  type SentimentReader,
  type SentimentScore,
} from './understanding/sentiment.ts'
export { readUnderstanding, UNDERSTANDING_VERSION, type Understanding } from './understanding/understanding.ts'
export { baseLanguage, LANGUAGES_WITH_WORD_FORMS, stem, stemHead } from './word-forms.ts'
