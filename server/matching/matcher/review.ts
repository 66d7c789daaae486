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
  #reviews = 0
  #sinceHalving = 0
  #waiting: number[] = []
  /** By feature: how often it occurred when its list was last looked through. */
  readonly #lookedThrough = new Map<number, number>()

  constructor(known: Features) {
    this.#known = known
  }

  /** Often at first, when nothing is known of frequencies, then every so many posts. */
  isDue(): boolean {
    const since = Math.abs(this.#known.posts - this.#postsAtLast)
    return since >= Math.min(POSTS_PER_REVIEW, POSTS_BEFORE_FIRST * 2 ** this.#reviews)
  }

  /** The next few. Some may have been removed since they were found. */
  queriesToFile(lists: readonly (Postings | undefined)[]): number[] {
    if (this.#waiting.length === 0) this.#waiting = this.#inHotLists(lists)
    this.#reviews++
    this.#postsAtLast = this.#known.posts
    this.#age()
    return this.#waiting.splice(-QUERIES_PER_REVIEW)
  }

  #inHotLists(lists: readonly (Postings | undefined)[]): number[] {
    const { counts, posts } = this.#known
    const queries: number[] = []
    for (let feature = 0; feature < lists.length; feature++) {
      const list = lists[feature]
      const count = counts[feature] as number
      if (!list || (count * list.count) / posts < ENTRIES_PER_POST) continue
      if (count < 2 * (this.#lookedThrough.get(feature) ?? 0)) continue
      this.#lookedThrough.set(feature, count)
      for (const query of list.movable()) queries.push(query)
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
