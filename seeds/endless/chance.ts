/** A seeded source of chance (mulberry32): the same seed tells the same story. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number
  pick<T>(from: readonly T[]): T
}

export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, pick: (from) => from[Math.floor(next() * from.length)] as (typeof from)[number] }
}

/** Draws without return until all were drawn, then anew; what came last comes late again, so a screen shows it once. */
export function bag<T>(from: readonly T[], random: Chance): () => T {
  let left: T[] = []
  let drawn: T[] = []
  const shuffled = (part: T[]): T[] =>
    part
      .map((one) => ({ one, rank: random.next() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ one }) => one)
  return () => {
    if (left.length === 0) {
      const late = drawn.slice(drawn.length / 2)
      left = [...shuffled(late), ...shuffled(from.filter((one) => !late.includes(one)))]
      drawn = []
    }
    const next = left.pop() as T
    drawn.push(next)
    return next
  }
}
