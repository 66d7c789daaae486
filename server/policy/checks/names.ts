import { type Finding, finding, type Span } from '../finding.ts'
import { nameKey } from '../known.ts'
import { type Piece, type Reading, spanOf } from '../reading.ts'
import type { Check } from './check.ts'

const HONORIFICS = new Set([
  'herr',
  'herrn',
  'frau',
  'hr',
  'fr',
  'mr',
  'mrs',
  'ms',
  'miss',
  'dhr',
  'meneer',
  'mevrouw',
  'mevr',
  'heer',
])
const GREETINGS = new Set([
  'hallo',
  'hi',
  'hey',
  'hello',
  'hoi',
  'dear',
  'liebe',
  'lieber',
  'beste',
  'geachte',
  'moin',
  'tag',
  'morgen',
  'morning',
  'afternoon',
  'evening',
])
/** Behind a greeting and with a capital, and yet nobody's name. */
const NO_NAMES = new Set(
  `there all everyone everybody team zusammen alle allemaal ihr sie du an und and en danke thanks thank bedankt vielen dank sorry wir we
  guys folks community leute fans welt world again nochmal auch liebe lieber unsere our i it this das es please bitte to from in the
  what how which can could wie was welche`.split(/\s+/),
)

/** A name that we know but the network does not show, said in public: the full name, or the surname behind "Frau". */
export const findCustomerNames: Check = (reading) => {
  const { customer, kind } = reading.draft
  if (!customer || kind === 'private') return []
  const shown = new Set(
    [...customer.publicNames, ...customer.handles].flatMap((name) => [nameKey(name), ...keysOf(name)]),
  )
  const isShown = (key: string): boolean =>
    shown.has(key) || [...shown].some((one) => key.length > 3 && one.includes(key))
  const hidden = customer.names.map(keysOf).filter((keys) => keys.length > 1 && !isShown(keys.at(-1) as string))
  const spans = reading.prose.flatMap((piece) =>
    hidden.flatMap((keys) => [...runsOf(piece, keys), ...behindHonorific(piece, keys.at(-1) as string)]),
  )
  return spans.length > 0 ? [finding('customer-name', 'not-public', 'medium', 'use-public-name', { spans })] : []
}

/** A member's full name: a given name or initials sign an answer, the whole name makes somebody be found. */
export const findColleagues: Check = (reading, { brand }) => {
  const spans = reading.prose.flatMap((piece) =>
    brand.colleagues.flatMap(({ name }) => (keysOf(name).length > 1 ? runsOf(piece, keysOf(name)) : [])),
  )
  return spans.length > 0 ? [finding('colleague', 'full-name', 'medium', 'use-given-name', { spans })] : []
}

/** What is left of an earlier answer: it begins with somebody else's handle, or greets somebody else. */
export const findOtherRecipients: Check = (reading, { brand }) => {
  const { customer, kind } = reading.draft
  const [text] = reading.prose.filter((piece) => piece.part === 'text')
  if (!customer || kind === 'post' || !text) return []
  return [
    ...otherHandle(text, [...customer.handles, ...brand.handles]),
    ...otherName(text, reading, customer.publicNames.length + customer.names.length > 0),
  ]
}

function otherHandle(piece: Piece, known: readonly string[]): Finding[] {
  const first = piece.tokens[0]
  if (first?.kind !== 'handle' || known.length === 0) return []
  const keys = new Set(known.map(handleKey))
  const leading = piece.tokens.slice(0, piece.tokens.findIndex((token) => token.kind !== 'handle') >>> 0)
  if (leading.some((token) => keys.has(handleKey(token.text)))) return []
  return [
    finding('recipient', 'other-handle', 'medium', 'check-recipient', { spans: [spanOf(piece, first.from, first.to)] }),
  ]
}

function otherName(piece: Piece, { draft }: Reading, hasNames: boolean): Finding[] {
  const at = piece.words.findIndex((word) => GREETINGS.has(word.key))
  if (!hasNames || at < 0 || at > 2) return []
  const next = piece.words[at + 1]
  const named = next && HONORIFICS.has(next.key) ? piece.words[at + 2] : next
  if (!named || !/^\p{Lu}\p{Ll}/u.test(named.text) || NO_NAMES.has(named.key)) return []
  if (named.sentence !== piece.words[at]?.sentence || /\p{L}{0}[#@]/u.test(piece.text.charAt(named.from - 1))) return []
  const customer = draft.customer
  const known = [...(customer?.publicNames ?? []), ...(customer?.names ?? []), ...(customer?.handles ?? [])].map(
    nameKey,
  )
  const key = nameKey(named.text)
  if (known.some((name) => name.includes(key) || keysOf(name).some((part) => part.length > 2 && key.startsWith(part))))
    return []
  return [
    finding('recipient', 'other-name', 'low', 'check-recipient', { spans: [spanOf(piece, named.from, named.to)] }),
  ]
}

const handleKey = (handle: string): string => handle.replace(/^[@＠]/, '').toLowerCase()
const keysOf = (name: string): string[] =>
  nameKey(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** The words in a row, as they stand or surname first. */
function runsOf(piece: Piece, keys: readonly string[]): Span[] {
  const orders = [keys, [keys.at(-1) as string, ...keys.slice(0, -1)]]
  const words = piece.words.map((word) => nameKey(word.text))
  return words.flatMap((_, at) => {
    const order = orders.find((wanted) => wanted.every((key, place) => words[at + place] === key))
    const [first, last] = [piece.words[at], piece.words[at + keys.length - 1]]
    return order && first && last ? [spanOf(piece, first.from, last.to)] : []
  })
}

function behindHonorific(piece: Piece, surname: string): Span[] {
  return piece.words.flatMap((word, at) => {
    const before = piece.words[at - 1]
    return before && HONORIFICS.has(before.key) && nameKey(word.text) === surname
      ? [spanOf(piece, before.from, word.to)]
      : []
  })
}
