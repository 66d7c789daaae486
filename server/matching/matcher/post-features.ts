import { splitInto, TokenPlaces, URL_TOKEN } from '../../text/index.ts'
import { type PreparedPost, partsOf } from '../prepare.ts'
import type { WordTest } from '../query.ts'
import { handleKeys, PART_GAP } from '../words.ts'
import { type AttributeFilter, Attributes } from './attributes.ts'
import { doubled, Features } from './features.ts'
import { RememberedWords } from './remembered-words.ts'
import { WordTests } from './word-tests.ts'

/** Reads a post once for all queries: which features it has, and where. Its tables are used again for the next post. */
export class PostFeatures {
  /** Features of this post, each once. */
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
  readonly #tokens = new TokenPlaces()
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

  release(feature: number): void {
    if (!this.#tests.release(feature)) this.#attributes.release(feature)
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
        for (const feature of this.#tests.featuresOfMention(key)) this.#mark(feature)
    this.#attributes.forEach(prepared, (feature) => this.#mark(feature))
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
    for (let token = 0; token < count; token++) {
      if (kinds[token] === URL_TOKEN) continue
      const list = words.find(tokens, token, text, german)
      if (list !== 0) this.#place(words.lists, list, begin + token)
    }
    this.tokenCount += count
    return begin + count
  }

  /** Features of a word at a position; `list`: their number, and behind it they themselves. */
  #place(lists: Int32Array, list: number, position: number): void {
    const end = list + (lists[list] as number)
    this.#makeRoom(end - list)
    const { present, features } = this
    const lastPlace = this.#lastPlace
    const positions = this.#positions
    const before = this.#before
    const counts = this.known.counts
    let place = this.#placeCount
    for (let at = list + 1; at <= end; at++) {
      const feature = lists[at] as number
      const bits = present[feature >> 5] as number
      if ((bits & (1 << (feature & 31))) === 0) {
        present[feature >> 5] = bits | (1 << (feature & 31))
        counts[feature] = (counts[feature] as number) + 1
        before[place] = NO_PLACE
        features[this.featureCount++] = feature
      } else before[place] = lastPlace[feature] as number
      positions[place] = position
      lastPlace[feature] = place++
    }
    this.#placeCount = place
  }

  #mark(feature: number): void {
    if (this.has(feature)) return
    this.#makeRoom(1)
    this.present[feature >> 5] = (this.present[feature >> 5] as number) | (1 << (feature & 31))
    ;(this.known.counts[feature] as number)++
    this.#lastPlace[feature] = NO_PLACE
    this.features[this.featureCount++] = feature
  }

  #makeRoom(places: number): void {
    while (this.#placeCount + places > this.#positions.length) {
      this.#positions = doubled(this.#positions)
      this.#before = doubled(this.#before)
    }
    while (this.featureCount + places > this.features.length) this.features = doubled(this.features)
  }

  #acquired(feature: number): number {
    this.#read = null
    while (feature >= this.#lastPlace.length) this.#lastPlace = doubled(this.#lastPlace)
    while (feature >> 5 >= this.present.length) this.present = doubled(this.present)
    return feature
  }
}

const NO_PLACE = -1
