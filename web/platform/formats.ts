import { useSyncExternalStore } from 'react'
import { type Language, useLanguage } from './i18n.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Tags with a region where the plain language would write dates the American way. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de', nl: 'nl' }

export type Formats = ReturnType<typeof createFormats>

/** Everything that is written differently from place to place. Times are shown in `timeZone`, the reader's. */
export function createFormats(language: Language, timeZone: string) {
  const locale = LOCALES[language]
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options })
  const exact = date({ dateStyle: 'full', timeStyle: 'medium' })
  const short = date({ day: 'numeric', month: 'short' })
  const shortWithYear = date({ day: 'numeric', month: 'short', year: 'numeric' })
  const clock = date({ hour: '2-digit', minute: '2-digit' })
  const weekday = date({ weekday: 'short', hour: '2-digit', minute: '2-digit' })
  const range = date({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const dayKey = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const number = new Intl.NumberFormat(locale)
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const unit = (name: string) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' })
  const units = { day: unit('day'), hour: unit('hour'), minute: unit('minute'), second: unit('second') }
  const names = new Intl.DisplayNames(locale, { type: 'language' })

  return {
    language,
    locale,
    timeZone,
    /** Monday, 23 November 2026 at 14:03:12 */
    exact: (time: Date) => exact.format(time),
    date: (time: Date) => shortWithYear.format(time),
    /** 23 Nov 2026, 14:03: where nobody asks for the second. */
    toTheMinute: (time: Date) => `${shortWithYear.format(time)}, ${clock.format(time)}`,
    clock: (time: Date) => clock.format(time),
    /** "Mon 09:00 – 17:00": from one time to another, the day once where it is the same. */
    dateRange: (from: Date, until: Date) => range.formatRange(from, until),
    /** "now", "5 min ago", "14:03" (today), "Mon 14:03" (this week), "3 Nov", "3 Nov 2025". */
    ago(time: Date, now: Date): string {
      const age = now.getTime() - time.getTime()
      if (age >= 0 && age < MINUTE) return relative.format(0, 'second')
      if (age >= 0 && age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute')
      if (age < 0 && age > -HOUR) return relative.format(Math.ceil(-age / MINUTE), 'minute')
      if (dayKey.format(time) === dayKey.format(now)) return clock.format(time)
      if (Math.abs(age) < 6 * DAY) return weekday.format(time)
      return dayKey.format(time).slice(0, 4) === dayKey.format(now).slice(0, 4)
        ? short.format(time)
        : shortWithYear.format(time)
    },
    /** The two largest units: "2 d 4 hr", "3 min". */
    duration(milliseconds: number): string {
      const parts = (
        [
          ['day', Math.floor(milliseconds / DAY)],
          ['hour', Math.floor((milliseconds % DAY) / HOUR)],
          ['minute', Math.floor((milliseconds % HOUR) / MINUTE)],
          ['second', Math.floor((milliseconds % MINUTE) / 1000)],
        ] as const
      ).filter(([, amount]) => amount > 0)
      const shown = parts.length === 0 ? ([['second', 0]] as const) : parts.slice(0, 2)
      return shown.map(([unit, amount]) => units[unit].format(amount)).join(' ')
    },
    number: (value: number) => number.format(value),
    /** 12.3k in little room; the exact number belongs in a title. */
    compact: (value: number) => compact.format(value),
    /** 0.034 -> 3.4 % */
    percent: (share: number, digits = 0) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(share),
    /** Bytes in the unit that reads best. */
    bytes(value: number): string {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
      const power = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1)
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: units[power],
        unitDisplay: 'short',
        maximumFractionDigits: power > 1 ? 1 : 0,
      }).format(value / 1000 ** power)
    },
    list: (items: string[]) => list.format(items),
    /** The language's name as the reader says it; the tag itself when nobody knows it. */
    languageName(tag: string): string {
      try {
        return names.of(tag) ?? tag
      } catch {
        return tag
      }
    },
  }
}

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const zoneListeners = new Set<() => void>()

/** The time zone of the person who reads, from their settings; the browser's until that is known. */
export function setTimeZone(timeZone: string): void {
  if (timeZone === zone) return
  zone = timeZone
  for (const listener of zoneListeners) listener()
}

const onZone = (listener: () => void) => {
  zoneListeners.add(listener)
  return () => zoneListeners.delete(listener)
}

/** Making formatters takes milliseconds, and every row of a list asks for them: one set for each language and zone. */
const made = new Map<string, Formats>()

function formatsFor(language: Language, timeZone: string): Formats {
  const key = `${language} ${timeZone}`
  const known = made.get(key)
  if (known) return known
  const formats = createFormats(language, timeZone)
  made.set(key, formats)
  return formats
}

export function useFormats(): Formats {
  const language = useLanguage()
  const timeZone = useSyncExternalStore(onZone, () => zone)
  return formatsFor(language, timeZone)
}
