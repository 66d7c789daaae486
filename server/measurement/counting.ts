export function tally<Item>(items: Iterable<Item>, keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) {
    const key = keyOf(item)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

export const top = (counts: Map<string, number>, most: number): { name: string; posts: number }[] =>
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
