import type Holidays from 'date-holidays'
import { dayNumberOf, type HolidayRules } from './calendar-rules.ts'

/**
 * Public holidays by country and region, from date-holidays (code ISC, data CC BY-SA 3.0 by its LICENSE). It is loaded when the
 * first calendar asks for it: 70 ms and 40 MB.
 */
const LANGUAGES = ['de', 'nl', 'en'] as const
export type HolidayNames = Record<(typeof LANGUAGES)[number], string>

/** A holiday's part of one day, in minutes of the wall clock; a whole day is 0 to 1440. */
export interface HolidayPart {
  dayNumber: number
  from: number
  until: number
  names: HolidayNames
}

export interface HolidayBook {
  /** Of a year, and of holidays that began in the year before and last into it. */
  partsOf(year: number): HolidayPart[]
}

export interface ListedHoliday {
  /** 'YYYY-MM-DD', the first day. */
  day: string
  rule: string
  type: string
  names: HolidayNames
}

type Place = Pick<HolidayRules, 'country' | 'state' | 'region'>
type Named = { name: string; code: string }

const load = async (): Promise<typeof Holidays> => (await import('date-holidays')).default

export async function openHolidays(rules: HolidayRules): Promise<HolidayBook> {
  const source = createSource(await load(), rules)
  const years = new Map<number, HolidayPart[]>()
  const startedIn = (year: number): HolidayPart[] => {
    const known = years.get(year)
    if (known) return known
    const parts = taken(source, rules, year).flatMap(partsOf)
    years.set(year, parts)
    return parts
  }
  return { partsOf: (year) => [...startedIn(year - 1), ...startedIn(year)] }
}

/** What a settings screen shows so that somebody may say on which of them the desk works. */
export async function holidaysOf(rules: HolidayRules, year: number): Promise<ListedHoliday[]> {
  const source = createSource(await load(), rules)
  return taken(source, { ...rules, worked: [] }, year).map(({ date, rule, type, names }) => ({
    day: date.slice(0, 10),
    rule,
    type,
    names,
  }))
}

/** Countries, or the parts of a place. Language: de, nl or en. */
export async function holidayPlaces(within: Partial<Place>, language: keyof HolidayNames): Promise<Named[]> {
  const source = new (await load())()
  const { country, state } = within
  if (country && !isOwn(source.getCountries(), country)) return []
  const places = country
    ? state
      ? source.getRegions(country, state, language)
      : source.getStates(country, language)
    : source.getCountries(language)
  return Object.entries(places ?? {}).map(([code, name]) => ({ code, name }))
}

/** The first part of the place that is unknown; the package itself would silently read the country as a whole. */
export async function unknownPlace({ country, state, region }: Place): Promise<keyof Place | null> {
  const source = new (await load())()
  if (!isOwn(source.getCountries(), country)) return 'country'
  if (state === undefined) return region === undefined ? null : 'state'
  if (!isOwn(source.getStates(country), state)) return 'state'
  return region === undefined || isOwn(source.getRegions(country, state), region) ? null : 'region'
}

const isOwn = (places: Record<string, string> | undefined | null, code: string): boolean =>
  Object.hasOwn(places ?? {}, code)

function createSource(Source: typeof Holidays, { country, state, region, types }: HolidayRules): Holidays {
  const options = { types: [...types] }
  if (state === undefined) return new Source(country, options)
  return region === undefined ? new Source(country, state, options) : new Source(country, state, region, options)
}

interface Taken {
  date: string
  hours: number
  rule: string
  type: string
  names: HolidayNames
}

function taken(source: Holidays, { types, worked = [] }: HolidayRules, year: number): Taken[] {
  const named = LANGUAGES.map((language) => new Map(source.getHolidays(year, language).map((day) => [keyOf(day), day])))
  const [first = new Map()] = named
  return [...first.values()]
    .filter(({ type, rule }) => types.includes(type) && !worked.includes(rule))
    .map((day) => {
      const name = (at: number): string => named[at]?.get(keyOf(day))?.name ?? day.name
      const hours = (day.end.getTime() - day.start.getTime()) / 3_600_000
      return { date: day.date, hours, rule: day.rule, type: day.type, names: { de: name(0), nl: name(1), en: name(2) } }
    })
}

const keyOf = ({ rule, date }: { rule: string; date: string }): string => `${date} ${rule}`

/** Days of 23 and 25 hours are days: an end within an hour of midnight is midnight. */
function partsOf({ date, hours, names }: Taken): HolidayPart[] {
  const first = dayNumberOf(date.slice(0, 10))
  if (first === null) return []
  const from = Number(date.slice(11, 13)) * 60 + Number(date.slice(14, 16))
  const counted = from + hours * 60
  const midnight = Math.round(counted / 1_440) * 1_440
  const until = Math.abs(counted - midnight) <= 60 ? Math.max(midnight, 1_440) : Math.round(counted)
  return Array.from({ length: Math.ceil(until / 1_440) }, (_, day) => ({
    dayNumber: first + day,
    from: day === 0 ? from : 0,
    until: Math.min(until - day * 1_440, 1_440),
    names,
  }))
}
