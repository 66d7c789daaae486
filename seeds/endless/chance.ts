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

/** Draws without return until all were drawn, then shuffles anew: nothing comes twice on one screen. */
export function bag<T>(from: readonly T[], random: Chance): () => T {
  let left: T[] = []
  return () => {
    if (left.length === 0) left = [...from].sort(() => random.next() - 0.5)
    return left.pop() as T
  }
}
