/** In place of a second feature: none is asked for. */
export const NO_SECOND = -1

/**
 * The queries to look at when a post has a feature: a posting list in one flat array. Each entry names a query and a second
 * feature that the post must have as well, so that most queries in the list of a frequent word cost one look.
 */
export class Postings {
  count = 0
  /** Pairs: the query's number, or its complement when the features alone say that it matches; the second feature. */
  entries = new Int32Array(4)

  add(query: number, second: number, isMatch: boolean): void {
    if (this.count * 2 === this.entries.length) {
      const larger = new Int32Array(this.entries.length * 2)
      larger.set(this.entries)
      this.entries = larger
    }
    this.entries[this.count * 2] = isMatch ? ~query : query
    this.entries[this.count * 2 + 1] = second
    this.count++
  }

  remove(query: number): void {
    for (let entry = 0; entry < this.count; entry++) {
      const found = this.entries[entry * 2] as number
      if (found !== query && found !== ~query) continue
      const last = --this.count
      this.entries[entry * 2] = this.entries[last * 2] as number
      this.entries[entry * 2 + 1] = this.entries[last * 2 + 1] as number
      return
    }
  }
}
