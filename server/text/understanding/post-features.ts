import { mixed, step } from './folded-letters.ts'

/**
 * What the classifiers see of a post: numbers below FEATURES, one for each word, pair of words, piece of a word, concept and
 * mark, by hashing character codes (Weinberger et al. 2009). No string is made, so that reading a post takes microseconds.
 * Handles and addresses are all the same: who is spoken to is not an opinion.
 */
export const FEATURES = 1 << 19
/** A longer post is judged by its beginning. */
export const FEATURES_MAX = 4_096
const MARKS_MAX = 16

/** Kept apart because each group has its own scale: pieces of words are many, each says little. */
export class PostFeatures {
  words = 0
  grams = 0
  /** What holds of the whole post: how much praise and blame, faces, capitals, stretched words, ! and ?. */
  marks = 0
  readonly word = new Int32Array(FEATURES_MAX)
  readonly gram = new Int32Array(FEATURES_MAX)
  readonly mark = new Int32Array(MARKS_MAX)
  /** The post's words, hashed as `phraseWord` hashes them, in their order: what phrases are found in. */
  phraseWords = 0
  readonly phraseWord = new Int32Array(FEATURES_MAX)
  /** Opinion words, negated ones turned. */
  praise = 0
  blame = 0
  /** Whose opinion word came last: 1 praise, -1 blame, 0 none. */
  lastOpinion = 0
  /** Words in capitals, words with a letter drawn out. */
  shouted = 0
  stretched = 0
  handles = 0
  addresses = 0

  clear(): void {
    this.words = 0
    this.grams = 0
    this.marks = 0
    this.phraseWords = 0
    this.praise = 0
    this.blame = 0
    this.lastOpinion = 0
    this.shouted = 0
    this.stretched = 0
    this.handles = 0
    this.addresses = 0
  }
}

export const MARK_SEED = 0x510e527f

export function numbered(hash: number): number {
  return mixed(hash) & (FEATURES - 1)
}

export function addWord(into: PostFeatures, hash: number): void {
  if (into.words < FEATURES_MAX) into.word[into.words++] = numbered(hash)
}

export function addMark(into: PostFeatures, mark: number, value: number): void {
  into.mark[into.marks++] = numbered(step(step(MARK_SEED, 0x200 | mark), value))
}
