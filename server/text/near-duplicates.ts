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
const BUCKET_BITS = 17

/**
 * Groups posts that say the same: shares ("RT @name: …"), the same text with another link, cut, or with one to three
 * words changed. Handles, addresses and share marks are left out; the words that remain are compared as a bag.
 * Candidates come from MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
 * ch. 3), where a longer word counts as two or three, because common words are short; whether two posts are one is then
 * decided on the words themselves. The newest `postsMax` posts are known, older ones are forgotten in order.
 */
export class NearDuplicates<Id> {
  readonly #postsMax: number
  readonly #ids: (Id | undefined)[]
  readonly #words: Int32Array
  readonly #counts: Uint8Array
  readonly #buckets = new Int32Array((BANDS << BUCKET_BITS) * BUCKET_POSTS).fill(-1)
  #next = 0

  constructor({ postsMax = POSTS_MAX }: { postsMax?: number } = {}) {
    this.#postsMax = postsMax
    this.#ids = new Array(postsMax)
    this.#words = new Int32Array(postsMax * WORDS_MAX)
    this.#counts = new Uint8Array(postsMax)
  }

  /** The id of the first post of the group: `id` itself where nothing like it is known. `places` are those of `text`. */
  add(id: Id, text: string, places: TokenPlaces): Id {
    const count = readWords(text, places)
    if (count < WORDS_MIN) return id
    signWords(count)
    const like = this.#mostAlike(count)
    const group = like === -1 ? id : (this.#ids[like] as Id)
    this.#keep(group, count)
    return group
  }

  #mostAlike(count: number): number {
    let best = -1
    let bestShared = 0
    for (let at = 0; at < BANDS * BUCKET_POSTS; at++) {
      const post = this.#buckets[bucketAt(Math.floor(at / BUCKET_POSTS)) + (at % BUCKET_POSTS)] as number
      if (post === -1 || post === best) continue
      const others = this.#counts[post] as number
      const shared = sharedWords(count, this.#words, post * WORDS_MAX, others)
      if (shared > bestShared && areOne(shared, count, others)) {
        best = post
        bestShared = shared
        if (shared === count && shared === others) break
      }
    }
    return best
  }

  #keep(group: Id, count: number): void {
    const post = this.#next
    this.#next = (post + 1) % this.#postsMax
    this.#ids[post] = group
    this.#counts[post] = count
    for (let at = 0; at < count; at++) this.#words[post * WORDS_MAX + at] = words[at] as number
    for (let band = 0; band < BANDS; band++) {
      const bucket = bucketAt(band)
      // A bucket may name a post whose place was taken by a newer one since: the words decide, so it does no harm.
      if (this.#buckets[bucket] === post) continue
      this.#buckets[bucket + 1] = this.#buckets[bucket] as number
      this.#buckets[bucket] = post
    }
  }
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

const words = new Int32Array(WORDS_MAX)
const weights = new Uint8Array(WORDS_MAX)
const WORD_SEED = 0x811c9dc5

/** Fills `words` with the hashes of the words, in order of size; returns how many. */
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
    count = insertWord(mixed(hash), letters <= 3 ? 1 : letters <= 5 ? 2 : 3, count)
  }
  return count
}

function insertWord(word: number, weight: number, count: number): number {
  let at = count
  while (at > 0 && (words[at - 1] as number) > word) {
    words[at] = words[at - 1] as number
    weights[at] = weights[at - 1] as number
    at--
  }
  words[at] = word
  weights[at] = weight
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

function signWords(count: number): void {
  signature.fill(0x7fffffff)
  for (let at = 0; at < count; at++) {
    const word = words[at] as number
    for (let copy = weights[at] as number; copy > 0; copy--) {
      const element = Math.imul(word ^ (copy << 28), 0x2545f491)
      for (let row = 0; row < signature.length; row++) {
        const product = Math.imul(element ^ (element >>> 16), MULTIPLIERS[row] as number)
        const value = product ^ (product >>> 15)
        if (value < (signature[row] as number)) signature[row] = value
      }
    }
  }
}

function bucketAt(band: number): number {
  let hash = band
  for (let row = 0; row < ROWS; row++) hash = mixed(hash ^ (signature[band * ROWS + row] as number))
  return ((band << BUCKET_BITS) | (hash >>> (32 - BUCKET_BITS))) * BUCKET_POSTS
}

/** Both lists are in order; a word that stands twice in both counts twice. */
function sharedWords(count: number, others: Int32Array, from: number, othersCount: number): number {
  let [at, other, shared] = [0, from, 0]
  const end = from + othersCount
  while (at < count && other < end) {
    const difference = (words[at] as number) - (others[other] as number)
    if (difference === 0) shared++
    if (difference <= 0) at++
    if (difference >= 0) other++
  }
  return shared
}
