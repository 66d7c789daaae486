import { lettersOf } from './distance.ts'
import type { Frequencies } from './model.ts'
import type { Field } from './schema.ts'

/**
 * What one comparison reads of one record, made once. Each topic says what its `text` (equal means the same value) and its
 * `words` are; `form` is a further spelling or piece. One shape for all topics keeps comparisons fast.
 */
export interface Value {
  readonly text: string
  readonly words: readonly string[]
  readonly form: string
  /** Which letters the form has (the text, where there is none): two values far apart in them need no closer look. */
  readonly letters: number
  /** As it was given, for a sentence. */
  readonly raw: string
}

export interface Reader {
  /** Null where the fields say nothing that this topic understands. */
  read(raws: readonly string[], fields: readonly Field[]): Value | null
  /** Level number of the topic; 0 where the two say nothing about each other. Symmetric. */
  level(a: Value, b: Value, words: Frequencies): number
}

export const value = (raw: string, text: string, words: readonly string[] = [], form = ''): Value => ({
  text,
  words,
  form,
  letters: lettersOf(form || text),
  raw,
})

/** Several values of one field. */
export const listed = (raw: string): string[] => raw.split(/[\s,;]+/).filter((part) => part !== '')

export const DIGEST_LENGTH_MIN = 32

/** A digest given instead of the value itself: it is equal or not, and never nearly so. */
export const isDigest = (text: string): boolean =>
  text.length >= DIGEST_LENGTH_MIN && /^(?:sha\d+:|hmac:)?[0-9a-f]{32,128}$/.test(text)

export function common(a: readonly string[], b: readonly string[]): string | null {
  for (const item of a) if (b.includes(item)) return item
  return null
}
