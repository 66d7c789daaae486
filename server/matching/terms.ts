import { splitText, stem, type Token, wordKeys } from '../text/index.ts'
import { fault, replacement } from './lexer.ts'
import {
  LEADING_WILDCARD_LETTERS_MIN,
  PHRASE_WORDS_MAX,
  type QueryError,
  type Range,
  type TermNode,
  WILDCARD_CHARACTERS_MAX,
  WILDCARD_LETTERS_MIN,
  type WordTest,
} from './query.ts'

export interface TopicLanguages {
  languages: string[]
  german: boolean
}

type Style = TermNode['style']

const WORD_TESTS_KNOWN_MAX = 50_000
/** Longer ones are made each time, so that nobody fills the memory with them. */
const WORD_KNOWN_CHARACTERS_MAX = 60

/**
 * Reads what was typed as a term by the rules by which posts are split: "E-Mail" is two words next to each other here as
 * there. Word forms are taken for plain terms only.
 */
export function readWords(
  text: string,
  style: Style,
  topic: TopicLanguages,
  range: Range,
): { words: WordTest[]; errors: QueryError[] } {
  const tokens = splitText(text, { wildcards: true })
  const errors = termErrors(tokens, text, style, range)
  const words = tokens.slice(0, PHRASE_WORDS_MAX).map((token) => knownWordTest(token, style, topic))
  return { words, errors }
}

function termErrors(tokens: Token[], text: string, style: Style, range: Range): QueryError[] {
  if (tokens.length === 0) return [fault('term-without-words', range, { text })]
  if (tokens.length > PHRASE_WORDS_MAX) return [fault('phrase-too-long', range, { max: PHRASE_WORDS_MAX })]
  const address = tokens.find((token) => token.kind === 'url')
  if (address) {
    const mend = tokens.length === 1 ? replacement(range, `url:"${address.text.replace(/^https?:\/\//i, '')}"`) : null
    return [fault('address-bare', range, { address: address.text }, mend)]
  }
  return tokens.flatMap((token) => wildcardErrors(token, style, range))
}

function wildcardErrors(token: Token, style: Style, range: Range): QueryError[] {
  if (!hasWildcard(token.text)) return []
  if (style === 'case') {
    return [fault('wildcard-in-braces', range, { word: token.text }, replacement(range, `"${token.text}"`))]
  }
  if (token.text.length > WILDCARD_CHARACTERS_MAX) {
    return [fault('wildcard-too-long', range, { word: token.text, max: WILDCARD_CHARACTERS_MAX })]
  }
  const letters = token.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  const min = /^[#@]?[*?]/.test(token.text) ? LEADING_WILDCARD_LETTERS_MIN : WILDCARD_LETTERS_MIN
  return letters < min ? [fault('wildcard-too-broad', range, { word: token.text, min })] : []
}

const known = new Map<string, WordTest>()

/** The same word of the same languages is one object in all queries: most are said again and again. */
function knownWordTest(token: Token, style: Style, topic: TopicLanguages): WordTest {
  if (token.text.length > WORD_KNOWN_CHARACTERS_MAX) return wordTest(token, style, topic)
  const key = `${style} ${token.kind} ${topic.german} ${topic.languages.join()} ${token.text}`
  const found = known.get(key)
  if (found) return found
  const test = wordTest(token, style, topic)
  if (known.size >= WORD_TESTS_KNOWN_MAX) known.clear()
  known.set(key, test)
  return test
}

function wordTest(token: Token, style: Style, topic: TopicLanguages): WordTest {
  const { keys, german } = tokenKeys(token)
  const pattern = hasWildcard(token.text)
  const germanKeys = german && topic.german && style !== 'case' ? [german] : []
  const hasForms = style === 'plain' && token.kind === 'word' && !pattern
  return {
    text: token.text,
    keys: style === 'case' ? keys.slice(0, 1) : keys,
    germanKeys,
    stems: hasForms ? stemsOf(keys, germanKeys, topic.languages) : [],
    pattern,
    exact: style === 'case' ? spelling(token.text) : null,
  }
}

/** Accents composed, apostrophes straight: what does not count as a difference even in an exact spelling. */
export function spelling(text: string): string {
  return text.normalize('NFC').replace(/[’ʼ`´]/g, "'")
}

function stemsOf(keys: string[], germanKeys: string[], languages: string[]): WordTest['stems'] {
  return languages.flatMap((language) => {
    const readable = language === 'de' ? [...keys, ...germanKeys] : keys
    return [...new Set(readable.map((key) => stem(language, key)))].map((found) => ({ language, stem: found }))
  })
}

/** The keys of a token as a query asks for them. A post's token may have more: see words.ts. */
export function tokenKeys(token: Token): { keys: string[]; german: string | null } {
  if (token.kind === 'emoji') return { keys: [emojiKey(token.text)], german: null }
  if (token.kind === 'handle') return { keys: [handleKey(token.text)], german: null }
  if (token.kind === 'url') return { keys: [], german: null }
  const mark = token.kind === 'tag' ? '#' : ''
  const { keys, german } = wordKeys(mark ? token.text.slice(1) : token.text)
  return { keys: keys.map((key) => mark + key), german: german && mark + german }
}

export function handleKey(handle: string): string {
  return `@${handle.replace(/^[@＠]/, '').toLowerCase()}`
}

/** Presentation and skin tone make no difference. */
function emojiKey(text: string): string {
  return text.replace(/\ufe0f|[\u{1f3fb}-\u{1f3ff}]/gu, '')
}

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}
