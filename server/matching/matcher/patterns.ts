/**
 * Finds the patterns that may fit a word without trying each: those that are a beginning and a * by that beginning, others
 * by three letters that stand in them side by side. Sound, not complete: whatever is found has to be tried.
 */
export class Patterns<Asked> {
  readonly #byHead = new Map<string, Set<Asked>>()
  readonly #headLengths = new Map<number, number>()
  readonly #byTrigram = new Map<string, Set<Asked>>()
  readonly #others = new Map<Asked, number>()

  add(pattern: string, asked: Asked): void {
    const { table, key } = this.#placeOf(pattern)
    if (!table) this.#others.set(asked, (this.#others.get(asked) ?? 0) + 1)
    else if (!table.has(key)) {
      table.set(key, new Set([asked]))
      if (table === this.#byHead) this.#headLengths.set(key.length, (this.#headLengths.get(key.length) ?? 0) + 1)
    } else table.get(key)?.add(asked)
  }

  /** Takes away what add() put there; a test that asks by two patterns with one place is added and removed as one. */
  remove(pattern: string, asked: Asked): void {
    const { table, key } = this.#placeOf(pattern)
    if (!table) {
      const left = (this.#others.get(asked) ?? 1) - 1
      if (left > 0) this.#others.set(asked, left)
      else this.#others.delete(asked)
      return
    }
    const there = table.get(key)
    if (!there?.delete(asked) || there.size > 0) return
    table.delete(key)
    if (table !== this.#byHead) return
    const left = (this.#headLengths.get(key.length) ?? 1) - 1
    if (left > 0) this.#headLengths.set(key.length, left)
    else this.#headLengths.delete(key.length)
  }

  /** Adds to `found` what may fit. */
  find(word: string, found: Set<Asked>): void {
    for (const length of this.#headLengths.keys())
      if (length <= word.length) addAll(this.#byHead.get(word.slice(0, length)), found)
    if (this.#byTrigram.size > 0)
      for (let at = 0; at + 3 <= word.length; at++) addAll(this.#byTrigram.get(word.slice(at, at + 3)), found)
    for (const asked of this.#others.keys()) found.add(asked)
  }

  #placeOf(pattern: string): { table: Map<string, Set<Asked>> | null; key: string } {
    const head = headOf(pattern)
    if (head.length > 0 && head.length === pattern.length - 1 && pattern.endsWith('*'))
      return { table: this.#byHead, key: head }
    const longest = pattern.split(/[*?]/).reduce((one, other) => (other.length > one.length ? other : one))
    return longest.length >= 3 ? { table: this.#byTrigram, key: longest.slice(0, 3) } : { table: null, key: '' }
  }
}

/** The letters before the first wildcard. */
export function headOf(pattern: string): string {
  const wildcard = pattern.search(/[*?]/)
  return wildcard < 0 ? pattern : pattern.slice(0, wildcard)
}

function addAll<Asked>(some: ReadonlySet<Asked> | undefined, found: Set<Asked>): void {
  if (some) for (const asked of some) found.add(asked)
}
