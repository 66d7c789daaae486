import { finding, overlap, type Span } from '../finding.ts'
import { nameKey } from '../known.ts'
import type { PreparedBrand } from '../prepared-brand.ts'
import { spanOf } from '../reading.ts'
import type { Check } from './check.ts'

const HOUSE = String.raw`\d{1,4}(?:[-–]\d{1,4})?(?:\s?[a-hA-H](?![\p{L}]))?`
/** "Lange Reihe 4" is not found: a street is known by its last syllables. */
const GERMAN = String.raw`(?:\p{Lu}[\p{L}.-]{2,30}(?:stra(?:ß|ss)e|str\.?|weg|platz|allee|gasse|chaussee|damm|ufer|steig|stieg|pfad)|(?:\p{Lu}[\p{L}-]{2,30}(?:er|en|e)\s){1,2}(?:Stra(?:ß|ss)e|Str\.|Weg|Platz|Allee|Gasse|Chaussee|Damm|Ufer|Ring))`
const DUTCH = String.raw`(?:\p{Lu}[\p{Ll}.'-]{1,30}\s){0,2}\p{Lu}[\p{Ll}.'-]{1,30}(?:straat|laan|weg|plein|gracht|kade|dijk|singel|steeg|dreef|plantsoen)`
const TOWN = String.raw`(?:,?\s{1,2}(?:D-)?\d{5}\s\p{Lu}[\p{L}-]{2,30}|,?\s{1,2}\d{4}\s?[A-Z]{2}(?:\s\p{Lu}[\p{L}-]{2,30})?)?`
const STREET_AND_NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}@#])(?:${GERMAN}|${DUTCH})\s${HOUSE}(?![\p{L}\p{N}%€:])${TOWN}`,
  'gu',
)
const NUMBER_AND_STREET =
  /(?<![\p{L}\p{N}$£€#.,-])\d{1,5}[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:\p{Lu}[\p{Ll}']{1,25}\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Crescent|Terrace|Highway|Hwy|Parkway|Pkwy|Mews|Square)(?![\p{L}\p{N}])\.?(?:,?\s\p{Lu}[\p{L} ]{2,30},\s[A-Z]{2}\s\d{5})?/gu
/** "1017 CT Amsterdam", "1017 CT 4": a Dutch postcode alone is a side of a street. */
const DUTCH_POSTCODE =
  /(?<![\p{L}\p{N}@#.,-])(?!(?:19|20)\d\d\s)[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}(?:\s?,?\s?\d{1,4}(?![\p{N}:])|\s\p{Lu}[\p{Ll}-]{2,30})/gu
const BRITISH_POSTCODE =
  /(?<![\p{L}\p{N}@#-])(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?)\s\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])/gu
const CITY_WITH_MARK =
  /(?<![\p{L}\p{N}])(?:(?:PLZ|Postleitzahl|postcode|zip(?: code)?):?\s{1,2}|D-)\d{4,5}(?![\p{N}])/giu
/** A rank, a seat, a platform and a main road are no street, though they end like one. */
const NO_STREET =
  /(?:Bahnsteig|(?:Listen|Sitz|Steh|Tabellen|Start|Park|Arbeits|Stell|Medaillen|Podest|Ranglisten|Spiel|Fenster|Gang)platz|(?:Kreis|Bundes|Land|Staats)stra(?:ß|ss)e)\s/
/** Said just before: it is where we, or others, are open for everybody. */
const OPEN_TO_ALL =
  /(?:filiale|laden|geschäft|werkstatt|markt|store|shop|branch|restaurant|café|office|winkel|vestiging|kantoor|servicepunt|halle|location)[^.!?]{0,20}$/iu
const CONTEXT_CHARACTERS = 40
const PATTERNS = [STREET_AND_NUMBER, NUMBER_AND_STREET, DUTCH_POSTCODE, BRITISH_POSTCODE, CITY_WITH_MARK]

/** Where somebody lives, as far as a form shows it. Addresses of ours stand on the list; that of a shop is no person's. */
export const findPostalAddresses: Check = (reading, brand) => {
  if (reading.draft.kind === 'private') return []
  const spans = reading.prose.flatMap((piece) =>
    PATTERNS.flatMap((pattern) =>
      [...piece.text.matchAll(pattern)]
        .filter(
          (match) =>
            !isOurs(match[0], brand) &&
            !NO_STREET.test(match[0]) &&
            !OPEN_TO_ALL.test(before(piece.text, match.index)) &&
            !isInUrl(match.index, piece.tokens),
        )
        .map((match) => spanOf(piece, match.index, match.index + match[0].length)),
    ),
  )
  const apart = merged(spans)
  if (apart.length === 0) return []
  const isWhole = apart.some((span) => /\d{4,5}.*\p{L}/u.test(textOf(span, reading.prose)))
  return [
    finding('postal-address', isWhole ? 'address' : 'street', isWhole ? 'medium' : 'low', 'move-to-private', {
      spans: apart,
    }),
  ]
}

const before = (text: string, at: number): string => text.slice(Math.max(0, at - CONTEXT_CHARACTERS), at)

const isOurs = (written: string, { addresses }: PreparedBrand): boolean => {
  const key = nameKey(written)
  return addresses.some((address) => key.includes(address))
}

const isInUrl = (at: number, tokens: readonly { kind: string; from: number; to: number }[]): boolean =>
  tokens.some((token) => token.kind === 'url' && token.from <= at && at < token.to)

const textOf = (span: Span, pieces: readonly { part: string; index: number; text: string }[]): string =>
  pieces.find(({ part, index }) => part === span.part && index === span.index)?.text.slice(span.from, span.to) ?? ''

function merged(spans: readonly Span[]): Span[] {
  const kept: Span[] = []
  for (const span of spans.toSorted((a, b) => a.part.localeCompare(b.part) || a.index - b.index || a.from - b.from)) {
    const last = kept.at(-1)
    if (last && overlap(last, span)) kept[kept.length - 1] = { ...last, to: Math.max(last.to, span.to) }
    else kept.push(span)
  }
  return kept
}
