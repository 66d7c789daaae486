import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Finding, finding, type Span } from '../finding.ts'
import { holds } from '../known.ts'
import type { PreparedBrand } from '../prepared-brand.ts'
import { type Piece, type Reading, spanOf } from '../reading.ts'
import type { Check } from './check.ts'

/** More candidates than that are a list of numbers, of which the first ones speak for all. */
const CANDIDATES_MAX = 200
const CANDIDATE =
  /(?<![\p{L}\p{N}@#_.,€$£/-])(?:\+\s?|\(\+?|)\d(?:[ \u00a0\u2007\u2009\u202f()/.\-‐‑–]{0,3}\d){6,17}(?![\p{L}\p{N}%€]|\s?(?:€|EUR|USD|GBP|Euro))/gu
/** Dates and times in digits are numbers of phones by accident. */
const DATE =
  /^\(?(?:(?:19|20)\d\d\s?[./-]\s?\d\d?\s?[./-]\s?\d\d?(?!\d)|\d\d?\s{0,2}[./-]\s{0,2}\d\d?\s{0,2}[./-]\s{0,2}(?:(?:19|20)\d\d(?!\d)|\d\d(?!\d|[.-]\d| \d(?!\d?:\d))))/
const NORTH_AMERICAN = /^(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$/
/** Nobody's own: free of charge, shared cost, premium, one number for a company. */
const BUSINESS = new Set(['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOIP', 'PAGER'])
/** Said just before a number: it is meant to be ours, or it is a phone number at all. */
const OURS =
  /(?:call|ring|phone|contact|reach|text) (?:us|our)|our (?:team|number|helpline|hotline)|customer (?:service|care)|helpline|hotline|rufen sie|ruf uns|erreichen sie|erreichst du|unter der|kundenservice|servicenummer|bel (?:ons|naar)|bereik|klantenservice|via (?:nummer|tel)/i
const PHONE_WORD =
  /(?:tel(?:efon|efoon|ephone)?|phone|mobile?|mobiel|cell|handy|fax|ruf|call|bel|text|whatsapp|sms|nummer|number)\W{0,3}(?:\p{L}{1,10}\W{1,2}){0,2}$/iu
const CONTEXT_CHARACTERS = 60
/** Of a date that goes on as a time behind the candidate. */
const DATE_CHARACTERS = 3
const CUTS_MAX = 4
const COUNTRIES_OF_LANGUAGE = new Map<string | null, readonly CountryCode[]>([
  ['de', ['DE', 'AT', 'CH']],
  ['nl', ['NL', 'BE']],
  ['en', ['GB', 'US', 'IE']],
])

export const findPhoneNumbers: Check = (reading, brand) => {
  const found = new Map<string, { finding: Finding; spans: Span[] }>()
  for (const piece of reading.prose)
    for (const { phone, from, to } of numbersIn(piece, countriesOf(brand, reading.language))) {
      const judged = judgeNumber(phone, piece, from, reading, brand)
      if (!judged) continue
      const entry = found.get(judged.code) ?? { finding: judged, spans: [] }
      entry.spans.push(spanOf(piece, from, to))
      found.set(judged.code, entry)
    }
  return [...found.values()].map(({ finding, spans }) => ({ ...finding, spans }))
}

interface Written {
  phone: PhoneNumber
  from: number
  to: number
}

/** The same digits are a mobile phone here and a landline there: the text's language says where to look first. */
function countriesOf({ brand }: PreparedBrand, language: string | null): readonly CountryCode[] {
  const speaks = (country: CountryCode): boolean => COUNTRIES_OF_LANGUAGE.get(language)?.includes(country) ?? false
  return brand.countries.toSorted((a, b) => Number(speaks(b)) - Number(speaks(a)))
}

function numbersIn({ text, tokens }: Piece, countries: readonly CountryCode[]): Written[] {
  const urls = tokens.filter((token) => token.kind === 'url')
  const numbers: Written[] = []
  CANDIDATE.lastIndex = 0
  for (let count = 0; count < CANDIDATES_MAX; count++) {
    const match = CANDIDATE.exec(text)
    if (!match) break
    const [from, end] = [match.index, match.index + match[0].length]
    if (DATE.test(text.slice(from, end + DATE_CHARACTERS)) || urls.some((url) => url.from < end && url.to > from))
      continue
    const number = numberOf(match[0], text.slice(Math.max(0, from - CONTEXT_CHARACTERS), from), countries)
    if (!number) continue
    numbers.push({ phone: number.phone, from, to: from + number.length })
    // What was cut off may be the next number.
    CANDIDATE.lastIndex = from + number.length
  }
  return numbers
}

/** The longest beginning of the candidate that is a valid number: two numbers may stand beside each other. */
function numberOf(
  candidate: string,
  before: string,
  countries: readonly CountryCode[],
): { phone: PhoneNumber; length: number } | null {
  let rest = candidate
  for (let tries = 0; tries < CUTS_MAX && rest.length > 0; tries++) {
    for (const country of countriesFor(rest, before, countries)) {
      const phone = parsePhoneNumberFromString(rest, { ...(country && { defaultCountry: country }), extract: false })
      if (phone?.isValid()) return { phone, length: rest.length }
    }
    const cut = rest.search(/[ \u00a0\u2007\u2009\u202f/]+[^ \u00a0\u2007\u2009\u202f/]*$/)
    if (cut <= 0) return null
    rest = rest.slice(0, cut)
  }
  return null
}

/** Without a country's code, digits are a number of a phone only with a leading nought, in the form of one, or where it is said. */
function countriesFor(
  written: string,
  before: string,
  countries: readonly CountryCode[],
): readonly (CountryCode | null)[] {
  if (/^(?:\+|\(\+|00)/.test(written)) return [null, ...countries]
  if (/^\(?0/.test(written) || PHONE_WORD.test(before)) return countries
  return countries.filter((country) => (country === 'US' || country === 'CA') && NORTH_AMERICAN.test(written))
}

function judgeNumber(
  phone: PhoneNumber,
  piece: Piece,
  at: number,
  { draft }: Reading,
  brand: PreparedBrand,
): Finding | null {
  const isPrivateTalk = draft.kind === 'private'
  if (brand.colleaguePhones.has(phone.number))
    return finding('phone-number', 'of-colleague', 'high', 'use-team-contact')
  if (brand.phones.has(phone.number)) return null
  if (draft.customer && holds(draft.customer.phones, phone.number))
    return isPrivateTalk ? null : finding('phone-number', 'of-customer', 'high', 'move-to-private')
  if (BUSINESS.has(phone.getType() ?? '')) return null
  if (OURS.test(piece.text.slice(Math.max(0, at - CONTEXT_CHARACTERS), at)) && phone.getType() !== 'MOBILE')
    return finding('phone-number', 'unlisted', 'low', 'put-on-list')
  return finding('phone-number', 'other', isPrivateTalk ? 'low' : 'medium', 'leave-out')
}
