import { Chance } from './alarm-streams.ts'
import { below, digits, happens, shuffle, weighted, zipf } from './identity-draws.ts'
import { folded, misdialled, misheard, misread, mistyped } from './identity-errors.ts'
import { city, givenName, languageOf, surname } from './identity-names.ts'
import { type Language, MAIL_HOSTS, SHORT_FORMS, WORDS } from './identity-words.ts'

/**
 * Persons as lists of customers, patients or members hold them, with errors in every field: for the speed of a whole batch, and to
 * see whether what was chosen on public sets holds on columns that nobody looked at. Each person is written down one to five
 * times; each copy has its own mistakes (none in one of six).
 */
export const PERSON_FIELDS = ['given', 'surname', 'street', 'postcode', 'city', 'birthDate', 'phone', 'mail'] as const
export type PersonField = (typeof PERSON_FIELDS)[number]

/** Columns, '' for what is missing; `truth` numbers the persons. */
export type PersonRows = Record<PersonField, string[]> & { truth: Int32Array }

type Row = Record<PersonField, string>
type Mistake = (chance: Chance, row: Row, language: Language) => void

const copiesOf = weighted<number>([
  [1, 45],
  [2, 28],
  [3, 15],
  [4, 8],
  [5, 4],
])
const mistakesOf = weighted<number>([
  [0, 16],
  [1, 26],
  [2, 25],
  [3, 18],
  [4, 10],
  [5, 5],
])
const householdOf = weighted<number>([
  [1, 70],
  [2, 20],
  [3, 10],
])
const MISSING: Record<PersonField, number> = {
  given: 0.01,
  surname: 0.005,
  street: 0.06,
  postcode: 0.05,
  city: 0.03,
  birthDate: 0.15,
  phone: 0.3,
  mail: 0.35,
}
/** Postcodes of a town: their number, and so how much of a postcode says no more than the town. */
const POSTCODES_PER_CITY = 40
const HOUSE_NUMBERS = 140

const slip =
  (field: PersonField): Mistake =>
  (chance, row) => {
    row[field] = mistyped(chance, row[field])
  }
const changed =
  (field: PersonField, change: (chance: Chance, text: string) => string): Mistake =>
  (chance, row) => {
    if (row[field]) row[field] = change(chance, row[field])
  }

const mistakeOf = weighted<Mistake>([
  [slip('given'), 11],
  [slip('surname'), 14],
  [slip('street'), 10],
  [slip('city'), 5],
  [slip('mail'), 4],
  [changed('given', misheard), 4],
  [changed('surname', misheard), 6],
  [changed('surname', misread), 4],
  [changed('street', misread), 3],
  [changed('postcode', (chance, text) => misdialled(chance, text, 0)), 6],
  [changed('phone', (chance, text) => misdialled(chance, text)), 5],
  [changed('birthDate', wrongDay), 7],
  [changed('given', (_, text) => `${text[0]}.`), 4],
  [changed('given', (chance, text) => chance.one(SHORT_FORMS[text] ?? [text])), 5],
  [changed('surname', (_, text) => folded(text, true)), 2],
  [swap, 4],
  [
    (chance, row, language) => {
      row.surname = surname(chance, language)
    },
    3,
  ],
  [
    (chance, row, language) => {
      row.phone = phone(chance, language)
    },
    4,
  ],
  [
    (chance, row) => {
      row.mail = mail(chance, row)
    },
    4,
  ],
  [moved, 7],
])

/** The same rows for the same seed, shuffled. A few seconds for a million. */
export function personRows(count: number, seed = 11): PersonRows {
  const chance = new Chance(seed)
  const order = shuffle(
    chance,
    Array.from({ length: count }, (_, at) => at),
  )
  const rows = emptyRows(count)
  let [made, person] = [0, 0]
  while (made < count) {
    const language = languageOf(chance)
    const head = rowOf(chance, language, null)
    for (let members = householdOf(chance); members > 0 && made < count; members--, person++) {
      const right = members === 1 ? head : rowOf(chance, language, head)
      for (let copies = copiesOf(chance); copies > 0 && made < count; copies--)
        write(rows, order[made++] as number, copied(chance, right, language), person)
    }
  }
  return rows
}

function emptyRows(count: number): PersonRows {
  const columns = PERSON_FIELDS.map((field) => [field, new Array<string>(count).fill('')] as const)
  return { ...(Object.fromEntries(columns) as Record<PersonField, string[]>), truth: new Int32Array(count) }
}

function write(rows: PersonRows, at: number, row: Row, person: number): void {
  for (const field of PERSON_FIELDS) rows[field][at] = row[field]
  rows.truth[at] = person
}

/** People of one household share name, address and often the line. */
function rowOf(chance: Chance, language: Language, head: Row | null): Row {
  const town = head?.city ?? city(chance, language)
  const row: Row = {
    given: givenName(chance, language, happens(chance, 0.5)),
    surname: head && happens(chance, 0.85) ? head.surname : surname(chance, language),
    street: head?.street ?? street(chance, language),
    postcode: head?.postcode ?? postcode(chance, town),
    city: town,
    birthDate: birthDate(chance),
    phone: head && happens(chance, 0.4) ? head.phone : phone(chance, language),
    mail: '',
  }
  row.mail = mail(chance, row)
  return row
}

function copied(chance: Chance, right: Row, language: Language): Row {
  const row = { ...right }
  for (let mistakes = mistakesOf(chance); mistakes > 0; mistakes--) mistakeOf(chance)(chance, row, language)
  for (const field of PERSON_FIELDS) if (happens(chance, MISSING[field])) row[field] = ''
  return row
}

const streetRank = zipf(400, 0.6)

/** A common street or one of many that are named after something near. */
function street(chance: Chance, language: Language): string {
  const { streets, stems } = WORDS[language]
  const rank = streetRank(chance)
  const name =
    streets[rank] ??
    `${stems[rank % stems.length]}${chance.one(['weg', 'straße', 'laan', ' Road', 'gasse', 'pad', ' Lane'])}`
  return `${name} ${1 + below(chance, HOUSE_NUMBERS)}`
}

function postcode(chance: Chance, town: string): string {
  let hash = 7
  for (let at = 0; at < town.length; at++) hash = (hash * 31 + town.charCodeAt(at)) % 900
  return String(10_000 + hash * 100 + below(chance, POSTCODES_PER_CITY)).slice(0, 5)
}

const two = (number: number): string => (number < 10 ? `0${number}` : String(number))
const birthDate = (chance: Chance): string =>
  `${1932 + below(chance, 76)}-${two(1 + below(chance, 12))}-${two(1 + below(chance, 28))}`

function phone(chance: Chance, language: Language): string {
  const [prefix = '', count = '7'] = WORDS[language].mobile.split(' ', 1)[0]?.split(':') ?? []
  return `${prefix}${digits(chance, Number(count))}`
}

function mail(chance: Chance, row: Row): string {
  const [given, name] = [letters(row.given), letters(row.surname)]
  const host = chance.one(MAIL_HOSTS)
  if (happens(chance, 0.5)) return `${given}.${name}${below(chance, 1_000)}@${host}`
  return happens(chance, 0.5)
    ? `${given[0] ?? 'x'}${name}${row.birthDate.slice(0, 4)}@${host}`
    : `${name}${digits(chance, 5)}@${host}`
}

const known = new Map<string, string>()

/** Names repeat: each is folded once. */
function letters(name: string): string {
  let bare = known.get(name)
  if (bare === undefined) {
    bare = folded(name, true).replace(/[^a-z0-9]/g, '')
    if (known.size < 200_000) known.set(name, bare)
  }
  return bare
}

/** Day and month exchanged, a day or a year beside, or the first of January that forms put in. */
function wrongDay(chance: Chance, date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const kind = below(chance, 5)
  if (kind === 0 && Number(day) <= 12) return `${year}-${day}-${month}`
  if (kind === 1) return `${year}-01-01`
  if (kind === 2) return `${Number(year) + (happens(chance, 0.5) ? 1 : -1)}-${month}-${day}`
  if (kind === 3) return `${Number(year) + (happens(chance, 0.5) ? 10 : -10)}-${month}-${day}`
  return `${year}-${month}-${two(1 + below(chance, 28))}`
}

function swap(chance: Chance, row: Row): void {
  const [one, other] = chance.one([
    ['given', 'surname'],
    ['given', 'surname'],
    ['street', 'city'],
  ] as const)
  const text = row[one]
  row[one] = row[other]
  row[other] = text
}

function moved(chance: Chance, row: Row, language: Language): void {
  row.street = street(chance, language)
  if (happens(chance, 0.5)) row.city = city(chance, language)
  row.postcode = postcode(chance, row.city)
}
