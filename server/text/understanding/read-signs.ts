import { EMOJI, HANDLE, type TokenPlaces, URL_TOKEN } from '../token-places.ts'
import { emojiShows, faceLength, faceShows, HAPPY, NO_FACE, SAD } from './faces.ts'
import { step } from './folded-letters.ts'
import { addMark, addWord, FEATURES_MAX, type PostFeatures } from './post-features.ts'

/** ":-)", "<3", "?!" and their like: short pieces between blanks with a sign in them. */
const SIGN_CODES_MAX = 6
const SIGN_SEED = 0x1f83d9ab
const BLANK = 0x20

/** Pieces between blanks that are short and hold a sign: faces, hearts, rows of marks. */
export function readSigns(into: PostFeatures, text: string): void {
  let exclamations = 0
  let questions = 0
  let from = 0
  const length = Math.min(text.length, FEATURES_MAX)
  for (let at = 0; at <= length; at++) {
    const code = at < length ? text.charCodeAt(at) : BLANK
    if (code === 0x21) exclamations++
    else if (code === 0x3f) questions++
    if (code > BLANK) continue
    if (at > from && at - from <= SIGN_CODES_MAX && !isName(text.charCodeAt(from))) addSign(into, text, from, at)
    from = at + 1
  }
  addMark(into, 8, Math.min(3, exclamations))
  addMark(into, 9, Math.min(3, questions))
}

/** "@mira", "#bahn": tokens, not faces. */
const isName = (code: number): boolean => code === 0x40 || code === 0x23

function addSign(into: PostFeatures, text: string, from: number, to: number): void {
  let hash = SIGN_SEED as number
  let signs = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80 && !isLetterOrDigit(code)) signs++
    hash = step(hash, code)
  }
  if (signs > 0) addWord(into, hash)
}

const isLetterOrDigit = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a)

/** How many faces and emoji look happy, how many sad, and which came last; those inside handles and addresses are none. */
export function readFaces(into: PostFeatures, text: string, places: TokenPlaces): void {
  let [happy, sad, last] = [0, 0, NO_FACE]
  let at = 0
  const length = Math.min(text.length, FEATURES_MAX)
  for (let token = 0; token <= places.count; token++) {
    const isLast = token === places.count
    const kind = isLast ? 0 : places.kinds[token]
    const skips = kind === URL_TOKEN || kind === HANDLE || kind === EMOJI
    if (!isLast && !skips) continue
    const until = isLast ? length : Math.min(length, places.from[token] as number)
    while (at < until) {
      const codes = faceLength(text, at)
      if (codes > 0) {
        last = faceShows
        if (last === HAPPY) happy++
        else sad++
      }
      at += codes || 1
    }
    if (kind === EMOJI) {
      const shows = emojiShows(text, until)
      if (shows !== NO_FACE) last = shows
      if (shows === HAPPY) happy++
      else if (shows === SAD) sad++
    }
    if (!isLast) at = Math.max(at, places.to[token] as number)
  }
  addMark(into, 10, Math.min(3, happy))
  addMark(into, 11, Math.min(3, sad))
  addMark(into, 12, last)
}
