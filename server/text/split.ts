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
const SURROGATES = 0xd800
const ASCII_MAX = 0x80
const BLANK = 0x20
const APOSTROPHE = 0x27
const GRAVE = 0x60

/** Kinds as numbers, for readers that look at each token of millions of posts. */
export const WORD = 0
export const TAG = 1
export const HANDLE = 2
export const URL_TOKEN = 3
export const EMOJI = 4
const KIND_NAMES: readonly TokenKind[] = ['word', 'tag', 'handle', 'url', 'emoji']

/** Where the tokens of a text stand, without their letters: filled by splitInto, and reused from text to text. */
export class TokenPlaces {
  count = 0
  kinds = new Uint8Array(256)
  from = new Int32Array(256)
  to = new Int32Array(256)

  push(kind: number, from: number, to: number): void {
    if (this.count === this.kinds.length) this.#grow()
    this.kinds[this.count] = kind
    this.from[this.count] = from
    this.to[this.count++] = to
  }

  #grow(): void {
    const size = this.count * 2
    const [kinds, from, to] = [new Uint8Array(size), new Int32Array(size), new Int32Array(size)]
    kinds.set(this.kinds)
    from.set(this.from)
    to.set(this.to)
    this.kinds = kinds
    this.from = from
    this.to = to
  }
}

/**
 * Splits a text into words, #tags, @handles, web addresses and emoji; everything else only separates. One pass, no
 * backtracking: time grows with the length of the text. Queries are split by the same rules, with `wildcards` letting
 * * and ? stand inside words, so that what a query says is always comparable with what a post says.
 */
export function splitText(text: string, { wildcards = false }: { wildcards?: boolean } = {}): Token[] {
  const places = new TokenPlaces()
  splitInto(places, text, wildcards)
  return Array.from({ length: places.count }, (_, token) => {
    const [from, to] = [places.from[token] as number, places.to[token] as number]
    return { kind: KIND_NAMES[places.kinds[token] as number] as TokenKind, from, to, text: text.slice(from, to) }
  })
}

/** The same without making a string of any token. What stood in `places` before is gone. */
export function splitInto(places: TokenPlaces, text: string, wildcards = false): void {
  places.count = 0
  let at = 0
  while (at < text.length) {
    if (text.charCodeAt(at) === BLANK) {
      at++
      continue
    }
    const end = pushTokenAt(text, at, wildcards, places)
    at = end > at ? end : at + characterLength(text, at)
  }
}

/** Returns where the token ends, or `at` when none begins there. */
function pushTokenAt(text: string, at: number, wildcards: boolean, places: TokenPlaces): number {
  const codePoint = text.codePointAt(at) as number
  const found = classOf(codePoint)
  if (found === LETTER || found === DIGIT || found === MARK || (wildcards && isWildcard(codePoint))) {
    const url = startsUrl(text, at) ? endOfUrl(text, at) : at
    return url > at ? pushed(places, URL_TOKEN, at, url) : pushWord(text, at, wildcards, places)
  }
  if (found === PICTOGRAPH) return pushed(places, EMOJI, at, endOfEmoji(text, at))
  if (found === REGIONAL) return pushed(places, EMOJI, at, endOfFlag(text, at))
  if (found === SOLO) return pushed(places, WORD, at, endOfMarks(text, at + characterLength(text, at)))
  const mark = isHash(codePoint) ? TAG : isAt(codePoint) ? HANDLE : null
  if (mark === null || (at > 0 && isWordPart(text.charCodeAt(at - 1)))) return at
  return pushed(places, mark, at, mark === TAG ? endOfTag(text, at, wildcards) : endOfHandle(text, at, wildcards))
}

function pushed(places: TokenPlaces, kind: number, at: number, to: number): number {
  if (to > at) places.push(kind, at, to)
  return to
}

function pushWord(text: string, at: number, wildcards: boolean, places: TokenPlaces): number {
  const plainEnd = endOfPlainWord(text, at)
  if (plainEnd > at && !wildcards) return pushed(places, WORD, at, plainEnd)
  const end = endOfWord(text, at, wildcards)
  for (const [from, to] of atApostrophe(text, at, end)) places.push(WORD, from, to)
  return end
}

/** Most words are letters up to a blank or a stop: where such a one ends, else `at`. */
function endOfPlainWord(text: string, at: number): number {
  let end = at
  let code = text.charCodeAt(end)
  while (code < SURROGATES && isLetterOrDigit(code)) code = text.charCodeAt(++end)
  return end === text.length || (code < ASCII_MAX && code !== APOSTROPHE && code !== GRAVE) ? end : at
}

function isLetterOrDigit(code: number): boolean {
  const found = classOf(code)
  return found === LETTER || found === DIGIT
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
  // "ht" or "ww": most words end the question here.
  if ((text.charCodeAt(at + 1) | 0x20) !== (first === 0x68 ? 0x74 : 0x77)) return false
  return /^(https?:\/\/|www\.)[^\s/]/i.test(text.slice(at, at + 10))
}

function endOfUrl(text: string, at: number): number {
  const limit = Math.min(text.length, at + URL_CHARACTERS_MAX)
  let end = at
  while (end < limit && !endsUrl(text.charCodeAt(end))) end++
  while (end > at && endsSentence(text, at, end)) end--
  return end
}

const ENDS_URL = new Uint8Array(ASCII_MAX)
for (let code = 0; code < ASCII_MAX; code++) if (/[\s<>"{}|\\^`]/.test(String.fromCharCode(code))) ENDS_URL[code] = 1

function endsUrl(code: number): boolean {
  return code < ASCII_MAX ? ENDS_URL[code] === 1 : /[\s“”„«»]/.test(String.fromCharCode(code))
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
