import { FEATURES, type PostFeatures } from './post-features.ts'

export const SENTIMENTS = ['negative', 'neutral', 'positive'] as const
export type Sentiment = (typeof SENTIMENTS)[number]

export interface SentimentScore {
  readonly sentiment: Sentiment
  /** How sure the model is, 1/3 to 1. */
  readonly probability: number
}

export type SentimentReader = (features: PostFeatures, language: string | null) => SentimentScore

export const SENTIMENT_MODEL_FILE = new URL('sentiment.model', import.meta.url)
export const CLASSES = SENTIMENTS.length
/** Before the weights: what one step of a weight is worth, as a 32-bit float, little-endian. */
export const HEADER_BYTES = 4

/** The model is what `npm run train` writes (docs/sentiment-model.md). The reader is pure and keeps nothing of a text. */
export function sentimentReader(model: Uint8Array): SentimentReader {
  if (model.length !== HEADER_BYTES + FEATURES * CLASSES)
    throw new Error(`the sentiment model has ${model.length} bytes, which does not fit this version of Rapport`)
  const unit = new DataView(model.buffer, model.byteOffset).getFloat32(0, true)
  const weights = new Int8Array(model.buffer, model.byteOffset + HEADER_BYTES, FEATURES * CLASSES)
  const sums = new Float64Array(CLASSES)
  return (features, language) => {
    const bits = languageBits(language)
    sums.fill(0)
    addGroup(sums, weights, features.word, features.words, unit * wordScale(features), bits)
    addGroup(sums, weights, features.gram, features.grams, unit * gramScale(features), bits)
    addGroup(sums, weights, features.mark, features.marks, unit * MARK_SCALE, bits)
    return mostProbable(sums)
  }
}

// One post's pieces of words weigh together somewhat less than its words, however long it is.
export const MARK_SCALE = 0.2
export const wordScale = (features: PostFeatures): number => 0.378 / Math.sqrt(Math.max(1, features.words))
export const gramScale = (features: PostFeatures): number => 0.227 / Math.sqrt(Math.max(1, features.grams))

/**
 * Each feature counts twice: for all languages, and for this one ("die" is an article in German; Daumé 2007, Frustratingly
 * easy domain adaptation). 0 where the language is not known: then only the first counts.
 */
export function languageBits(language: string | null): number {
  if (language === null || language.length < 2) return 0
  return (Math.imul((language.charCodeAt(0) << 8) | language.charCodeAt(1), 0x9e3779b1) >>> 4) & (FEATURES - 1)
}

function addGroup(
  sums: Float64Array,
  weights: Int8Array,
  group: Int32Array,
  count: number,
  scale: number,
  bits: number,
): void {
  let [negative, neutral, positive] = [0, 0, 0]
  for (let at = 0; at < count; at++) {
    const feature = group[at] as number
    const shared = feature * CLASSES
    negative += weights[shared] as number
    neutral += weights[shared + 1] as number
    positive += weights[shared + 2] as number
    if (bits === 0) continue
    const own = (feature ^ bits) * CLASSES
    negative += weights[own] as number
    neutral += weights[own + 1] as number
    positive += weights[own + 2] as number
  }
  sums[0] = (sums[0] as number) + negative * scale
  sums[1] = (sums[1] as number) + neutral * scale
  sums[2] = (sums[2] as number) + positive * scale
}

function mostProbable(sums: Float64Array): SentimentScore {
  const [negative, neutral, positive] = sums as unknown as [number, number, number]
  const best = negative > neutral && negative > positive ? 0 : positive > neutral ? 2 : 1
  const top = sums[best] as number
  const total = Math.exp(negative - top) + Math.exp(neutral - top) + Math.exp(positive - top)
  return { sentiment: SENTIMENTS[best] as Sentiment, probability: 1 / total }
}
