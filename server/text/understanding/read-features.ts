import { EMOJI, HANDLE, TAG, type TokenPlaces, URL_TOKEN } from '../token-places.ts'
import { step } from './folded-letters.ts'
import { EDGE, foldWord, hashOfWord, word } from './folded-word.ts'
import { lexiconSeed, lookUpWord, meaning, NEGATION } from './lexicon.ts'
import { addMark, addWord, FEATURES_MAX, MARK_SEED, numbered, type PostFeatures } from './post-features.ts'
import { readFaces, readSigns } from './read-signs.ts'

const GRAM_LENGTH_MIN = 2
const GRAM_LENGTH_MAX = 5
/** So many words behind a negation are turned, unless the sentence ends. */
const NEGATED_WORDS = 3

/** Reads a split post; what was read before is forgotten. */
export function readFeatures(into: PostFeatures, text: string, places: TokenPlaces, language: string | null): void {
  into.clear()
  readTokens(into, text, places, lexiconSeed(language))
  addTokenMarks(into)
  readSigns(into, text)
  readFaces(into, text, places)
}

const [WORD_SEED, PAIR_SEED, NEGATED_SEED, GRAM_SEED, TAG_SEED, CONCEPT_SEED] = [
  0x811c9dc5, 0x2545f491, 0x3c6ef372, 0x6a09e667, 0x5be0cd19, 0x07b1c3d5,
] as const
const HANDLE_HASH = step(MARK_SEED, HANDLE)

/** The hash of a word of a phrase: "@" any handle, "#tag" a tag. */
export function phraseWord(written: string): number {
  if (written === '@') return HANDLE_HASH
  const tagged = written.startsWith('#')
  foldWord(written, tagged ? 1 : 0, written.length)
  const hash = hashOfWord(WORD_SEED)
  return tagged ? step(TAG_SEED, hash) : hash
}

function addPhraseWord(into: PostFeatures, hash: number): void {
  if (into.phraseWords < FEATURES_MAX) into.phraseWord[into.phraseWords++] = hash
}

function readTokens(into: PostFeatures, text: string, places: TokenPlaces, seed: number): void {
  let before: number = EDGE
  let negated = 0
  for (let token = 0; token < places.count; token++) {
    const from = places.from[token] as number
    if (negated > 0 && token > 0 && endsClause(text, places.to[token - 1] as number, from)) negated = 0
    const kind = places.kinds[token] as number
    if (kind === URL_TOKEN || kind === HANDLE) {
      before = readName(into, kind)
      continue
    }
    foldWord(text, kind === TAG ? from + 1 : from, places.to[token] as number)
    before = addFolded(into, kind, before)
    if (kind === EMOJI) continue
    addGrams(into)
    if (negated > 0) addWord(into, step(NEGATED_SEED, before))
    if (addMeaning(into, seed, negated > 0)) negated = NEGATED_WORDS
    else if (negated > 0) negated--
  }
}

function readName(into: PostFeatures, kind: number): number {
  const hash = step(MARK_SEED, kind)
  if (kind === HANDLE) into.handles++
  else into.addresses++
  addWord(into, hash)
  addPhraseWord(into, hash)
  return hash
}

/** The folded word by itself and behind the one before. Returns its hash. */
function addFolded(into: PostFeatures, kind: number, before: number): number {
  if (word.stretched) into.stretched++
  if (word.length > 1 && word.capitals === word.length) into.shouted++
  const hash = hashOfWord(WORD_SEED)
  const tag = step(TAG_SEED, hash)
  addWord(into, hash)
  addWord(into, step(step(PAIR_SEED, before), hash))
  if (kind === TAG) addWord(into, tag)
  if (kind === EMOJI) addWord(into, step(MARK_SEED, 0x100 | EMOJI))
  addPhraseWord(into, kind === TAG ? tag : hash)
  return hash
}

/** What the lexicon knows of the folded word. True for a negation, which turns what follows. */
function addMeaning(into: PostFeatures, seed: number, negated: boolean): boolean {
  lookUpWord(seed)
  const { opinion, concept } = meaning
  if (concept !== 0) addConcept(into, concept, negated)
  if (opinion === NEGATION) return true
  if (opinion === 0) return false
  into.lastOpinion = negated ? -opinion : opinion
  if (into.lastOpinion > 0) into.praise++
  else into.blame++
  return false
}

/** Twice, because a concept is sure where a piece of a word is a guess. */
function addConcept(into: PostFeatures, concept: number, negated: boolean): void {
  const hash = step(CONCEPT_SEED, concept)
  addWord(into, hash)
  addWord(into, hash)
  if (negated) addWord(into, step(NEGATED_SEED, hash))
}

function addTokenMarks(into: PostFeatures): void {
  addMark(into, 1, Math.min(3, into.shouted))
  addMark(into, 2, Math.min(2, into.stretched))
  addMark(into, 3, into.lastOpinion + 1)
  addMark(into, 4, Math.min(4, into.praise))
  addMark(into, 5, Math.min(4, into.blame))
  addMark(into, 6, Math.max(-4, Math.min(4, into.praise - into.blame)) + 8)
  addMark(into, 7, 0)
}

/** Pieces of the folded word with its edges. */
function addGrams(into: PostFeatures): void {
  const { codes } = word
  const end = word.length + 2
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

function endsClause(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x2e || code === 0x21 || code === 0x3f || code === 0x2c || code === 0x3b || code === 0x3a) return true
  }
  return false
}
