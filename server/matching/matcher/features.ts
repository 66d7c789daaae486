/** Roles of a feature, one bit each: a pair begins with it; a pair ends with it; its places in the text are asked for. */
export const BEGINS_PAIR = 1
export const ENDS_BIT = 1
export const ENDS_PAIR = 1 << ENDS_BIT
export const PLACED_BIT = 2
export const IS_PLACED = 1 << PLACED_BIT

type NumberTable = Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

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
  /** By feature: what else is asked about it. */
  roles = new Uint8Array(256)
  readonly #free: number[] = []

  take(): number {
    const feature = this.#free.pop() ?? this.size++
    if (feature >= this.counts.length) this.counts = doubled(this.counts)
    if (feature >= this.roles.length) this.roles = doubled(this.roles)
    this.counts[feature] = 0
    this.roles[feature] = 0
    return feature
  }

  /** Roles stay until the number is given to another feature: one too many costs time, not truth. */
  give(feature: number, role: number): void {
    this.roles[feature] = (this.roles[feature] as number) | role
  }

  giveBack(feature: number): void {
    this.#free.push(feature)
  }

  halve(): void {
    this.posts >>= 1
    for (let feature = 0; feature < this.size; feature++) this.counts[feature] = (this.counts[feature] as number) >> 1
  }
}

export function doubled<Table extends NumberTable>(table: Table): Table {
  const larger = new (table.constructor as new (length: number) => Table)(table.length * 2)
  larger.set(table)
  return larger
}
