/**
 * Reads the dates that feeds and exports really carry: ISO 8601 and its W3C profile in whole or in part, RFC 822 in
 * every broken form, asctime, epoch seconds and milliseconds, spelled-out dates in several languages, and numeric
 * day/month/year. What cannot be told without guessing (03/04/2015) is left to the caller, who sees a whole column.
 */
export type DayMonthOrder = 'dmy' | 'mdy'

export interface DateReading {
  /** For 03/04/2015 and 03-04-2015; null: such dates are not read. 03.04.2015 is always day first. */
  order: DayMonthOrder | null
  /** IANA zone of times that name none. */
  timeZone: string
}

const DATE_CHARACTERS_MAX = 100
const YEAR_MIN = 1900
const YEAR_MAX = 2200

const unguided: DateReading = { order: null, timeZone: 'UTC' }

export function readDate(written: string, reading: DateReading = unguided): Date | null {
  const text = written.trim()
  if (text === '' || text.length > DATE_CHARACTERS_MAX) return null
  const clock = readEpoch(text) ?? readIso(text) ?? readNumeric(text, reading.order) ?? readSpelled(text)
  if (clock === null || clock instanceof Date) return clock
  return toInstant(clock, reading.timeZone)
}

/** The two leading numbers of a date that is 03/04/2015 or 03-04-2015; null for every other form. */
export function dayAndMonth(written: string): [number, number] | null {
  const match = numericDate.exec(written.trim())
  return match?.[1] === undefined || match[2] === '.' ? null : [Number(match[1]), Number(match[3])]
}

interface Clock {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
  /** Minutes east of UTC; null where the text names no zone. */
  offset: number | null
}

function readEpoch(text: string): Date | null {
  if (!/^\d{9,10}(\.\d+)?$|^\d{12,13}$/.test(text)) return null
  const seconds = /^\d{9,10}(\.|$)/.test(text)
  return new Date(Math.round(Number(text) * (seconds ? 1000 : 1)))
}

const isoDate =
  /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?|-(\d{3}))?(?:[T\s]+(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?\s*(.*))?$/i

function readIso(text: string): Clock | null {
  const match = isoDate.exec(text)
  if (match === null) return null
  const [, year, month, day, dayOfYear, hour, minute, second, fraction, zone] = match
  const offset = readZone(zone ?? '')
  if (offset === undefined) return null
  const millisecond = fraction === undefined ? 0 : Math.trunc(Number(`0.${fraction}`) * 1000)
  const time = { hour: int(hour, 0), minute: int(minute, 0), second: int(second, 0), millisecond, offset }
  if (dayOfYear !== undefined) {
    const date = new Date(Date.UTC(Number(year), 0, Number(dayOfYear)))
    return { year: Number(year), month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...time }
  }
  return { year: Number(year), month: int(month, 1), day: int(day, 1), ...time }
}

const numericDate = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:,?[T\s]+(.*))?$/

function readNumeric(text: string, order: DayMonthOrder | null): Clock | null {
  const match = numericDate.exec(text)
  if (match === null) return null
  const [, first, separator, second, year, rest] = match
  const [one, two] = [Number(first), Number(second)]
  const known = separator === '.' ? 'dmy' : (order ?? tellingOrder(one, two))
  const time = readTime(rest ?? '')
  if (known === null || time === null) return null
  const [day, month] = known === 'dmy' ? [one, two] : [two, one]
  return { year: fullYear(year ?? ''), month, day, ...time }
}

function tellingOrder(first: number, second: number): DayMonthOrder | null {
  if (first > 12 && second <= 12) return 'dmy'
  if (second > 12 && first <= 12) return 'mdy'
  return first === second ? 'dmy' : null
}

/** `11:35`, `11:35:52`, `9:15 pm`, `22.10 Uhr`, `11:35 -0800`; midnight when empty. */
function readTime(text: string): Omit<Clock, 'year' | 'month' | 'day'> | null {
  const zero = { hour: 0, minute: 0, second: 0, millisecond: 0, offset: null }
  if (text.trim() === '') return zero
  const match =
    /^(?:um\s+|at\s+)?(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?(?:\s*uhr)?\s*(.*)$/i.exec(
      text.trim(),
    )
  if (match === null) return null
  const [, hour, minute, second, half, zone] = match
  const offset = readZone(zone ?? '')
  if (offset === undefined) return null
  return { hour: halfDay(Number(hour), half), minute: Number(minute), second: int(second, 0), millisecond: 0, offset }
}

function halfDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}

/** First three or four letters, accents folded: enough to tell the months of seven languages apart. */
const monthStems: string[][] = [
  ['jan', 'janv', 'ene', 'gen'],
  ['feb', 'fev', 'febr'],
  ['mar', 'maer', 'marz', 'mrz', 'maa', 'mrt'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mei', 'mag'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
]

function monthOf(word: string): number | null {
  const folded = word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
  const index = monthStems.findIndex((stems) => stems.some((stem) => folded.startsWith(stem)))
  return index === -1 ? null : index + 1
}

/** RFC 822, asctime and spelled-out dates: the parts are told apart by their looks, not their places. */
function readSpelled(text: string): Clock | null {
  const time = /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap]\.?m\b\.?))?/i.exec(text)
  const before = time === null ? text : text.slice(0, time.index)
  const after = time === null ? '' : text.slice(time.index + time[0].length)
  const date = readSpelledDate(before, after)
  if (date === null) return null
  const zone = readZone(after.replace(/(^|\s)\d{4}\s*$/, '').replace(/\buhr\b/i, ''))
  if (zone === undefined) return null
  const [, hour, minute, second, half] = time ?? []
  return {
    ...date,
    hour: halfDay(int(hour, 0), half),
    minute: int(minute, 0),
    second: int(second, 0),
    millisecond: 0,
    offset: zone,
  }
}

function readSpelledDate(before: string, after: string): Pick<Clock, 'year' | 'month' | 'day'> | null {
  // The last word that is a month: "Mar" in "mardi 3 mars" and "Son" in "Sonntag" come first.
  const month = (before.match(/\p{L}+/gu) ?? []).map(monthOf).findLast((found) => found !== null) ?? null
  const numbers = before.match(/\d+/g) ?? []
  // asctime puts the year behind the time; there it has four digits and no sign, unlike an offset.
  const trailing = /(?:^|\s)(\d{4})\s*$/.exec(after)?.[1]
  const yearFirst = numbers[0]?.length === 4
  const [day, year] = yearFirst ? [numbers[1], numbers[0]] : [numbers[0], numbers[1] ?? trailing]
  if (month === null || day === undefined || year === undefined || numbers.length > 2) return null
  return { year: fullYear(year), month, day: Number(day) }
}

/** Named zones that RFC 822 and daily use know, in minutes; other names mean nothing reliable. */
const zoneMinutes: Record<string, number> = {
  '': 0,
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  wet: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  bst: 60,
  cet: 60,
  mez: 60,
  cest: 120,
  mesz: 120,
  eet: 120,
  eest: 180,
  msk: 180,
  jst: 540,
}

/** Null: none named. Undefined: there is something behind the time that is no zone. */
function readZone(text: string): number | null | undefined {
  const zone = text
    .trim()
    .replace(/^\((.*)\)$/, '$1')
    .toLowerCase()
  if (zone === '') return null
  const offset = /^(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?(?:\s*\(.*\))?$/.exec(zone)
  if (offset === null) return zoneMinutes[zone.replace(/\s*\(.*\)$/, '')]
  const minutes = Number(offset[2]) * 60 + int(offset[3], 0)
  return minutes > 15 * 60 ? undefined : offset[1] === '-' ? -minutes : minutes
}

function toInstant(clock: Clock, timeZone: string): Date | null {
  const { year, month, day, hour, minute, second, millisecond } = clock
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  // 24:00 is the next midnight; 60 is a leap second.
  if (minute > 59 || second > 60 || hour > 24 || (hour === 24 && minute + second > 0)) return null
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond)
  if (clock.offset !== null) return new Date(local - clock.offset * 60_000)
  if (timeZone === 'UTC') return new Date(local)
  // Asked twice: the offset at the guess may differ from the one at the instant around a change of clocks.
  const guess = local - zoneOffset(local, timeZone)
  return new Date(local - zoneOffset(guess, timeZone))
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds that the zone's clocks are ahead of UTC at an instant. */
function zoneOffset(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, format)
  }
  const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  return (readZone(name) ?? 0) * 60_000
}

/** RFC 822 allows two digits: 70 and later belong to the last century, which no post is older than. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length > 2) return year
  return year < 70 ? 2000 + year : 1900 + year
}

function int(digits: string | undefined, otherwise: number): number {
  return digits === undefined ? otherwise : Number(digits)
}
