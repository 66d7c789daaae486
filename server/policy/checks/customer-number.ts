import { type Finding, finding, overlap, type Risk, type Span } from '../finding.ts'
import { holds, numberKey } from '../known.ts'
import { type Piece, type Reading, spanOf } from '../reading.ts'
import type { Check } from './check.ts'
import { plainAt } from './digit-runs.ts'

const NUMBER_CHARACTERS_MIN = 4
/** Digests are asked for so many pieces of one text. */
const DIGESTS_MAX = 500
/** A word that says what the number behind it is, and whether it is the customer's own or only our case about it. */
const NAMED =
  /(?<![\p{L}\p{N}])(?:(?<own>(?:bestell|auftrags|kunden|vertrags|rechnungs|buchungs|versicherungs|mitglieds|konto|sendungs|paket|personalausweis|steuer|tracking|order|klant|contract|factuur|boekings|polis|lidmaatschaps|rekening|zendings|pakket|bestel|serien|serie)[- ]?(?:nummern?|nr\.?|code|id)|(?:bestellung|auftrag|rechnung|vertrag|buchung|sendung|bestelling|factuur|boeking|zending)(?=\s*(?:#|nr|no|:|\(|\d))|(?:order|customer|account|contract|invoice|booking|reservation|membership|policy|tracking|serial|passport|confirmation|loyalty|frequent flyer)\s(?:number|no\.?|nr\.?|#|code|id|ref(?:erence)?)|pnr|imei|bsn)|(?<case>(?:ticket|case|incident|complaint|support|fall|vorgangs|zaak|dossier)[- ]?(?:number|nummer|no\.?|nr\.?|id|ref(?:erence)?|#)|your ref(?:erence)?|aktenzeichen|kenmerk))(?:\s{0,2}(?:is|was|ist|war|lautet|:|#|=|-|\(|nr\.?|no\.?)){0,3}\s{0,2}#?(?<number>[\p{L}\p{N}](?:[-./]?[\p{L}\p{N}]){3,30})/giu

/** Numbers by which the customer is known: the ones that we know, the ones that look so, and the ones that are named so. */
export const findCustomerNumbers: Check = (reading, brand) => {
  const [known, shaped, named, cases]: [Span[], Span[], Span[], Span[]] = [[], [], [], []]
  for (const piece of reading.pieces) {
    const squeezed = squeeze(piece.text)
    known.push(...knownIn(piece, squeezed, reading))
    shaped.push(...brand.numberShapes.flatMap((shape) => shapesIn(piece, shape)))
    for (const match of piece.text.matchAll(NAMED)) {
      const number = match.groups?.number as string
      if ((number.match(/\d/g)?.length ?? 0) < 3) continue
      const to = match.index + match[0].length
      ;(match.groups?.case ? cases : named).push(spanOf(piece, to - number.length, to))
    }
  }
  const isPrivateTalk = reading.draft.kind === 'private'
  const told = (code: Finding<'customer-number'>['code'], risk: Risk, spans: Span[]): Finding[] =>
    spans.length > 0 && !isPrivateTalk ? [finding('customer-number', code, risk, 'move-to-private', { spans })] : []
  return [
    ...told('of-customer', 'high', known),
    ...told('pattern', 'medium', without(shaped, known)),
    ...told('named', 'medium', without(named, [...known, ...shaped])),
    ...told('case', 'low', without(cases, [...known, ...shaped])),
  ]
}

const without = (spans: readonly Span[], others: readonly Span[]): Span[] =>
  spans.filter((span) => !others.some((other) => overlap(span, other)))

/** Letters and digits of a text without what stands between them, and where each stood. */
interface Squeezed {
  plain: string
  places: readonly number[]
}

function squeeze(text: string): Squeezed {
  const [plain, places]: [string[], number[]] = [[], []]
  for (let at = 0; at < text.length; at++) {
    const one = plainAt(text, at)
    if (one === '') continue
    plain.push(one)
    places.push(at)
  }
  return { plain: plain.join(''), places }
}

function knownIn(piece: Piece, { plain, places }: Squeezed, { draft }: Reading): Span[] {
  const known = draft.customer?.numbers
  if (!known) return []
  const spans = known.plain
    .filter((number) => number.length >= NUMBER_CHARACTERS_MIN)
    .flatMap((number) => {
      const found: Span[] = []
      for (let at = plain.indexOf(number); at >= 0; at = plain.indexOf(number, at + number.length)) {
        const [from, to] = [places[at] as number, (places[at + number.length - 1] as number) + 1]
        const standsAlone = places[at - 1] !== from - 1 && places[at + number.length] !== to
        if (standsAlone && to - from <= number.length * 2) found.push(spanOf(piece, from, to))
      }
      return found
    })
  return known.digests ? [...spans, ...digestsIn(piece, known)] : spans
}

function digestsIn(piece: Piece, known: Parameters<typeof holds>[0]): Span[] {
  const spans: Span[] = []
  let asked = 0
  for (const match of piece.text.matchAll(/[A-Za-z0-9](?:[-./ ]?[A-Za-z0-9]){3,30}/g)) {
    // "order KL 2041 7" is asked for whole and from each group on: what was stored is one of them.
    for (const group of match[0].matchAll(/(?<![A-Za-z0-9])[A-Za-z0-9]/g)) {
      const rest = match[0].slice(group.index)
      const ends = [...rest.matchAll(/[A-Za-z0-9](?![A-Za-z0-9])/g)].map((end) => end.index + 1).slice(0, 4)
      for (const end of ends) {
        const key = numberKey(rest.slice(0, end))
        if (key.length < NUMBER_CHARACTERS_MIN || !/\d/.test(key) || ++asked > DIGESTS_MAX) continue
        const from = match.index + group.index
        if (holds(known, key)) spans.push(spanOf(piece, from, from + end))
      }
    }
  }
  return spans
}

/** One shape after the other at each place: # is a digit, @ a letter; blanks and hyphens of the shape may be missing. */
function shapesIn(piece: Piece, shape: string): Span[] {
  const spans: Span[] = []
  for (let at = 0; at < piece.text.length; at++) {
    if (plainAt(piece.text, at) === '' || plainAt(piece.text, at - 1) !== '') continue
    const to = shapeEnd(piece.text, at, shape)
    if (to !== null && plainAt(piece.text, to) === '') spans.push(spanOf(piece, at, to))
  }
  return spans
}

function shapeEnd(text: string, from: number, shape: string): number | null {
  let at = from
  for (const wanted of shape) {
    if (/[\s./-]/.test(wanted)) {
      if (/[\s./-]/.test(text.charAt(at))) at++
      continue
    }
    const one = plainAt(text, at)
    const fits = wanted === '#' ? one !== '' && one <= '9' : wanted === '@' ? one > '9' : one === wanted.toUpperCase()
    if (!fits) return null
    at++
  }
  return at > from ? at : null
}
