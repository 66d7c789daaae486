import { splitInto, TokenPlaces, URL_TOKEN } from '../../text/index.ts'
import { type PreparedPost, partsOf } from '../prepare.ts'
import type { WordTest } from '../query.ts'
import { handleKeys, PART_GAP } from '../words.ts'
import { type AttributeFilter, Attributes } from './attributes.ts'
import { BEGINS_PAIR, doubled, ENDS_BIT, Features, IS_PLACED, PLACED_BIT } from './features.ts'
import { Pairs } from './pairs.ts'
import { RememberedWords } from './remembered-words.ts'
import { WordTests } from './word-tests.ts'

/** Reads a post once for all queries: which features it has, and where. Its tables are used again for the next post. */
export class PostFeatures {
  /** Features of this post, each once: as long as there are features at all. */
  features = new Int32Array(256)
  featureCount = 0
  tokenCount = 0
  /** One bit for each feature that the post has: small enough to stay close to the processor. */
  present = new Int32Array(16)
  /** With how many posts had each. */
  readonly known = new Features()
  readonly #tests = new WordTests(this.known)
  readonly #attributes = new Attributes(this.known)
  readonly #words = new RememberedWords(this.#tests)
  readonly #pairs = new Pairs(this.known)
  readonly #tokens = new TokenPlaces()
  /** Features of the word before that pairs begin with, and of the word that is being read. */
  #begun = new Int32Array(256)
  #begunCount = 0
  #beginning = new Int32Array(256)
  #lastPlace = new Int32Array(256)
  /** Places as linked lists, backwards through the text: a position, and the place before it or NO_PLACE. */
  #positions = new Int32Array(1_024)
  #before = new Int32Array(1_024)
  #placeCount = 0
  #read: PreparedPost | null = null

  acquireWord(word: WordTest, german: boolean): number {
    return this.#acquired(this.#tests.acquire(word, german))
  }

  acquireAttribute(filter: AttributeFilter, german: boolean): number {
    return this.#acquired(this.#attributes.acquire(filter, german))
  }

  /** A word behind another, or behind a pair. */
  acquirePair(first: number, second: number): number {
    return this.#acquired(this.#pairs.acquire(first, second))
  }

  /** For a word that was acquired: somePosition and isAt will be asked about it. */
  keepPlaces(feature: number): void {
    this.known.give(feature, IS_PLACED)
  }

  release(feature: number): void {
    if (!this.#tests.release(feature) && !this.#pairs.release(feature)) this.#attributes.release(feature)
    this.#read = null
  }

  has(feature: number): boolean {
    return ((this.present[feature >> 5] as number) & (1 << (feature & 31))) !== 0
  }

  /** Calls for each position of a word that has the feature, from the last to the first, until the answer is true. */
  somePosition(feature: number, test: (position: number) => boolean): boolean {
    if (!this.has(feature)) return false
    for (let place = this.#lastPlace[feature] as number; place !== NO_PLACE; place = this.#before[place] as number)
      if (test(this.#positions[place] as number)) return true
    return false
  }

  /** Does a word at this position have the feature? */
  isAt(feature: number, position: number): boolean {
    if (!this.has(feature)) return false
    for (let place = this.#lastPlace[feature] as number; place !== NO_PLACE; place = this.#before[place] as number) {
      const found = this.#positions[place] as number
      if (found <= position) return found === position
    }
    return false
  }

  /** The same post again costs nothing. */
  read(prepared: PreparedPost): void {
    if (this.#read === prepared) return
    this.#begin()
    let position = 0
    for (const [, text] of partsOf(prepared.post))
      position = this.#readText(text, position, prepared.german ? 1 : 0) + PART_GAP
    for (const mention of prepared.post.mentions)
      for (const key of handleKeys(mention))
        for (const feature of this.#tests.featuresOfMention(key)) this.#enter(feature)
    this.#attributes.forEach(prepared, (feature) => this.#enter(feature))
    this.#read = prepared
  }

  /** Where the tokens of this post's text stand, if it was the last one read; until the next is read. */
  placesOf(prepared: PreparedPost): TokenPlaces | null {
    return this.#read === prepared ? this.#tokens : null
  }

  #begin(): void {
    this.#read = null
    for (let at = 0; at < this.featureCount; at++) this.present[(this.features[at] as number) >> 5] = 0
    this.featureCount = 0
    this.tokenCount = 0
    this.#placeCount = 0
    this.known.posts++
  }

  #readText(text: string, begin: number, german: number): number {
    const tokens = this.#tokens
    splitInto(tokens, text)
    const { count, kinds } = tokens
    const words = this.#words
    words.fetch(tokens.hash, count)
    this.#begunCount = 0
    for (let token = 0; token < count; token++) {
      const list = kinds[token] === URL_TOKEN ? 0 : words.find(tokens, token, text, german)
      if (list !== 0) this.#place(words.lists, list, begin + token)
      else this.#begunCount = 0
    }
    this.tokenCount += count
    return begin + count
  }

  /**
   * Features of a word at a position; `list`: their number, and behind it they themselves. What a role asks for is written
   * for every feature, and kept by a step of 1 or 0: nobody can foresee the branch that would spare it.
   */
  #place(lists: Int32Array, list: number, position: number): void {
    const end = list + (lists[list] as number)
    const { roles, counts } = this.known
    const { present, features } = this
    const lastPlace = this.#lastPlace
    const begun = this.#begun
    const beginning = this.#beginning
    const begunCount = this.#begunCount
    this.#makeRoom(end - list)
    const positions = this.#positions
    const before = this.#before
    let beginningCount = 0
    let count = this.featureCount
    let place = this.#placeCount
    for (let at = list + 1; at <= end; at++) {
      const feature = lists[at] as number
      const role = roles[feature] as number
      const bits = present[feature >> 5] as number
      const bit = 1 << (feature & 31)
      if ((bits & bit) === 0) {
        present[feature >> 5] = bits | bit
        counts[feature] = (counts[feature] as number) + 1
        features[count++] = feature
        before[place] = NO_PLACE
      } else before[place] = lastPlace[feature] as number
      positions[place] = position
      lastPlace[feature] = place
      place += role >> PLACED_BIT
      beginning[beginningCount] = feature
      beginningCount += role & BEGINS_PAIR
      const tries = begunCount & -((role >> ENDS_BIT) & 1)
      for (let index = 0; index < tries; index++) {
        const pair = this.#pairs.find(begun[index] as number, feature)
        if (pair < 0) continue
        this.featureCount = count
        this.#enter(pair)
        count = this.featureCount
        beginning[beginningCount] = pair
        beginningCount += (roles[pair] as number) & BEGINS_PAIR
      }
    }
    this.#placeCount = place
    this.featureCount = count
    this.#beginning = begun
    this.#begun = beginning
    this.#begunCount = beginningCount
  }

  #makeRoom(places: number): void {
    while (this.#placeCount + places > this.#positions.length) {
      this.#positions = doubled(this.#positions)
      this.#before = doubled(this.#before)
    }
  }

  #enter(feature: number): void {
    const { present } = this
    const bits = present[feature >> 5] as number
    const bit = 1 << (feature & 31)
    if ((bits & bit) !== 0) return
    present[feature >> 5] = bits | bit
    const { counts } = this.known
    counts[feature] = (counts[feature] as number) + 1
    this.#lastPlace[feature] = NO_PLACE
    this.features[this.featureCount++] = feature
  }

  #acquired(feature: number): number {
    this.#read = null
    while (feature >= this.#lastPlace.length) {
      this.#lastPlace = doubled(this.#lastPlace)
      this.features = doubled(this.features)
      this.#begun = doubled(this.#begun)
      this.#beginning = doubled(this.#beginning)
    }
    while (feature >> 5 >= this.present.length) this.present = doubled(this.present)
    return feature
  }
}

const NO_PLACE = -1
