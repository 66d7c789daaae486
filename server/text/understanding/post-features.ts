import { EMOJI, HANDLE, TAG, type TokenPlaces, URL_TOKEN } from '../token-places.ts'
import { foldedCode, isCapital, mixed, step } from './folded-letters.ts'
import { BLAME_WORDS, NEGATIONS, PRAISE_WORDS } from './opinion-words.ts'

/**
 * What the classifiers see of a post: numbers below FEATURES, one for each word, pair of words, piece of a word and mark,
 * by hashing character codes (Weinberger et al. 2009). No string is made, so that reading a post takes microseconds.
 * Handles and addresses are all the same: who is spoken to is not an opinion.
 */
export const FEATURES = 1 << 19
/** A longer post is judged by its beginning. */
const FEATURES_MAX = 4_096
const WORD_CODES_MAX = 32
const MARKS_MAX = 16
const GRAM_LENGTH_MIN = 2
const GRAM_LENGTH_MAX = 5
/** So many words behind a negation are turned, unless the sentence ends. */
const NEGATED_WORDS = 3
/** ":-)", "<3", "?!" and their like: short pieces between blanks with a sign in them. */
const SIGN_CODES_MAX = 6

/** Kept apart because each group has its own scale: pieces of words are many, each says little. */
export class PostFeatures {
  words = 0
  grams = 0
  /** What holds of the whole post: how much praise and blame, capitals, stretched words, ! and ?. */
  marks = 0
  readonly word = new Int32Array(FEATURES_MAX)
  readonly gram = new Int32Array(FEATURES_MAX)
  readonly mark = new Int32Array(MARKS_MAX)
  /** Opinion words, negated ones turned. */
  praise = 0
  blame = 0
}

export function readFeatures(into: PostFeatures, text: string, places: TokenPlaces): void {
  into.words = 0
  into.grams = 0
  into.marks = 0
  into.praise = 0
  into.blame = 0
  readTokens(into, text, places)
  readSigns(into, text)
}

const codes = new Uint16Array(WORD_CODES_MAX + 2)
const [WORD_SEED, PAIR_SEED, NEGATED_SEED, GRAM_SEED, SIGN_SEED, MARK_SEED, TAG_SEED] = [
  0x811c9dc5, 0x2545f491, 0x3c6ef372, 0x6a09e667, 0x1f83d9ab, 0x510e527f, 0x5be0cd19,
] as const
const BLANK = 0x20
const EDGE = 1
function numbered(hash: number): number {
  return mixed(hash) & (FEATURES - 1)
}

function addWord(into: PostFeatures, hash: number): void {
  if (into.words < FEATURES_MAX) into.word[into.words++] = numbered(hash)
}

function readTokens(into: PostFeatures, text: string, places: TokenPlaces): void {
  let before = EDGE
  let negated = 0
  let shouted = 0
  let stretched = 0
  let lastOpinion = 0
  for (let token = 0; token < places.count; token++) {
    const from = places.from[token] as number
    const to = places.to[token] as number
    const kind = places.kinds[token]
    if (negated > 0 && token > 0 && endsClause(text, places.to[token - 1] as number, from)) negated = 0
    if (kind === URL_TOKEN || kind === HANDLE) {
      const mark = step(MARK_SEED, kind)
      addWord(into, mark)
      before = mark
      continue
    }
    const length = foldWord(text, kind === TAG ? from + 1 : from, to)
    if (foldedStretched) stretched++
    if (length > 1 && foldedCapitals === length) shouted++
    const hash = hashFolded(WORD_SEED, length)
    addWord(into, hash)
    addWord(into, step(step(PAIR_SEED, before), hash))
    if (kind === TAG) addWord(into, step(TAG_SEED, hash))
    before = hash
    if (kind === EMOJI) {
      addWord(into, step(MARK_SEED, 0x100 | EMOJI))
      continue
    }
    addGrams(into, length)
    if (negated > 0) addWord(into, step(NEGATED_SEED, hash))
    const opinion = opinionOfFolded(length)
    if (opinion === NEGATION) negated = NEGATED_WORDS + 1
    else if (opinion !== 0) {
      const turned = negated > 0 ? -opinion : opinion
      if (turned > 0) into.praise++
      else into.blame++
      lastOpinion = turned
    }
    if (negated > 0) negated--
  }
  addMarks(into, shouted, stretched, lastOpinion)
}

function addMarks(into: PostFeatures, shouted: number, stretched: number, lastOpinion: number): void {
  addMark(into, 1, Math.min(3, shouted))
  addMark(into, 2, Math.min(2, stretched))
  addMark(into, 3, lastOpinion + 1)
  addMark(into, 4, Math.min(4, into.praise))
  addMark(into, 5, Math.min(4, into.blame))
  addMark(into, 6, Math.max(-4, Math.min(4, into.praise - into.blame)) + 8)
  addMark(into, 7, 0)
}

function addMark(into: PostFeatures, mark: number, value: number): void {
  into.mark[into.marks++] = numbered(step(step(MARK_SEED, 0x200 | mark), value))
}

// The folded word stands in `codes` between two edges; these tell what the folding took away.
let foldedStretched = false
let foldedCapitals = 0

/** Lower case, without accents, letters repeated more than twice written twice. Returns the number of codes. */
function foldWord(text: string, from: number, to: number): number {
  let length = 0
  foldedStretched = false
  foldedCapitals = 0
  for (let at = from; at < to && length < WORD_CODES_MAX; at++) {
    const code = text.charCodeAt(at)
    const folded = foldedCode(code)
    if (folded === 0) continue
    if (length > 1 && codes[length] === folded && codes[length - 1] === folded) {
      foldedStretched = true
      continue
    }
    if (isCapital(code)) foldedCapitals++
    codes[++length] = folded
  }
  codes[0] = EDGE
  codes[length + 1] = EDGE
  return length
}

function hashFolded(seed: number, length: number): number {
  let hash: number = seed
  for (let at = 1; at <= length; at++) hash = step(hash, codes[at] as number)
  return hash
}

function addGrams(into: PostFeatures, length: number): void {
  const end = length + 2
  if (into.grams + end * GRAM_LENGTH_MAX > FEATURES_MAX) return
  for (let from = 0; from < end - 1; from++) {
    let hash = GRAM_SEED as number
    const limit = Math.min(end, from + GRAM_LENGTH_MAX)
    for (let at = from; at < limit; at++) {
      hash = step(hash, codes[at] as number)
      if (at - from + 1 >= GRAM_LENGTH_MIN) into.gram[into.grams++] = numbered(hash)
    }
  }
}

/** Pieces between blanks that are short and hold a sign: faces, hearts, rows of marks. */
function readSigns(into: PostFeatures, text: string): void {
  let exclamations = 0
  let questions = 0
  let from = 0
  const length = Math.min(text.length, FEATURES_MAX)
  for (let at = 0; at <= length; at++) {
    const code = at < length ? text.charCodeAt(at) : BLANK
    if (code === 0x21) exclamations++
    else if (code === 0x3f) questions++
    if (code > BLANK) continue
    if (at > from && at - from <= SIGN_CODES_MAX && !isName(text.charCodeAt(from))) addSign(into, text, from, at)
    from = at + 1
  }
  addMark(into, 8, Math.min(3, exclamations))
  addMark(into, 9, Math.min(3, questions))
}

/** "@mira", "#bahn": tokens, not faces. */
const isName = (code: number): boolean => code === 0x40 || code === 0x23

function addSign(into: PostFeatures, text: string, from: number, to: number): void {
  let hash = SIGN_SEED as number
  let signs = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80 && !isLetterOrDigit(code)) signs++
    hash = step(hash, code)
  }
  if (signs > 0) addWord(into, hash)
}

const isLetterOrDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)

function endsClause(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x2e || code === 0x21 || code === 0x3f || code === 0x2c || code === 0x3b || code === 0x3a) return true
  }
  return false
}

const NEGATION = 2
const OPINION_BITS = 16
const opinionKeys = new Int32Array(1 << OPINION_BITS)
const opinionValues = new Int8Array(1 << OPINION_BITS)

function opinionSlot(hash: number): number {
  let slot = (Math.imul(hash, 0x9e3779b1) >>> (32 - OPINION_BITS)) & ((1 << OPINION_BITS) - 1)
  while (opinionKeys[slot] !== 0 && opinionKeys[slot] !== hash) slot = (slot + 1) & ((1 << OPINION_BITS) - 1)
  return slot
}

/** Whole words end with an edge, beginnings of words do not: one table holds both. */
function opinionOfFolded(length: number): number {
  let hash: number = WORD_SEED
  let found = 0
  for (let at = 1; at <= length; at++) {
    hash = step(hash, codes[at] as number)
    if (at >= 3) found = opinionValues[opinionSlot(hash)] || found
  }
  return opinionValues[opinionSlot(step(hash, EDGE))] || found
}

function learn(words: string, value: number): void {
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const open = word.endsWith('*')
    const length = foldWord(word, 0, open ? word.length - 1 : word.length)
    const hash = hashFolded(WORD_SEED, length)
    const slot = opinionSlot(open ? hash : step(hash, EDGE))
    opinionKeys[slot] = open ? hash : step(hash, EDGE)
    opinionValues[slot] = value
  }
}
learn(PRAISE_WORDS, 1)
learn(BLAME_WORDS, -1)
learn(NEGATIONS, NEGATION)
