export function tally<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

export const top = (counts: Iterable<[string, number]>, most: number): { name: string; posts: number }[] =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([name, posts]) => ({ name, posts }))

/** A copy of its own: a piece cut from a text would keep the whole text in memory as long as it is held. */
export const detached = (piece: string): string => Buffer.from(piece, 'utf16le').toString('utf16le')

/** Counts, and holds no more keys than this; what comes later is not counted. */
export function bump(counts: Map<string, number>, key: string, keysMax: number): void {
  const before = counts.get(key)
  if (before !== undefined) counts.set(key, before + 1)
  else if (counts.size < keysMax) counts.set(detached(key), 1)
}

const KEPT_SHARE = 0.75

/**
 * Counts in bounded memory after Manku and Motwani (2002), "Approximate frequency counts over data streams" (lossy
 * counting): when the table is full, the rarest keys are forgotten, and one that comes back begins with what it may have
 * had. So no count is lower than the truth, and none is higher by more than `tooHighMax`.
 */
export class LossyCounts {
  tooHighMax = 0
  readonly #counts = new Map<string, number>()
  readonly #keysMax: number

  constructor(keysMax: number) {
    this.#keysMax = keysMax
  }

  add(key: string): void {
    const before = this.#counts.get(key)
    if (before === undefined && this.#counts.size >= this.#keysMax) this.#forget()
    this.#counts.set(before === undefined ? detached(key) : key, (before ?? this.tooHighMax) + 1)
  }

  get(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  entries(): Iterable<[key: string, count: number]> {
    return this.#counts
  }

  /** Makes room for a quarter at once: going through the table for each new key would take for ever. */
  #forget(): void {
    while (this.#counts.size > this.#keysMax * KEPT_SHARE) {
      this.tooHighMax++
      for (const [key, count] of this.#counts) if (count <= this.tooHighMax) this.#counts.delete(key)
    }
  }
}
