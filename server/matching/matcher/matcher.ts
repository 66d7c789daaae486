import type { PreparedPost } from '../prepare.ts'
import type { Query } from '../query.ts'
import { type Check, compile, holds } from './check.ts'
import { filedUnder } from './filing.ts'
import { Once } from './once.ts'
import { PostFeatures } from './post-features.ts'
import { IS_REPEATED, IS_TO_CHECK, NUMBER_BITS, Postings } from './postings.ts'
import { Review } from './review.ts'
import { witnessOf } from './witness.ts'

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
  readonly #postings = new Postings()
  readonly #everyPost = new Set<number>()
  readonly #review: Review
  readonly #twice = new Once()
  /** Queries that were checked as a whole, and those that matched. */
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
    const postings = this.#postings
    postings.walk(post)
    const twice = this.#twice
    twice.clear()
    for (let at = 0; at < postings.foundCount; at++) {
      const entry = postings.found[at] as number
      const number = entry >> NUMBER_BITS
      if ((entry & (IS_REPEATED | IS_TO_CHECK)) === 0) found.push(this.#ids[number] as Id)
      else if (twice.isFirst(number) && ((entry & IS_TO_CHECK) === 0 || this.#holds(number, prepared)))
        found.push(this.#ids[number] as Id)
    }
    for (const number of this.#everyPost) if (this.#holds(number, prepared)) found.push(this.#ids[number] as Id)
    this.matched += found.length
    if (this.#review.isDue()) this.#fileAnew()
    return found
  }

  #holds(number: number, prepared: PreparedPost): boolean {
    this.lookedAt++
    return holds((this.#held[number] as Held).check, this.post, prepared)
  }

  #file(number: number, held: Held): void {
    const { counts } = this.post.known
    const frequency = (feature: number): number => counts[feature] as number
    const witness = witnessOf(held.check, frequency)
    held.filed = witness?.features ?? null
    if (!witness) {
      this.#everyPost.add(number)
      return
    }
    const filed = filedUnder(held.check, witness, frequency)
    for (const feature of witness.features) this.#postings.add(feature, number, filed)
  }

  #unfile(number: number, { filed }: Held): void {
    if (filed === null) this.#everyPost.delete(number)
    for (const feature of filed ?? []) this.#postings.remove(feature, number)
  }

  /** Queries that stand in lists which have become long walks move to rarer features, where they have any. */
  #fileAnew(): void {
    const { counts } = this.post.known
    const frequency = (feature: number): number => counts[feature] as number
    for (const number of this.#review.queriesToFile(this.#postings)) {
      const held = this.#held[number]
      if (!held) continue
      const witness = witnessOf(held.check, frequency)
      const cost = (held.filed ?? []).reduce((sum, feature) => sum + frequency(feature), 0)
      if (!witness || witness.cost * 2 > cost) continue
      this.#unfile(number, held)
      this.#file(number, held)
    }
  }
}
