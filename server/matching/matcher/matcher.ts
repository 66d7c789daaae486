import type { PreparedPost } from '../prepare.ts'
import type { Query } from '../query.ts'
import { type Check, compile, holds } from './check.ts'
import { doubled } from './features.ts'
import { PostFeatures } from './post-features.ts'
import { NO_SECOND, Postings } from './postings.ts'
import { Review } from './review.ts'
import { requiredFeatures, type Witness, witnessOf } from './witness.ts'

interface Held {
  check: Check
  acquired: number[]
  /** Features in whose lists the query stands; null: it is checked on every post. */
  filed: readonly number[] | null
}

/**
 * All queries of a workspace asked of a post at once, with the same answer as evaluate() gives for each. A post is split
 * once into features; each query is filed under its rarest sound witness and looked at only when the post has that.
 *
 * What it takes from elsewhere: witnesses from Lucene's TermFilteredPresearcher and Elasticsearch's CoveringQuery, the
 * second feature from MultipassTermFilteredPresearcher (as a check in the list instead of a second index), live frequencies
 * and filing anew from rsigma's witness index. Not taken: A-Tree's sharing of whole sub-expressions, because features are
 * shared already and what stands above them costs less than remembering it.
 */
export class Matcher<Id> {
  readonly post: PostFeatures
  readonly #ids: (Id | undefined)[] = []
  readonly #numbers = new Map<Id, number>()
  readonly #held: (Held | undefined)[] = []
  readonly #free: number[] = []
  readonly #postings: (Postings | undefined)[] = []
  readonly #everyPost = new Set<number>()
  readonly #review: Review
  /** By query: the last call of match() that looked at it. */
  #looked = new Int32Array(256)
  #looks = 0
  /** Queries that were checked, and those that matched: how well they are filed. */
  lookedAt = 0
  matched = 0

  /** Matchers of one process share `post`, so that a post which several workspaces hear is split once. */
  constructor(post: PostFeatures = new PostFeatures()) {
    this.post = post
    this.#review = new Review(post.known)
  }

  get size(): number {
    return this.#numbers.size
  }

  /** Takes effect at the next post. An id that is there already is replaced. */
  add(id: Id, query: Query): void {
    this.remove(id)
    const acquired: number[] = []
    const check = compile(query, this.post, acquired)
    const number = this.#free.pop() ?? this.#held.length
    this.#ids[number] = id
    this.#numbers.set(id, number)
    const held: Held = { check, acquired, filed: null }
    this.#held[number] = held
    if (number >= this.#looked.length) this.#looked = doubled(this.#looked)
    this.#file(number, held)
  }

  remove(id: Id): void {
    const number = this.#numbers.get(id)
    const held = number === undefined ? undefined : this.#held[number]
    if (number === undefined || !held) return
    this.#unfile(number, held)
    for (const feature of held.acquired) this.post.release(feature)
    this.#numbers.delete(id)
    this.#ids[number] = undefined
    this.#held[number] = undefined
    this.#free.push(number)
  }

  /** Ids of the queries that match, in no order. */
  match(prepared: PreparedPost): Id[] {
    const found: Id[] = []
    if (this.#numbers.size === 0) return found
    const post = this.post
    post.read(prepared)
    const look = this.#nextLook()
    const { features, featureCount, stamps, epoch } = post
    for (let at = 0; at < featureCount; at++) {
      const postings = this.#postings[features[at] as number]
      if (!postings) continue
      const { entries, count } = postings
      for (let entry = 0; entry < count * 2; entry += 2) {
        const second = entries[entry + 1] as number
        if (second !== NO_SECOND && stamps[second] !== epoch) continue
        const named = entries[entry] as number
        const number = named < 0 ? ~named : named
        if (this.#looked[number] === look) continue
        this.#looked[number] = look
        this.lookedAt++
        if (named < 0 || this.#holds(number, prepared)) found.push(this.#ids[number] as Id)
      }
    }
    for (const number of this.#everyPost) if (this.#holds(number, prepared)) found.push(this.#ids[number] as Id)
    this.lookedAt += this.#everyPost.size
    this.matched += found.length
    if (this.#review.isDue()) this.#fileAnew()
    return found
  }

  #holds(number: number, prepared: PreparedPost): boolean {
    return holds((this.#held[number] as Held).check, this.post, prepared)
  }

  #nextLook(): number {
    if (this.#looks === LOOKS_MAX) {
      this.#looked.fill(0)
      this.#looks = 0
    }
    return ++this.#looks
  }

  #file(number: number, held: Held): void {
    const { counts } = this.post.known
    const witness = witnessOf(held.check, (feature) => counts[feature] as number)
    held.filed = witness?.features ?? null
    if (!witness) {
      this.#everyPost.add(number)
      return
    }
    const second = secondFeature(held.check, witness, counts)
    const isMatch = isKnownBy(held.check, witness, second)
    for (const feature of witness.features) {
      const postings = this.#postings[feature] ?? new Postings()
      this.#postings[feature] = postings
      postings.add(number, second, isMatch)
    }
  }

  #unfile(number: number, { filed }: Held): void {
    if (filed === null) this.#everyPost.delete(number)
    for (const feature of filed ?? []) {
      const postings = this.#postings[feature]
      postings?.remove(number)
      if (postings?.count === 0) this.#postings[feature] = undefined
    }
  }

  /** Queries that stand in lists which have become long walks move to rarer features, where they have any. */
  #fileAnew(): void {
    const { counts } = this.post.known
    const frequency = (feature: number): number => counts[feature] as number
    for (const number of this.#review.queriesToFile(this.#postings)) {
      const held = this.#held[number] as Held
      const witness = witnessOf(held.check, frequency)
      const cost = (held.filed ?? []).reduce((sum, feature) => sum + frequency(feature), 0)
      if (!witness || witness.cost * 2 > cost) continue
      this.#unfile(number, held)
      this.#file(number, held)
    }
  }
}

const LOOKS_MAX = 2 ** 31 - 2

/** The rarest feature that a match must have beside its witness. */
function secondFeature(check: Check, witness: Witness, counts: Int32Array): number {
  let best = NO_SECOND
  for (const feature of requiredFeatures(check)) {
    if (witness.features.includes(feature)) continue
    if (best === NO_SECOND || (counts[feature] as number) < (counts[best] as number)) best = feature
  }
  return best
}

/** Do the witness and the second feature together say that the query matches? */
function isKnownBy(check: Check, { features }: Witness, second: number): boolean {
  if (check.kind !== 'all' && check.kind !== 'any') return false
  if (check.parts.length > 0) return false
  if (check.kind === 'any') return second === NO_SECOND
  return check.features.every((feature) => feature === second || (features.length === 1 && features[0] === feature))
}
