import { splitText, type Token, wordKeys } from '../text/index.ts'
import { parse } from './parser.ts'

const NAME_CHARACTERS_MAX = 100
const NAME_WORDS_MAX = 6
/** Shorter names are everyday letters in other words' clothes: "bt", "db", "on". They are proposed with their capitals. */
const LETTERS_FOR_ANY_CASE = 4
/** Handles that only begin like a shorter name belong to others. */
const LETTERS_FOR_HANDLE_PREFIX = 6

/**
 * A first query for a brand: its name as it is spelt, its tag, and the accounts that begin with it (support desks,
 * imitators). Null for a name without a word. A beginning to be tuned, never the last word.
 */
export function proposeTopic(brandName: string, languages: readonly string[]): string | null {
  const terms = termsOfName(brandName)
  const proposed = terms && [terms.name, ...terms.hashtags, ...terms.handles].join(' OR ')
  return proposed && parse(proposed, { languages }).ok ? proposed : null
}

/** What stands for a name in posts; null for one without a word. */
export function termsOfName(typed: string): { name: string; hashtags: string[]; handles: string[] } | null {
  const text = typed.slice(0, NAME_CHARACTERS_MAX).replace(/["“”„‟«»{}()*?#@]/g, ' ')
  const tokens = splitText(text).filter((token) => token.kind === 'word')
  const words = tokens.slice(0, NAME_WORDS_MAX)
  const [first, last] = [words[0], words.at(-1)]
  if (!first || !last) return null
  const name = nameTerm(text.slice(first.from, last.to), words.length)
  return { name, hashtags: tagTerm(words), handles: handleTerms(words) }
}

/** A single word is proposed with its word forms (Nordlichts), unless it is written like an abbreviation. */
function nameTerm(name: string, wordCount: number): string {
  const hasCase = name.toUpperCase() !== name.toLowerCase()
  if (hasCase && lettersIn(name) < LETTERS_FOR_ANY_CASE) return `{${name}}`
  const isPlainWord = wordCount === 1 && /^[\p{L}\p{N}]+$/u.test(name) && name !== name.toUpperCase()
  return isPlainWord ? name : `"${name}"`
}

function lettersIn(name: string): number {
  return name.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}

/** A name of one word meets its tag already. */
function tagTerm(words: Token[]): string[] {
  const joined = words.map((word) => word.text.replace(/[^\p{L}\p{M}\p{N}]/gu, '')).join('')
  return words.length > 1 && /\p{L}/u.test(joined) ? [`#${joined.toLowerCase()}`] : []
}

/** Handles are written in plain letters, in German with ae oe ue. */
function handleTerms(words: Token[]): string[] {
  const plain = words.map((word) => wordKeys(word.text).keys[0] ?? '').join('')
  const spelled = words.map((word) => wordKeys(word.text).keys.at(-1) ?? '').join('')
  const ending = plain.length >= LETTERS_FOR_HANDLE_PREFIX ? '*' : ''
  const handles = [...new Set([plain, spelled])].filter((handle) => /^[\p{L}\p{N}]{2,35}$/u.test(handle))
  return handles.map((handle) => `@${handle}${ending}`)
}
