import { splitText, stem, type Token, wordKeys } from '../text/index.ts'
import { tokenKeys } from './terms.ts'

export type Part = 'title' | 'text'

/** A token in its place. Positions count words and leap between title and text, so that no phrase reaches across. */
export interface PlacedToken extends Token {
  part: Part
  position: number
  keys: readonly string[]
  german: string | null
}

/**
 * The words of a text, split once, with small tables from key and stem to the tokens that have it: what every query
 * looks up. Keys of tags begin with #, of handles with @; a tag is also the word after its #.
 */
export interface Words {
  tokens: readonly PlacedToken[]
  byKey: ReadonlyMap<string, readonly number[]>
  /** Empty unless German is read in this text. */
  byGermanKey: ReadonlyMap<string, readonly number[]>
  byStem(language: string): ReadonlyMap<string, readonly number[]>
}

/** Further than any NEAR reaches, nested ones included. */
export const PART_GAP = 10_000

export function readWordsOf(parts: readonly (readonly [Part, string])[], german: boolean): Words {
  const tokens: PlacedToken[] = []
  let position = 0
  for (const [part, text] of parts) {
    for (const token of splitText(text))
      tokens.push({ ...token, part, position: position++, ...postKeys(token, german) })
    position += PART_GAP
  }
  const byKey = tableOf(tokens, (token) => token.keys)
  const byGermanKey = german ? tableOf(tokens, (token) => germanKeysOf(token)) : new Map<string, number[]>()
  return { tokens, byKey, byGermanKey, byStem: stemTables(tokens) }
}

export type TokenKeys = Pick<PlacedToken, 'kind' | 'keys' | 'german'>

/** More keys than a query's word has: a tag is met by its word, a handle by its name without host, Wendy's by Wendy. */
export function postKeys(token: Token, german: boolean): { keys: readonly string[]; german: string | null } {
  const found = tokenKeys(token)
  const keys = [...found.keys, ...widerKeys(token)]
  return { keys: [...new Set(keys)], german: german ? found.german : null }
}

function widerKeys(token: Token): readonly string[] {
  if (token.kind === 'tag') return wordKeys(token.text.slice(1)).keys
  if (token.kind === 'handle') return handleKeys(token.text).slice(1)
  const possessive = token.kind === 'word' && token.text.length > 2 && /['’ʼ`´]s$/i.test(token.text)
  return possessive ? wordKeys(token.text.slice(0, -2)).keys : []
}

/** @lena.example.social → the whole, and @lena; the hosts of AT Protocol and the fediverse begin at a dot or second @. */
export function handleKeys(handle: string): string[] {
  const whole = `@${handle.replace(/^[@＠]/, '').toLowerCase()}`
  const name = whole.slice(0, whole.slice(1).search(/[.@＠]/) + 1)
  return name.length > 1 ? [whole, name] : [whole]
}

export function germanKeysOf(token: TokenKeys): string[] {
  if (token.german === null) return []
  return token.kind === 'tag' ? [token.german, token.german.slice(1)] : [token.german]
}

function stemTables(tokens: readonly PlacedToken[]): Words['byStem'] {
  const tables = new Map<string, Map<string, number[]>>()
  return (language) => {
    let table = tables.get(language)
    if (!table) {
      table = tableOf(tokens, (token) => stemsOf(token, language))
      tables.set(language, table)
    }
    return table
  }
}

export function stemsOf(token: TokenKeys, language: string): string[] {
  if (token.kind !== 'word' && token.kind !== 'tag') return []
  const keys = language === 'de' ? [...token.keys, ...germanKeysOf(token)] : token.keys
  return keys.filter((key) => !isMarked(key)).map((key) => stem(language, key))
}

/** Of a tag or a handle. */
export function isMarked(key: string): boolean {
  return key.startsWith('#') || key.startsWith('@')
}

function tableOf(
  tokens: readonly PlacedToken[],
  termsOf: (token: PlacedToken) => readonly string[],
): Map<string, number[]> {
  const table = new Map<string, number[]>()
  tokens.forEach((token, index) => {
    for (const term of termsOf(token)) {
      const places = table.get(term)
      if (!places) table.set(term, [index])
      else if (places.at(-1) !== index) places.push(index)
    }
  })
  return table
}
