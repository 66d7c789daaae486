export type ReportLanguage = 'en' | 'de' | 'nl'

export const REPORT_LANGUAGES: readonly ReportLanguage[] = ['en', 'de', 'nl']

const LOCALES = { en: 'en-GB', de: 'de-DE', nl: 'nl-NL' } as const
const MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000

/** Numbers, dates and names as the reader's language writes them. Shares come as 0 to 1, calendar days as 2015-02-22. */
export function formatsOf(language: ReportLanguage, timeZone: string) {
  const locale = LOCALES[language]
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const finePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const unit = (name: string, value: number) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value)
  const dayLong = format({ dateStyle: 'full', timeZone: 'UTC' })
  const dayShort = format({ day: 'numeric', month: 'short', timeZone: 'UTC' })
  const month = format({ month: 'short', year: 'numeric', timeZone: 'UTC' })
  const moment = format({ dateStyle: 'medium', timeStyle: 'short', timeZone })
  const weekday = {
    long: format({ weekday: 'long', timeZone: 'UTC' }),
    short: format({ weekday: 'short', timeZone: 'UTC' }),
  }
  const languages = new Intl.DisplayNames(locale, { type: 'language', fallback: 'code' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const onDay = (day: string) => new Date(`${day}T00:00:00Z`)
  return {
    locale,
    whole: (value: number) => whole.format(value),
    number: (value: number) => one.format(value),
    /** Small shares with a decimal. */
    percent: (share: number) => (share > 0 && share < 0.1 ? finePercent : percent).format(share),
    /** One decimal always, so that columns line up. */
    finePercent: (share: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
        share,
      ),
    duration: (minutes: number) =>
      minutes < 1
        ? unit('minute', 1)
        : minutes < 60
          ? unit('minute', Math.round(minutes))
          : minutes < 48 * 60
            ? unit('hour', minutes / 60)
            : unit('day', minutes / 1440),
    dayLong: (day: string) => dayLong.format(onDay(day)),
    dayShort: (day: string) => dayShort.format(onDay(day)),
    month: (day: string) => month.format(onDay(day)),
    moment: (instant: string) => moment.format(new Date(instant)),
    weekday: (day: number, form: 'long' | 'short' = 'long') => weekday[form].format(MONDAY + day * DAY_MS),
    language: (code: string) => languages.of(code) ?? code,
    list: (items: string[]) => lists.format(items),
  }
}

export type Formats = ReturnType<typeof formatsOf>
