import { stemHead, type TokenKind } from '../../text/index.ts'
import { globFits } from '../glob.ts'
import { isSpelt } from '../occurrences.ts'
import type { WordTest } from '../query.ts'
import { germanKeysOf, isMarked, postKeys, stemsOf, type TokenKeys } from '../words.ts'
import { beginningsOf, Changes } from './changes.ts'
import type { Features } from './features.ts'
import { headOf, Patterns } from './patterns.ts'

interface Asked {
  feature: number
  identity: string
  word: WordTest
  words: WordTest[]
  /** The query reads German: ae oe ue may stand for umlauts, where the post may be German. */
  german: boolean
  uses: number
}

/** A word of a post, with everything by which it is met. */
interface Met {
  token: TokenKeys
  text: string
  germanKeys: readonly string[]
}

/**
 * What queries ask of single words. Each distinct question is a feature with a number, however many queries ask it; which
 * features a word of a post has is found by its keys, stems and letters, and remembered by the caller.
 */
export class WordTests {
  readonly changes = new Changes()
  readonly #features: Features
  /** By the word as the query has it, most of which are one object; by what it asks, for those that are not. */
  readonly #byWord = new Map<WordTest, Asked>()
  readonly #byGermanWord = new Map<WordTest, Asked>()
  readonly #byIdentity = new Map<string, Asked>()
  readonly #byFeature = new Map<number, Asked>()
  readonly #byKey = new Map<string, Asked[]>()
  readonly #byLanguage = new Map<string, StemTests>()
  readonly #patterns = new Patterns<Asked>()

  constructor(features: Features) {
    this.#features = features
  }

  /** The feature's number. To be released as often as it was acquired. */
  acquire(word: WordTest, german: boolean): number {
    const byWord = german ? this.#byGermanWord : this.#byWord
    const same = byWord.get(word)
    if (same) {
      same.uses++
      return same.feature
    }
    const identity = identityOf(word, german)
    const known = this.#byIdentity.get(identity)
    if (known) {
      known.uses++
      known.words.push(word)
      byWord.set(word, known)
      return known.feature
    }
    const asked = { feature: this.#features.take(), identity, word, words: [word], german, uses: 1 }
    byWord.set(word, asked)
    this.#byIdentity.set(identity, asked)
    this.#byFeature.set(asked.feature, asked)
    this.#enter(asked)
    return asked.feature
  }

  /** False when it is not a feature of words. */
  release(feature: number): boolean {
    const asked = this.#byFeature.get(feature)
    if (!asked) return false
    if (--asked.uses > 0) return true
    this.#byIdentity.delete(asked.identity)
    for (const word of asked.words) (asked.german ? this.#byGermanWord : this.#byWord).delete(word)
    this.#byFeature.delete(feature)
    this.#leave(asked)
    this.#features.giveBack(feature)
    return true
  }

  /** Features of a word as it stands in a post; `german`: the post may be German. Ascending. */
  featuresOf(kind: TokenKind, text: string, german: boolean): { features: number[]; one: number; other: number } {
    const { keys, german: germanKey } = postKeys({ kind, text, from: 0, to: text.length }, true)
    // What is remembered holds for both readings, and so do the beginnings by which it is forgotten.
    const beginnings = beginningsOf([...keys, ...germanKeysOf({ kind, keys, german: germanKey })])
    const token = { kind, keys, german: german ? germanKey : null }
    const met: Met = { token, text, germanKeys: germanKeysOf(token) }
    const found = new Set<Asked>()
    for (const key of [...keys, ...met.germanKeys]) {
      for (const asked of this.#byKey.get(key) ?? []) found.add(asked)
      this.#patterns.find(key, found)
    }
    if (kind === 'word' || kind === 'tag') for (const tests of this.#byLanguage.values()) tests.find(met, found)
    const features: number[] = []
    for (const asked of found) if (meets(asked, met, german)) features.push(asked.feature)
    return { features: features.sort((a, b) => a - b), ...beginnings }
  }

  /** Features of an account that a post mentions outside its text: those that ask for one word, as typed. */
  featuresOfMention(key: string): number[] {
    const features: number[] = []
    for (const { word, feature } of this.#byKey.get(key) ?? [])
      if (!word.pattern && word.exact === null && word.keys.includes(key)) features.push(feature)
    return features
  }

  #enter(asked: Asked): void {
    for (const key of keysOf(asked)) {
      if (asked.word.pattern) this.#patterns.add(key, asked)
      else addTo(this.#byKey, key, asked)
    }
    for (const { language, stem } of asked.word.stems) {
      if (!this.#byLanguage.has(language)) this.#byLanguage.set(language, new StemTests(language))
      this.#byLanguage.get(language)?.add(stem, asked)
    }
    this.#changed(asked)
  }

  #leave(asked: Asked): void {
    for (const key of keysOf(asked)) {
      if (asked.word.pattern) this.#patterns.remove(key, asked)
      else removeFrom(this.#byKey, key, asked)
    }
    for (const { language, stem } of asked.word.stems) {
      const tests = this.#byLanguage.get(language)
      tests?.remove(stem, asked)
      if (tests?.isEmpty) this.#byLanguage.delete(language)
    }
    this.#changed(asked)
  }

  #changed({ word }: Asked): void {
    for (const key of [...word.keys, ...word.germanKeys])
      this.changes.note(word.pattern ? headOf(key) : key, { open: word.pattern })
    for (const { language, stem } of word.stems)
      this.changes.note(stem.slice(0, stemHead(language, stem)), { open: true })
  }
}

/** Tests with the same answer for every word have the same identity. No key holds a control character. */
function identityOf({ keys, germanKeys, stems, pattern, exact }: WordTest, german: boolean): string {
  let identity = `${german ? 'g' : ''}${pattern ? 'p' : ''}\n${keys.join('\t')}\n${germanKeys.join('\t')}\n${exact ?? '\n'}`
  for (const { language, stem } of stems) identity += `\n${language}\t${stem}`
  return identity
}

/** Questions about word forms in one language. */
class StemTests {
  readonly #language: string
  readonly #byStem = new Map<string, Asked[]>()
  readonly #heads = new Map<string, number>()
  readonly #headLengths = new Map<number, number>()

  constructor(language: string) {
    this.#language = language
  }

  get isEmpty(): boolean {
    return this.#byStem.size === 0
  }

  add(stem: string, asked: Asked): void {
    if (!this.#byStem.has(stem)) {
      const head = stem.slice(0, stemHead(this.#language, stem))
      this.#heads.set(head, (this.#heads.get(head) ?? 0) + 1)
      this.#headLengths.set(head.length, (this.#headLengths.get(head.length) ?? 0) + 1)
    }
    addTo(this.#byStem, stem, asked)
  }

  remove(stem: string, asked: Asked): void {
    removeFrom(this.#byStem, stem, asked)
    if (this.#byStem.has(stem)) return
    const head = stem.slice(0, stemHead(this.#language, stem))
    countDown(this.#heads, head)
    countDown(this.#headLengths, head.length)
  }

  /** Taking the stem of a word is dear, so it is done only when a stem that is asked for begins like the word. */
  find({ token, germanKeys }: Met, found: Set<Asked>): void {
    const keys = this.#language === 'de' ? [...token.keys, ...germanKeys] : token.keys
    if (!keys.some((key) => !isMarked(key) && this.#mayHaveStem(key))) return
    for (const stem of stemsOf(token, this.#language))
      for (const asked of this.#byStem.get(stem) ?? []) found.add(asked)
  }

  #mayHaveStem(key: string): boolean {
    for (const length of this.#headLengths.keys()) if (this.#heads.has(key.slice(0, length))) return true
    return false
  }
}

/** The same answer as occurrences.ts gives, for one word. */
function meets({ word, german: readsGerman }: Asked, { token, text, germanKeys }: Met, german: boolean): boolean {
  if (word.exact !== null && !isSpelt(text, word.exact)) return false
  const reads = readsGerman && german
  const wanted = reads ? [...word.keys, ...word.germanKeys] : word.keys
  const keys = reads ? [...token.keys, ...germanKeys] : token.keys
  if (word.pattern) {
    const isForWords = !isMarked(wanted[0] ?? '')
    return keys.some((key) => !(isForWords && isMarked(key)) && wanted.some((pattern) => globFits(pattern, key)))
  }
  if (wanted.some((key) => keys.includes(key))) return true
  return word.stems.some(({ language, stem }) => stemsOf(token, language).includes(stem))
}

const keysOf = ({ word }: Asked): string[] => [...new Set([...word.keys, ...word.germanKeys])]

/** Mostly one asks, seldom more than a few: a list is smaller than a set, and as fast. */
function addTo<Key>(table: Map<Key, Asked[]>, key: Key, asked: Asked): void {
  const there = table.get(key)
  if (!there) table.set(key, [asked])
  else if (!there.includes(asked)) there.push(asked)
}

function removeFrom<Key>(table: Map<Key, Asked[]>, key: Key, asked: Asked): void {
  const there = table.get(key)
  const place = there?.indexOf(asked) ?? -1
  if (!there || place < 0) return
  there.splice(place, 1)
  if (there.length === 0) table.delete(key)
}

function countDown<Key>(counts: Map<Key, number>, key: Key): void {
  const left = (counts.get(key) ?? 1) - 1
  if (left > 0) counts.set(key, left)
  else counts.delete(key)
}
