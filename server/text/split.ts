import { classOf, DIGIT, isWordPart, JOINER, LETTER, MARK, PICTOGRAPH, REGIONAL, SOLO } from './characters.ts'
import {
  ASCII_MAX,
  characterLength,
  endOfEmoji,
  endOfFlag,
  endOfHandle,
  endOfMarks,
  endOfTag,
  endOfUrl,
  isAt,
  isHash,
  isWildcard,
  startsUrl,
} from './token-ends.ts'
import {
  EMOJI,
  HANDLE,
  HASH_BEGIN,
  HASH_FACTOR,
  KIND_NAMES,
  TAG,
  type TokenKind,
  TokenPlaces,
  URL_TOKEN,
  WORD,
} from './token-places.ts'

/** A piece of a text. `from` and `to` are UTF-16 offsets in the text as it was given; `text` is what stands there. */
export interface Token {
  readonly kind: TokenKind
  readonly from: number
  readonly to: number
  readonly text: string
}

const BLANK = 0x20
const APOSTROPHE = 0x27
const DOT = 0x2e
const COLON = 0x3a
const GRAVE = 0x60

const places = new TokenPlaces()

/**
 * Splits a text into words, #tags, @handles, web addresses and emoji; everything else only separates. One pass, no
 * backtracking: time grows with the length of the text. Queries are split by the same rules, with `wildcards` letting
 * * and ? stand inside words, so that what a query says is always comparable with what a post says.
 */
export function splitText(text: string, { wildcards = false }: { wildcards?: boolean } = {}): Token[] {
  splitInto(places, text, wildcards)
  return Array.from({ length: places.count }, (_, token) => {
    const [from, to] = [places.from[token] as number, places.to[token] as number]
    return { kind: KIND_NAMES[places.kinds[token] as number] as TokenKind, from, to, text: text.slice(from, to) }
  })
}

/**
 * The same without making a string of any token. What stood in `places` before is gone. Most tokens are letters and digits
 * up to a blank or a stop: those are found here, in one loop; all others by their rules.
 */
export function splitInto(places: TokenPlaces, text: string, wildcards = false): void {
  places.reserve(text)
  const { kinds, from, to, hash: hashes, letters } = places
  const roleOfCode = roles
  const { length } = text
  let at = 0
  while (at < length) {
    let code = text.charCodeAt(at)
    const role = code < ROLES && !wildcards ? roleOfCode[code] : ASK
    if (role === STOP) {
      at++
      continue
    }
    if (role === WORD_PART) {
      let hash = HASH_BEGIN
      let end = at
      do {
        letters[end] = code
        hash = Math.imul(hash ^ code, HASH_FACTOR)
        code = ++end < length ? text.charCodeAt(end) : BLANK
      } while (code < ROLES && roleOfCode[code] === WORD_PART)
      if (code < ROLES && roleOfCode[code] !== ASK && !(isBehindScheme(code) && startsUrl(text, at))) {
        const { count } = places
        kinds[count] = WORD
        from[count] = at
        to[count] = end
        hashes[count] = hash
        places.count = count + 1
        at = end
        continue
      }
    }
    const end = pushTokenAt(text, at, wildcards, places)
    at = end > at ? end : at + characterLength(text, at)
  }
}

/** What a character is to the loop above: part of a word, a separator, or to be looked at by the rules. */
const WORD_PART = 1
const STOP = 2
const ASK = 3
/** Latin, Greek, Cyrillic, Armenian and Hebrew letters lie below. */
const ROLES = 0x600
const roles = Uint8Array.from({ length: ROLES }, (_, code) => roleOf(code))

function roleOf(code: number): number {
  const found = classOf(code)
  if (found === LETTER || found === DIGIT) return WORD_PART
  return code < ASCII_MAX && code !== APOSTROPHE && code !== GRAVE && !isHash(code) && !isAt(code) ? STOP : ASK
}

/** An address begins with letters and one of these: http: or www. */
const isBehindScheme = (code: number): boolean => code === COLON || code === DOT

/** Returns where the token ends, or `at` when none begins there. */
function pushTokenAt(text: string, at: number, wildcards: boolean, places: TokenPlaces): number {
  const codePoint = text.codePointAt(at) as number
  const found = classOf(codePoint)
  if (found === LETTER || found === DIGIT || found === MARK || (wildcards && isWildcard(codePoint))) {
    const url = startsUrl(text, at) ? endOfUrl(text, at) : at
    return url > at ? pushed(places, URL_TOKEN, at, url, text) : pushWord(text, at, wildcards, places)
  }
  if (found === PICTOGRAPH) return pushed(places, EMOJI, at, endOfEmoji(text, at), text)
  if (found === REGIONAL) return pushed(places, EMOJI, at, endOfFlag(text, at), text)
  if (found === SOLO) return pushed(places, WORD, at, endOfMarks(text, at + characterLength(text, at)), text)
  const mark = isHash(codePoint) ? TAG : isAt(codePoint) ? HANDLE : null
  if (mark === null || (at > 0 && isWordPart(text.charCodeAt(at - 1)))) return at
  const end = mark === TAG ? endOfTag(text, at, wildcards) : endOfHandle(text, at, wildcards)
  return pushed(places, mark, at, end, text)
}

function pushed(places: TokenPlaces, kind: number, at: number, to: number, text: string): number {
  if (to > at) places.push(kind, at, to, text)
  return to
}

function pushWord(text: string, at: number, wildcards: boolean, places: TokenPlaces): number {
  const end = endOfWord(text, at, wildcards)
  for (const [from, to] of atApostrophe(text, at, end)) places.push(WORD, from, to, text)
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

const isApostrophe = (codePoint: number): boolean =>
  codePoint === 0x27 || codePoint === 0x2019 || codePoint === 0x2bc || codePoint === 0x60 || codePoint === 0xb4
