import { Checkbox, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../../../platform/formats.ts'
import { useLanguage, useTexts } from '../../../platform/i18n.ts'
import { useApi } from '../../../platform/session.ts'
import styles from '../settings.module.css'
import type { CalendarRules } from './clock-shapes.ts'

/** Public holidays of a place, and on which of them the desk works all the same. */
export function HolidaysField({ rules, onChange }: { rules: CalendarRules; onChange(rules: CalendarRules): void }) {
  const t = useTexts('accounts')
  const { holidays } = rules
  const set = (place: { country?: string | null; state?: string | null }) => {
    const { holidays: _, ...rest } = rules
    const country = place.country === undefined ? holidays?.country : place.country
    if (!country) return onChange(rest)
    const kept = { types: holidays?.types ?? ['public' as const], worked: holidays?.worked ?? [] }
    onChange({ ...rest, holidays: { country, ...kept, ...(place.state ? { state: place.state } : {}) } })
  }
  const countries = useCountries()
  const states = usePlaces(holidays ? { country: holidays.country } : null)
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t('clocks.holidays')}</legend>
      <div className={styles.inline}>
        <Select
          label={t('clocks.country')}
          placeholder={t('clocks.noHolidays')}
          data={countries}
          value={holidays?.country ?? null}
          onChange={(country) => set({ country })}
          searchable
          clearable
        />
        {holidays && states.length > 0 && (
          <Select
            label={t('clocks.state')}
            placeholder={t('clocks.wholeCountry')}
            data={states}
            value={holidays.state ?? null}
            onChange={(state) => set({ state })}
            searchable
            clearable
          />
        )}
      </div>
      {holidays && <Worked rules={rules} onChange={onChange} />}
    </fieldset>
  )
}

/** In the reader's words: the list itself names them as they do at home. */
function useCountries() {
  const { locale } = useFormats()
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  return usePlaces({})
    .map(({ value, label }) => ({ value, label: names.of(value) ?? label }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale))
}

function usePlaces(within: { country?: string } | null) {
  const { places } = useApi().inbox.clocks.calendars
  const language = useLanguage()
  const { data } = useQuery({
    ...places.queryOptions({ input: { ...within, language }, staleTime: Number.POSITIVE_INFINITY }),
    enabled: within !== null,
  })
  return (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }))
}

function Worked({ rules, onChange }: { rules: CalendarRules; onChange(rules: CalendarRules): void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const language = useLanguage()
  const year = new Date().getFullYear()
  const { preview } = useApi().inbox.clocks.calendars
  const { data } = useQuery(preview.queryOptions({ input: { rules, year }, placeholderData: (known) => known }))
  const { holidays } = rules
  if (!holidays || !data) return null
  const worked = new Set(holidays.worked)
  const flip = (rule: string) => {
    const next = worked.has(rule) ? [...worked].filter((one) => one !== rule) : [...worked, rule]
    onChange({ ...rules, holidays: { ...holidays, worked: next } })
  }
  return (
    <details>
      <summary>{t('clocks.holidaysOf', { count: data.holidays.length - worked.size, year })}</summary>
      <p className={styles.muted}>{t('clocks.workedWhy')}</p>
      <div className={styles.scopes}>
        {data.holidays.map(({ day, rule, names }) => (
          <Checkbox
            key={`${day} ${rule}`}
            label={`${names[language]} · ${formats.date(new Date(`${day}T12:00:00Z`))}`}
            checked={!worked.has(rule)}
            onChange={() => flip(rule)}
          />
        ))}
      </div>
    </details>
  )
}
