import { classOf, DIGIT, isWordPart, JOINER, LETTER, MARK, PICTOGRAPH, REGIONAL, SOLO } from './characters.ts'

export type TokenKind = 'word' | 'tag' | 'handle' | 'url' | 'emoji'

/** A piece of a text. `from` and `to` are UTF-16 offsets in the text as it was given; `text` is what stands there. */
export interface Token {
  readonly kind: TokenKind
  readonly from: number
  readonly to: number
  readonly text: string
}

/** A longer address is cut; what follows is read as words. */
const URL_CHARACTERS_MAX = 2_000

const UNDERSCORE = 0x5f
const ZERO_WIDTH_JOINER = 0x200d
const VARIATION_SELECTOR = 0xfe0f

/**
 * Splits a text into words, #tags, @handles, web addresses and emoji; everything else only separates. One pass, no
 * backtracking: time grows with the length of the text. Queries are split by the same rules, with `wildcards` letting
 * * and ? stand inside words, so that what a query says is always comparable with what a post says.
 */
export function splitText(text: string, { wildcards = false }: { wildcards?: boolean } = {}): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const end = pushTokenAt(text, at, wildcards, tokens)
    at = end > at ? end : at + characterLength(text, at)
  }
  return tokens
}

/** Returns where the token ends, or `at` when none begins there. */
function pushTokenAt(text: string, at: number, wildcards: boolean, tokens: Token[]): number {
  const codePoint = text.codePointAt(at) as number
  const found = classOf(codePoint)
  const push = (kind: TokenKind, to: number): number => {
    if (to > at) tokens.push({ kind, from: at, to, text: text.slice(at, to) })
    return to
  }
  if (found === PICTOGRAPH) return push('emoji', endOfEmoji(text, at))
  if (found === REGIONAL) return push('emoji', endOfFlag(text, at))
  if (found === SOLO) return push('word', endOfMarks(text, at + characterLength(text, at)))
  if (isWordPart(codePoint) || (wildcards && isWildcard(codePoint))) {
    const url = startsUrl(text, at) ? endOfUrl(text, at) : at
    return url > at ? push('url', url) : pushWord(text, at, wildcards, tokens)
  }
  if (at > 0 && isWordPart(text.charCodeAt(at - 1))) return at
  if (isHash(codePoint)) return push('tag', endOfTag(text, at, wildcards))
  if (isAt(codePoint)) return push('handle', endOfHandle(text, at, wildcards))
  return at
}

function pushWord(text: string, at: number, wildcards: boolean, tokens: Token[]): number {
  const end = endOfWord(text, at, wildcards)
  for (const [from, to] of atApostrophe(text, at, end)) {
    tokens.push({ kind: 'word', from, to, text: text.slice(from, to) })
  }
  return end
}

function endOfWord(text: string, at: number, wildcards: boolean): number {
  let end = at
  while (end < text.length) {
    const codePoint = text.codePointAt(end) as number
    const found = classOf(codePoint)
    const next = end + (codePoint > 0xffff ? 2 : 1)
    if (found === LETTER || found === DIGIT || found === MARK || (wildcards && isWildcard(codePoint))) end = next
    else if ((found === JOINER || isApostrophe(codePoint)) && end > at && continues(text, next, wildcards)) end = next
    else break
  }
  return end
}

function continues(text: string, at: number, wildcards: boolean): boolean {
  const codePoint = text.codePointAt(at)
  if (codePoint === undefined) return false
  const found = classOf(codePoint)
  return found === LETTER || found === DIGIT || (wildcards && isWildcard(codePoint))
}

/** "l'eau", "dell'acqua": the article is a word of its own. */
const ELIDED = new Set('c d j l m n s t qu un all dall dell nell sull quell quest'.split(' '))
/** "she'll", "we're": the verb is a word of its own, so that "she'll" does not become "shell". */
const CONTRACTED = new Set(['ll', 're', 've', 'm', 'd'])

function atApostrophe(text: string, from: number, to: number): [number, number][] {
  const length = text.slice(from, to).search(/['’ʼ`´]/)
  if (length < 0) return [[from, to]]
  const apostrophe = from + length
  const before = text.slice(from, apostrophe).toLowerCase()
  const after = text.slice(apostrophe + 1, to).toLowerCase()
  const twoWords = CONTRACTED.has(after) || (ELIDED.has(before) && after.length > 1)
  return twoWords
    ? [
        [from, apostrophe],
        [apostrophe + 1, to],
      ]
    : [[from, to]]
}

function endOfTag(text: string, at: number, wildcards: boolean): number {
  let end = at + 1
  let letters = 0
  while (end < text.length) {
    const codePoint = text.codePointAt(end) as number
    const found = classOf(codePoint)
    if (found === LETTER || found === SOLO) letters++
    else if (wildcards && isWildcard(codePoint)) letters++
    else if (found !== DIGIT && found !== MARK && codePoint !== UNDERSCORE) break
    end += codePoint > 0xffff ? 2 : 1
  }
  return letters > 0 ? end : at
}

/** @name, @name.example.org (AT Protocol), @name@example.org (fediverse); a final dot or hyphen ends the sentence, not the name. */
function endOfHandle(text: string, at: number, wildcards: boolean): number {
  const name = endOfName(text, at + 1, wildcards)
  if (name === at + 1) return at
  if (!isAt(text.charCodeAt(name))) return name
  const host = endOfName(text, name + 1, wildcards)
  return host > name + 1 ? host : name
}

function endOfName(text: string, at: number, wildcards: boolean): number {
  let end = at
  while (end < text.length) {
    const codePoint = text.codePointAt(end) as number
    const length = codePoint > 0xffff ? 2 : 1
    if (isNamePart(codePoint, wildcards)) end += length
    else if (isDotOrHyphen(codePoint) && end > at && isNamePart(text.codePointAt(end + 1) ?? 0, wildcards)) end += 1
    else break
  }
  return end
}

function isNamePart(codePoint: number, wildcards: boolean): boolean {
  const found = classOf(codePoint)
  return found === LETTER || found === DIGIT || codePoint === UNDERSCORE || (wildcards && isWildcard(codePoint))
}

function startsUrl(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 0x20
  if (first !== 0x68 && first !== 0x77) return false
  return /^(https?:\/\/|www\.)[^\s/]/i.test(text.slice(at, at + 10))
}

function endOfUrl(text: string, at: number): number {
  const limit = Math.min(text.length, at + URL_CHARACTERS_MAX)
  let end = at
  while (end < limit && !/[\s<>"“”„«»{}|\\^`]/.test(text[end] as string)) end++
  while (end > at && endsSentence(text, at, end)) end--
  return end
}

/** A closing bracket belongs to the address only when its opening one does. */
function endsSentence(text: string, from: number, to: number): boolean {
  const last = text[to - 1] as string
  if (last === ')') return !text.slice(from, to).includes('(')
  return /[.,;:!?…'’\]]/.test(last)
}

function endOfEmoji(text: string, at: number): number {
  let end = endOfEmojiPart(text, at)
  while (text.charCodeAt(end) === ZERO_WIDTH_JOINER && classOf(text.codePointAt(end + 1) ?? 0) === PICTOGRAPH) {
    end = endOfEmojiPart(text, end + 1)
  }
  return end
}

/** One picture with its presentation and skin tone. */
function endOfEmojiPart(text: string, at: number): number {
  let end = at + characterLength(text, at)
  if (text.charCodeAt(end) === VARIATION_SELECTOR) end++
  if (isSkinTone(text.codePointAt(end) ?? 0)) end += 2
  return end
}

function endOfFlag(text: string, at: number): number {
  const second = text.codePointAt(at + 2)
  return second !== undefined && classOf(second) === REGIONAL ? at + 4 : at + 2
}

function endOfMarks(text: string, at: number): number {
  let end = at
  while (end < text.length && classOf(text.codePointAt(end) as number) === MARK) end += characterLength(text, end)
  return end
}

function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1
}

const isWildcard = (codePoint: number): boolean => codePoint === 0x2a || codePoint === 0x3f
const isHash = (codePoint: number): boolean => codePoint === 0x23 || codePoint === 0xff03
const isAt = (codePoint: number): boolean => codePoint === 0x40 || codePoint === 0xff20
const isDotOrHyphen = (codePoint: number): boolean => codePoint === 0x2e || codePoint === 0x2d
const isSkinTone = (codePoint: number): boolean => codePoint >= 0x1f3fb && codePoint <= 0x1f3ff
const isApostrophe = (codePoint: number): boolean =>
  codePoint === 0x27 || codePoint === 0x2019 || codePoint === 0x2bc || codePoint === 0x60 || codePoint === 0xb4
