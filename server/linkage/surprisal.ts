import type { HandleModel } from './model.ts'

/** Trigrams seen once in a large collection tell nothing and would fill the model. */
const TRIGRAMS_KEPT_MAX = 30_000
const HANDLES_MIN = 50
/** Letters, digits and what stands between them. */
const ALPHABET = 40
/** Bits of a character before anything is known: between letters as they follow in names, and noise. */
const BITS_UNKNOWN = 3.2
const BITS_MAX = 40

/**
 * A character model of the workspace's own handles: how surprising a handle is, in bits (Perito et al. 2011, "How unique and
 * traceable are usernames?"). The same surprising handle on two networks is rarely chance; "anna" is nobody's. Null below
 * HANDLES_MIN handles.
 */
export function learnHandles(handles: Iterable<string>): HandleModel | null {
  const trigrams = new Map<string, number>()
  const bigrams = new Map<string, number>()
  let total = 0
  for (const handle of new Set(handles)) {
    total++
    const text = `^^${handle}$`
    for (let at = 2; at < text.length; at++) {
      add(trigrams, text.slice(at - 2, at + 1))
      add(bigrams, text.slice(at - 2, at))
    }
  }
  if (total < HANDLES_MIN) return null
  const kept = [...trigrams].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, TRIGRAMS_KEPT_MAX)
  const contexts = new Set(kept.map(([trigram]) => trigram.slice(0, 2)))
  return { trigrams: new Map(kept), bigrams: new Map([...bigrams].filter(([bigram]) => contexts.has(bigram))) }
}

const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** −log2 of the probability that somebody else makes up the same handle, bounded. */
export function surprisalOf(handle: string, model: HandleModel | null): number {
  if (!model) return Math.min(BITS_MAX, handle.length * BITS_UNKNOWN)
  const text = `^^${handle}$`
  let bits = 0
  for (let at = 2; at < text.length; at++) {
    const context = model.bigrams.get(text.slice(at - 2, at)) ?? 0
    const seen = model.trigrams.get(text.slice(at - 2, at + 1)) ?? 0
    bits -= Math.log2((seen + 0.5) / (context + 0.5 * ALPHABET))
  }
  return Math.min(BITS_MAX, bits)
}
