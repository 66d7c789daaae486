import { type Background, THEMES } from './background.ts'
import type { Scorer } from './judgement.ts'

/**
 * What is learned, as bytes for a row of a table: hashes and numbers, not a word. Names are read again from the posts that
 * are still here, so that nothing readable outlives them.
 */

/** Raised when anything changes that makes numbers of before mean something else. Older states are learned anew. */
const STATE_VERSION = 2
const NUMBERS_MAX = 1_000_000

export function packedBackground({ posts, places, postsWith, themes, steps }: Background): Uint8Array {
  return joined([
    Uint32Array.of(STATE_VERSION, posts, places.size),
    steps,
    Uint32Array.from(places.keys()),
    postsWith,
    themes,
  ])
}

/** Null for bytes of another version: learn anew. */
export function unpackedBackground(bytes: Uint8Array): Background | null {
  const reader = new Reader(bytes)
  const [version, posts, size] = reader.words(3) as unknown as [number, number, number]
  if (version !== STATE_VERSION) return null
  const steps = reader.doubles(THEMES)
  const ids = reader.words(size)
  const postsWith = reader.words(size)
  const themes = reader.shorts(size * THEMES)
  reader.end()
  return { posts, places: new Map([...ids].map((id, place) => [id, place])), postsWith, themes, steps }
}

export function packedScorer({ model, line }: Scorer): Uint8Array {
  const { labels, intercept, themes, weights } = model
  return joined([
    Uint32Array.of(STATE_VERSION, labels, weights.size),
    Float64Array.of(line, intercept),
    themes,
    Uint32Array.from(weights.keys()),
    Float64Array.from(weights.values()),
  ])
}

/** With the background that it was learned on. Null for bytes of another version. */
export function unpackedScorer(bytes: Uint8Array, background: Background): Scorer | null {
  const reader = new Reader(bytes)
  const [version, labels, size] = reader.words(3) as unknown as [number, number, number]
  if (version !== STATE_VERSION) return null
  const [line, intercept] = reader.doubles(2) as unknown as [number, number]
  const themes = reader.doubles(THEMES)
  const ids = reader.words(size)
  const values = reader.doubles(size)
  reader.end()
  const weights = new Map([...ids].map((id, at) => [id, values[at] as number]))
  return { model: { background, labels, intercept, weights, themes }, line }
}

const joined = (parts: (Uint32Array | Int16Array | Float64Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)))

/** Arrays of numbers, one after the other, each checked against what there is. */
class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  words = (count: number): Uint32Array => new Uint32Array(this.#take(count, 4))
  doubles = (count: number): Float64Array => new Float64Array(this.#take(count, 8))
  shorts = (count: number): Int16Array => new Int16Array(this.#take(count, 2))

  end(): void {
    if (this.#at !== this.#bytes.byteLength) throw new Error('a learned state with bytes that belong to nothing')
  }

  /** A copy: numbers must begin where their size divides the address. */
  #take(count: number, size: number): ArrayBuffer {
    const end = this.#at + count * size
    if (count > NUMBERS_MAX || end > this.#bytes.byteLength) throw new Error('a learned state that ends too early')
    const part = this.#bytes.slice(this.#at, end)
    this.#at = end
    return part.buffer.slice(part.byteOffset, part.byteOffset + part.byteLength) as ArrayBuffer
  }
}
