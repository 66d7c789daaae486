/**
 * Numbers for what queries ask of posts, with how many posts had each. Numbers are small and used again, because tables are
 * as long as the largest. Counts are halved from time to time, so that what is frequent now weighs more.
 */
export class Features {
  /** One more than the largest number in use so far. */
  size = 0
  /** By feature: posts that had it; and all posts that were read, counted alike. */
  counts = new Int32Array(256)
  posts = 0
  readonly #free: number[] = []

  take(): number {
    const feature = this.#free.pop() ?? this.size++
    if (feature >= this.counts.length) this.counts = doubled(this.counts)
    this.counts[feature] = 0
    return feature
  }

  giveBack(feature: number): void {
    this.#free.push(feature)
  }

  halve(): void {
    this.posts >>= 1
    for (let feature = 0; feature < this.size; feature++) this.counts[feature] = (this.counts[feature] as number) >> 1
  }
}

export function doubled<Table extends Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(table: Table): Table {
  const larger = new (table.constructor as new (length: number) => Table)(table.length * 2)
  larger.set(table)
  return larger
}
