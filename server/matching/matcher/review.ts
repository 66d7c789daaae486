import type { Features } from './features.ts'
import type { Postings } from './postings.ts'

/** Posts between two looks at how the queries are filed; counts are halved after so many looks. */
const POSTS_PER_REVIEW = 2_048
const POSTS_BEFORE_FIRST = 64
const REVIEWS_PER_HALVING = 32
/** Queries given back at one review, so that no post waits long for it. */
const QUERIES_PER_REVIEW = 500
/** A list is worth a look when so many of its entries are walked through per post on average. */
const ENTRIES_PER_POST = 0.05

/** Finds the posting lists that have become hot, so that their queries can move to where fewer posts look at them. */
export class Review {
  readonly #known: Features
  #postsAtLast = 0
  #postsToNext = POSTS_BEFORE_FIRST
  #sinceHalving = 0
  #waiting: number[] = []
  /** By feature: how often it occurred when its list was last looked through. */
  readonly #lookedThrough = new Map<number, number>()

  constructor(known: Features) {
    this.#known = known
  }

  /** Often at first, when nothing is known of frequencies, then every so many posts. */
  isDue(): boolean {
    return Math.abs(this.#known.posts - this.#postsAtLast) >= this.#postsToNext
  }

  /** The next few. Some may have been removed since they were found. */
  queriesToFile(lists: Postings): number[] {
    if (this.#waiting.length === 0) this.#waiting = this.#inHotLists(lists)
    this.#postsToNext = Math.min(POSTS_PER_REVIEW, this.#postsToNext * 2)
    this.#postsAtLast = this.#known.posts
    this.#age()
    return this.#waiting.splice(-QUERIES_PER_REVIEW)
  }

  #inHotLists(lists: Postings): number[] {
    const { counts, posts } = this.#known
    const queries: number[] = []
    for (let feature = 0; feature < this.#known.size; feature++) {
      const count = counts[feature] as number
      const length = lists.count(feature)
      if (length === 0 || (count * length) / posts < ENTRIES_PER_POST) continue
      if (count < 2 * (this.#lookedThrough.get(feature) ?? 0)) continue
      this.#lookedThrough.set(feature, count)
      for (const query of lists.movable(feature)) queries.push(query)
    }
    return queries
  }

  #age(): void {
    if (++this.#sinceHalving < REVIEWS_PER_HALVING) return
    this.#sinceHalving = 0
    this.#lookedThrough.clear()
    this.#known.halve()
    this.#postsAtLast = this.#known.posts
  }
}
