import { edits, editsAtLeast, isTypo, jaroWinkler, lettersOf } from './distance.ts'
import { folded } from './folding.ts'
import { levelNumbers } from './levels.ts'
import { common, DIGEST_LENGTH_MIN, isDigest, listed, type Reader, type Value, value } from './value.ts'

const MAIL = levelNumbers('mail')
const PHONE = levelNumbers('phone')
const IDENTIFIER = levelNumbers('identifier')
const PROVEN_ID = levelNumbers('proven-id')
const PROVEN_LINK = levelNumbers('proven-link')
const PICTURE = levelNumbers('picture')

/** Local parts that belong to an office, not to a person. */
const OFFICES = new Set(
  'info mail office contact kontakt hello hallo admin service support post sales verkauf team'.split(' '),
)
/** A national number without its zero has at least this many digits in common with the international one. */
const PHONE_DIGITS_COMPARED = 9
const PHONE_DIGITS_MIN = 5
/** Local parts whose letters differ more are not alike. */
const LOCAL_PART_EDITS_MAX = 4
/** Numbers with one ending that differ more in their digits are others of one exchange. */
const ENDING_EDITS_MAX = 2
/** Bits of a 64-bit picture hash that a smaller copy or another compression turns. */
const PICTURE_BITS_MAX = 5

/** Words are the addresses; form is the first one's local part. */
export const mail: Reader = {
  read: (raws) => {
    const items = raws.flatMap((raw) => listed(folded(raw)))
    const first = items[0]
    return first ? value(raws.find((raw) => raw.trim() !== '') ?? '', first, items, localPart(first)) : null
  },
  level: (a, b) => {
    if (a.words.length === 1 && b.words.length === 1) {
      if (a.text === b.text) return MAIL.exact
      const unlike = editsAtLeast(a.letters, b.letters) > LOCAL_PART_EDITS_MAX
      if (unlike && a.text.length < DIGEST_LENGTH_MIN && b.text.length < DIGEST_LENGTH_MIN) return MAIL.different
    }
    if (common(a.words, b.words)) return MAIL.exact
    let best: number = isDigest(a.text) !== isDigest(b.text) ? 0 : MAIL.different
    for (const one of a.words) {
      for (const other of b.words) {
        const level = compareMails(one, other)
        if (level < best) best = level
      }
    }
    return best
  },
}

const localPart = (address: string): string => {
  const at = address.indexOf('@')
  return at < 0 ? address : address.slice(0, at)
}

function compareMails(a: string, b: string): number {
  if (isDigest(a) || isDigest(b)) return MAIL.different
  const [localA, localB] = [localPart(a), localPart(b)]
  if (isTypo(a, b)) return MAIL.typo
  if (localA === localB) return localA.length >= 4 && !OFFICES.has(localA) ? MAIL['local-part'] : MAIL.different
  if (isTypo(localA, localB) && localA.length >= 5) return MAIL.similar
  return alikeLocalParts(localA, localB) ? MAIL.similar : MAIL.different
}

const LOCAL_PART_ALIKE = 0.92

const alikeLocalParts = (a: string, b: string): boolean =>
  editsAtLeast(lettersOf(a), lettersOf(b)) <= LOCAL_PART_EDITS_MAX && jaroWinkler(a, b) >= LOCAL_PART_ALIKE

/** Words are the last nine digits of each number. */
export const phone: Reader = {
  read: (raws) => {
    const items = raws
      .flatMap((raw) => raw.split(/[,;\n]+/))
      .map(phoneKey)
      .filter((digits) => digits.length >= PHONE_DIGITS_MIN)
    const first = items[0]
    return first ? value(raws.find((raw) => raw.trim() !== '') ?? '', first, items) : null
  },
  level: (a, b) => {
    if (a.text === b.text || common(a.words, b.words)) return PHONE.exact
    let best: number = isDigest(a.text) !== isDigest(b.text) ? 0 : PHONE.different
    for (const one of a.words) {
      for (const other of b.words) {
        const level = comparePhones(one, other)
        if (level < best) best = level
      }
    }
    return best
  },
}

function phoneKey(raw: string): string {
  const text = raw.trim().toLowerCase()
  if (isDigest(text)) return text
  return text
    .replace(/(?:ext|x|app|toestel).*$/, '')
    .replace(/\D/g, '')
    .slice(-PHONE_DIGITS_COMPARED)
}

function comparePhones(a: string, b: string): number {
  if (isDigest(a) || isDigest(b)) return PHONE.different
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= 6 && long.endsWith(short)) return PHONE.exact
  if (edits(a, b, 1) <= 1) return PHONE.typo
  const isNear = editsAtLeast(lettersOf(a), lettersOf(b)) <= ENDING_EDITS_MAX
  return isNear && short.length >= 7 && a.slice(-6) === b.slice(-6) ? PHONE.ending : PHONE.different
}

/** Text is letters and digits only. */
export const identifier: Reader = {
  read: ([raw = '']) => {
    const text = folded(raw).replace(/[^\p{L}\p{N}]+/gu, '')
    return text ? value(raw.trim(), text) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return IDENTIFIER.exact
    if (Math.min(a.text.length, b.text.length) < 4 || isDigest(a.text)) return IDENTIFIER.different
    const changes = edits(a.text, b.text, 2)
    if (changes > 2) return IDENTIFIER.different
    return changes === 1 ? IDENTIFIER.typo : IDENTIFIER.near
  },
}

export const provenId: Reader = {
  read: identifier.read,
  level: (a, b) => (a.text === b.text ? PROVEN_ID.exact : PROVEN_ID.contradicts),
}

export const provenLink: Reader = {
  read: ([raw = '']) => {
    const items = listed(raw.toLowerCase()).map((link) => link.replace(/^https?:\/\/(?:www\.)?|\/+$/g, ''))
    return items[0] ? value(raw, items[0], items) : null
  },
  level: (a, b) => (common(a.words, b.words) ? PROVEN_LINK.exact : 0),
}

export const picture: Reader = {
  read: ([raw = '']) => {
    const text = raw.trim().toLowerCase().replace(/^0x/, '')
    return text ? value(raw, text) : null
  },
  level: (a, b) => {
    if (a.text === b.text) return PICTURE.exact
    return bitsApart(a, b) <= PICTURE_BITS_MAX ? PICTURE.similar : PICTURE.different
  },
}

/** Only hashes of 64 bits have neighbours; longer ones are digests of bytes. */
function bitsApart(a: Value, b: Value): number {
  if (a.text.length !== 16 || b.text.length !== 16) return Number.POSITIVE_INFINITY
  let bits = 0
  for (let at = 0; at < 16; at += 8) {
    let different = Number.parseInt(a.text.slice(at, at + 8), 16) ^ Number.parseInt(b.text.slice(at, at + 8), 16)
    for (; different !== 0; different &= different - 1) bits++
  }
  return bits
}
