import { stem } from '../text/index.ts'
import type { PreparedPost } from './prepare.ts'
import { isMarked } from './words.ts'

/** Languages whose stems every workspace's index holds. A query in others reads posts by its other words, or scans. */
export const INDEX_LANGUAGES: readonly string[] = ['de', 'en', 'nl']
/** A text of 20,000 characters with nothing but different words stays below; what lies above is made to be large. */
export const TERMS_PER_POST_MAX = 4_000
/** Kept for a post with more terms than that. Every search asks for it too, so that none of them is missed. */
export const OVERFLOW_TERM = '*'

/**
 * The distinct terms under which a stored post is found again: keys, stems, accounts mentioned. `languages` has to be
 * the same here and in requiredTerms(); an index written with fewer must be written anew.
 */
export function indexTerms(prepared: PreparedPost, languages: readonly string[] = INDEX_LANGUAGES): string[] {
  const { words, mentioned } = prepared
  const keys = [...words.byKey.keys(), ...words.byGermanKey.keys()]
  const stems = keys.filter((key) => !isMarked(key)).flatMap((key) => languages.map((language) => stem(language, key)))
  const terms = [...new Set([...keys, ...mentioned, ...stems])]
  return terms.length > TERMS_PER_POST_MAX ? [...terms.slice(0, TERMS_PER_POST_MAX - 1), OVERFLOW_TERM] : terms
}
