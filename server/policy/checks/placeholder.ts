import { type CodeOf, finding, type Span } from '../finding.ts'
import { type Piece, spanOf } from '../reading.ts'
import type { Check } from './check.ts'

/** What stands in brackets where something is still to be written. */
const FIELDS = String.raw`(?:(?:your|the|customer|client|first|last|full|agent|user|company|brand|product|order|ticket|case|insert|enter|add|put|ihr|ihre|dein|deine|der|die|das|vor|nach|kunden|firmen|produkt|bestell|hier|bitte|je|jouw|uw|de|het|voor|achter|klant|bedrijfs|product|vul|voeg)[\s_-]{0,2}){0,3}(?:name|vorname|nachname|kunde|kundin|kundenname|produkt|produktname|firma|datum|uhrzeit|betrag|link|url|bestellnummer|nummer|ort|stadt|anrede|einfügen|eintragen|ergänzen|ausfüllen|naam|voornaam|achternaam|klant|klantnaam|bedrijf|bedrag|tijd|bestelnummer|plaats|aanhef|invullen|invoegen|toevoegen|first ?name|last ?name|surname|customer|company|date|time|amount|order(?: ?(?:number|no|id))?|number|city|place|here|text|placeholder|platzhalter|username|handle|agent|initials|signature|product|price|preis|prijs|email|phone|topic|thema|reason|grund|xx+|tbd|todo|n\.?n\.?)(?:[\s_-]{1,2}(?:here|hier|einfügen|eintragen|ergänzen|invullen|invoegen|goes here|name|number|nummer|link|id)){0,2}`
const BRACES =
  /\{\{[^{}\n]{0,200}\}\}|\$\{[^{}\n]{1,100}\}|(?<![\p{L}\p{N}{$])\{[\p{L}_][\p{L}\p{N}_ .-]{0,60}\}(?!\})|%%?[A-Z][A-Z_]{2,40}%%?|<%=?[^%>\n]{0,100}%>|\{%[^%}\n]{0,100}%\}|(?<![\p{L}\p{N}%])%(?:\d\$)?[sd](?![\p{L}\p{N}])/gu
const BRACKETS = new RegExp(
  String.raw`\[\s?${FIELDS}\s?\]|<\s?${FIELDS}\s?>|\[\s{0,5}(?:_{1,30}|\?{1,5}|X{2,10})\s{0,5}\]|\[(?:insert|enter|add|hier|vul|bitte|please)\s[^\[\]\n]{1,80}\]`,
  'giu',
)
const BLANK = /(?<![\p{L}\p{N}_@/*^.=>-])_{3,40}(?![\p{L}\p{N}_*^.=<-])/gu
const WORDS =
  /(?<![\p{L}\p{N}_@#/.-])(?:XXX{1,10}|TODO|TBD|FIXME|PLATZHALTER|PLACEHOLDER|lorem ipsum)(?![\p{L}\p{N}_-])/gu
/** A program that had no value wrote it out. */
const EMPTY_VALUES =
  /\[object Object\]|(?:(?:hi|hello|hey|dear|hallo|liebe|lieber|beste|hoi|geachte|frau|herr)\s)(?:undefined|null|NaN|None)(?![\p{L}\p{N}])/giu
const KINDS: readonly (readonly [CodeOf<'placeholder'>, RegExp])[] = [
  ['braces', BRACES],
  ['brackets', BRACKETS],
  ['blank', BLANK],
  ['word', WORDS],
  ['empty-value', EMPTY_VALUES],
]

/** In addresses these are names, not blanks. */
const IN_PROSE_ONLY: readonly CodeOf<'placeholder'>[] = ['blank', 'word']

/** Something was to be filled in and was not. */
export const findPlaceholders: Check = (reading) =>
  KINDS.flatMap(([code, pattern]) => {
    const isWeak = IN_PROSE_ONLY.includes(code)
    const spans = reading.pieces.flatMap((piece) =>
      isWeak && piece.part === 'link' ? [] : spansOf(piece, pattern, isWeak),
    )
    return spans.length > 0 ? [finding('placeholder', code, isWeak ? 'medium' : 'high', 'fill-in', { spans })] : []
  })

function spansOf(piece: Piece, pattern: RegExp, inProseOnly: boolean): Span[] {
  const urls = inProseOnly ? piece.tokens.filter((token) => token.kind === 'url') : []
  return [...piece.text.matchAll(pattern)]
    .filter(({ index }) => !urls.some((url) => url.from < index && index < url.to))
    .map((match) => spanOf(piece, match.index, match.index + match[0].length))
}
