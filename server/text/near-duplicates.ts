import { HANDLE, type TokenPlaces, URL_TOKEN } from './token-places.ts'
import { foldedCode, mixed, step } from './understanding/folded-letters.ts'

const POSTS_MAX = 100_000
/** Words of a post that are compared; a longer post is known by its beginning. */
const WORDS_MAX = 48
/** Two posts of fewer words than these are never one: "thank you!" is said by many. */
const WORDS_MIN = 3
/** From so many shared words on, posts may differ in a few; with fewer all must be the same. */
const SHARED_MIN = 5
const CHANGED_MAX = 3
/** Of longer texts: shared words by all words. */
const LIKENESS_MIN = 0.6
/** A text that was cut: so much of the shorter stands in the longer, which is at most twice as long. */
const CONTAINED_MIN = 0.9
const CONTAINED_WORDS_MIN = 8
const BANDS = 12
const ROWS = 2
/** The newest posts of a bucket are looked at. */
const BUCKET_POSTS = 2
/** Tables begin with so many places and double up to `postsMax`: a quiet workspace takes little memory. */
const PLACES_FIRST = 1_024

/** What is compared of a post: hashes of its words in order, with the weight of each word in the two lowest bits. */
export type Fingerprint = Int32Array

/** Null: too few words to be compared. `places` are those of `text`. */
export function fingerprintOf(text: string, places: TokenPlaces): Fingerprint | null {
  const count = readWords(text, places)
  return count < WORDS_MIN ? null : scratch.slice(0, count)
}

/**
 * Groups posts that say the same: shares ("RT @name: …"), the same text with another link, cut, or with one to three
 * words changed. Handles, addresses and share marks are left out; the words that remain are compared as a bag.
 * Candidates come from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
 * ch. 3), where a longer word counts as two or three, because common words are short; whether two posts are one is then
 * decided on the words themselves. The newest `postsMax` posts are known, older ones are forgotten in order.
 */
export class NearDuplicates<Id> {
  readonly #postsMax: number
  #ids: (Id | undefined)[] = []
  #words: Int32Array
  #counts: Uint8Array
  #buckets: Int32Array
  #bucketBits: number
  #next = 0

  constructor({ postsMax = POSTS_MAX }: { postsMax?: number } = {}) {
    this.#postsMax = postsMax
    const places = Math.min(PLACES_FIRST, postsMax)
    this.#words = new Int32Array(places * WORDS_MAX)
    this.#counts = new Uint8Array(places)
    this.#bucketBits = bucketBitsFor(places)
    this.#buckets = emptyBuckets(this.#bucketBits)
  }

  /** The id of the first post of the group: `id` itself where nothing like it is known. `places` are those of `text`. */
  add(id: Id, text: string, places: TokenPlaces): Id {
    const count = readWords(text, places)
    if (count < WORDS_MIN) return id
    const fingerprint = scratch.subarray(0, count)
    const group = this.groupOf(fingerprint) ?? id
    this.keep(group, fingerprint)
    return group
  }

  /** The group of the post most alike; null where nothing like it is known. */
  groupOf(fingerprint: Fingerprint): Id | null {
    signOnce(fingerprint)
    const like = this.#mostAlike(fingerprint)
    return like === -1 ? null : (this.#ids[like] as Id)
  }

  /** From now on posts like this one belong to the group, until its place is forgotten. */
  keep(group: Id, fingerprint: Fingerprint): number {
    if (this.#next === this.#counts.length) this.#makeRoom()
    const post = this.#next++
    this.#ids[post] = group
    this.#counts[post] = fingerprint.length
    this.#words.set(fingerprint, post * WORDS_MAX)
    signOnce(fingerprint)
    this.#file(post)
    return post
  }

  /** What was kept there for this group is like nothing from now on. A place that holds something newer is left alone. */
  forget(place: number, group: Id): void {
    if (this.#ids[place] === group) this.#counts[place] = 0
  }

  #mostAlike(words: Fingerprint): number {
    let best = -1
    let bestShared = 0
    let before = -1
    for (let at = 0; at < BANDS * BUCKET_POSTS; at++) {
      const bucket = bucketAt(Math.floor(at / BUCKET_POSTS), this.#bucketBits)
      const post = this.#buckets[bucket + (at % BUCKET_POSTS)] as number
      // Posts that are alike meet in many bands; most often the same ones as in the band before.
      if (post === -1 || post === best || post === before) continue
      before = post
      const others = this.#counts[post] as number
      if (!couldBeOne(words.length, others)) continue
      const least = Math.max(bestShared + 1, sharedLeast(words.length, others))
      const shared = sharedWords(words, this.#words, post * WORDS_MAX, others, least)
      if (shared >= least && areOne(shared, words.length, others)) {
        best = post
        bestShared = shared
        if (shared === words.length && shared === others) break
      }
    }
    return best
  }

  /** Under the signature that was written last. */
  #file(post: number): void {
    for (let band = 0; band < BANDS; band++) {
      const bucket = bucketAt(band, this.#bucketBits)
      // A bucket may name a post whose place was taken by a newer one since: the words decide, so it does no harm.
      if (this.#buckets[bucket] === post) continue
      this.#buckets[bucket + 1] = this.#buckets[bucket] as number
      this.#buckets[bucket] = post
    }
  }

  /** Larger tables, in which every post is filed again; at the limit the oldest place is the next. */
  #makeRoom(): void {
    const places = Math.min(this.#counts.length * 2, this.#postsMax)
    if (places === this.#counts.length) {
      this.#next = 0
      return
    }
    const [words, counts] = [new Int32Array(places * WORDS_MAX), new Uint8Array(places)]
    words.set(this.#words)
    counts.set(this.#counts)
    this.#words = words
    this.#counts = counts
    this.#bucketBits = bucketBitsFor(places)
    this.#buckets = emptyBuckets(this.#bucketBits)
    for (let post = 0; post < this.#next; post++) {
      sign(this.#words, post * WORDS_MAX, post * WORDS_MAX + (this.#counts[post] as number))
      this.#file(post)
    }
    signed = null
  }
}

const bucketBitsFor = (places: number): number => Math.ceil(Math.log2(places + 1))
const emptyBuckets = (bits: number): Int32Array => new Int32Array((BANDS << bits) * BUCKET_POSTS).fill(-1)

/** Whether any number of shared words would do; said by the lengths alone, without looking at the words. */
function couldBeOne(count: number, others: number): boolean {
  const fewer = Math.min(count, others)
  const more = Math.max(count, others)
  return (
    more - fewer <= CHANGED_MAX || fewer >= LIKENESS_MIN * more || (fewer >= CONTAINED_WORDS_MIN && more <= 2 * fewer)
  )
}

function areOne(shared: number, count: number, others: number): boolean {
  const fewer = Math.min(count, others)
  const more = Math.max(count, others)
  if (shared === more) return true
  if (shared < SHARED_MIN) return false
  if (more - shared <= CHANGED_MAX) return true
  if (shared >= LIKENESS_MIN * (count + others - shared)) return true
  return fewer >= CONTAINED_WORDS_MIN && more <= 2 * fewer && shared >= CONTAINED_MIN * fewer
}

/** With fewer shared words they are not one: one less than the laxest rule asks for, so that `areOne` alone decides. */
function sharedLeast(count: number, others: number): number {
  const fewer = Math.min(count, others)
  const more = Math.max(count, others)
  const alike = (LIKENESS_MIN * (count + others)) / (1 + LIKENESS_MIN)
  const contained = fewer >= CONTAINED_WORDS_MIN && more <= 2 * fewer ? CONTAINED_MIN * fewer : more
  return Math.max(1, Math.floor(Math.min(more - CHANGED_MAX, alike, contained)) - 1)
}

const scratch = new Int32Array(WORDS_MAX)
const WORD_SEED = 0x811c9dc5
const WEIGHT_BITS = 3

/** Fills `scratch` with the hashes of the words, in order of size; returns how many. */
function readWords(text: string, places: TokenPlaces): number {
  let count = 0
  for (let token = 0; token < places.count && count < WORDS_MAX; token++) {
    const kind = places.kinds[token]
    if (kind === URL_TOKEN || kind === HANDLE || isShareMark(text, places, token)) continue
    const from = places.from[token] as number
    const to = places.to[token] as number
    let hash: number = WORD_SEED
    for (let at = from; at < to; at++) {
      const code = foldedCode(text.charCodeAt(at))
      if (code !== 0) hash = step(hash, code)
    }
    const letters = to - from
    const weight = letters <= 3 ? 1 : letters <= 5 ? 2 : 3
    count = insertWord((mixed(hash) & ~WEIGHT_BITS) | weight, count)
  }
  return count
}

function insertWord(word: number, count: number): number {
  let at = count
  while (at > 0 && (scratch[at - 1] as number) > word) {
    scratch[at] = scratch[at - 1] as number
    at--
  }
  scratch[at] = word
  return count + 1
}

/** "RT @name", "via @name". */
function isShareMark(text: string, places: TokenPlaces, token: number): boolean {
  if (token + 1 >= places.count || places.kinds[token + 1] !== HANDLE) return false
  const from = places.from[token] as number
  const letters = (places.to[token] as number) - from
  if (letters === 2) return (text.charCodeAt(from) | 0x20) === 0x72 && (text.charCodeAt(from + 1) | 0x20) === 0x74
  return letters === 3 && /^via$/i.test(text.slice(from, from + 3))
}

const signature = new Int32Array(BANDS * ROWS)
const MULTIPLIERS = Int32Array.from(signature, (_, row) => mixed(0x9e3779b1 * (row + 1)) | 1)

/** Whose signature stands in `signature`: whoever is asked for is often kept at once. */
let signed: Fingerprint | null = null

function signOnce(fingerprint: Fingerprint): void {
  if (signed !== fingerprint) sign(fingerprint, 0, fingerprint.length)
  signed = fingerprint
}

function sign(words: Int32Array, from: number, to: number): void {
  signature.fill(0x7fffffff)
  for (let at = from; at < to; at++) {
    const word = words[at] as number
    for (let copy = word & WEIGHT_BITS; copy > 0; copy--) {
      const element = Math.imul(word ^ (copy << 28), 0x2545f491)
      for (let row = 0; row < signature.length; row++) {
        const product = Math.imul(element ^ (element >>> 16), MULTIPLIERS[row] as number)
        const value = product ^ (product >>> 15)
        if (value < (signature[row] as number)) signature[row] = value
      }
    }
  }
}

function bucketAt(band: number, bits: number): number {
  let hash = band
  for (let row = 0; row < ROWS; row++) hash = mixed(hash ^ (signature[band * ROWS + row] as number))
  return ((band << bits) | (hash >>> (32 - bits))) * BUCKET_POSTS
}

/** Both lists are in order; a word that stands twice in both counts twice. Gives up once `least` cannot be reached. */
function sharedWords(words: Fingerprint, others: Int32Array, from: number, othersCount: number, least: number): number {
  let [at, other, shared] = [0, from, 0]
  const end = from + othersCount
  let [left, otherLeft] = [words.length - least, othersCount - least]
  while (at < words.length && other < end) {
    const difference = (words[at] as number) - (others[other] as number)
    if (difference === 0) {
      shared++
      at++
      other++
    } else if (difference < 0) {
      at++
      if (--left < 0) return shared
    } else {
      other++
      if (--otherLeft < 0) return shared
    }
  }
  return shared
}
