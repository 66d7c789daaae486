import { classOf, DIGIT, LETTER, MARK, PICTOGRAPH, REGIONAL, SOLO } from './characters.ts'

/** A longer address is cut; what follows is read as words. */
const URL_CHARACTERS_MAX = 2_000
const UNDERSCORE = 0x5f
const ZERO_WIDTH_JOINER = 0x200d
const VARIATION_SELECTOR = 0xfe0f
export const ASCII_MAX = 0x80

// Where tokens that are not plain words end: the place behind the last character, or `at` when none begins there.

export function endOfTag(text: string, at: number, wildcards: boolean): number {
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
export function endOfHandle(text: string, at: number, wildcards: boolean): number {
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

export function startsUrl(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 0x20
  if (first !== 0x68 && first !== 0x77) return false
  // "ht" or "ww": most words end the question here.
  if ((text.charCodeAt(at + 1) | 0x20) !== (first === 0x68 ? 0x74 : 0x77)) return false
  return /^(https?:\/\/|www\.)[^\s/]/i.test(text.slice(at, at + 10))
}

export function endOfUrl(text: string, at: number): number {
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

export function endOfEmoji(text: string, at: number): number {
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

export function endOfFlag(text: string, at: number): number {
  const second = text.codePointAt(at + 2)
  return second !== undefined && classOf(second) === REGIONAL ? at + 4 : at + 2
}

export function endOfMarks(text: string, at: number): number {
  let end = at
  while (end < text.length && classOf(text.codePointAt(end) as number) === MARK) end += characterLength(text, end)
  return end
}

export function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) as number) > 0xffff ? 2 : 1
}

export const isWildcard = (codePoint: number): boolean => codePoint === 0x2a || codePoint === 0x3f
export const isHash = (codePoint: number): boolean => codePoint === 0x23 || codePoint === 0xff03
export const isAt = (codePoint: number): boolean => codePoint === 0x40 || codePoint === 0xff20
const isDotOrHyphen = (codePoint: number): boolean => codePoint === 0x2e || codePoint === 0x2d
const isSkinTone = (codePoint: number): boolean => codePoint >= 0x1f3fb && codePoint <= 0x1f3ff
