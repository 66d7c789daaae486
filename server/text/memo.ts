/**
 * Remembers what a pure function answered for a word. Emptied when full, which costs less than an order of last use and
 * is as good here: the frequent words are back within a batch, and made-up words from outside cannot fill the memory.
 */
export function remembered<Value>(entriesMax: number, compute: (word: string) => Value): (word: string) => Value {
  const known = new Map<string, Value>()
  return (word) => {
    const found = known.get(word)
    if (found !== undefined) return found
    const value = compute(word)
    if (known.size >= entriesMax) known.clear()
    known.set(word, value)
    return value
  }
}
