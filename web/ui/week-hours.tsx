import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './week-hours.module.css'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
type Day = (typeof DAYS)[number]
interface Span {
  from: string
  until: string
}
export type WeekHours = Record<Day, Span[]>

/** A day that began on a Monday; the weekdays of the week after it are named by it. */
const A_MONDAY = Date.UTC(2024, 0, 1)
const DAY_MS = 86_400_000
const SPANS_MAX = 12
const MIDNIGHT = '24:00'

export const everyWeekday = (from: string, until: string): WeekHours =>
  Object.fromEntries(DAYS.map((day, index) => [day, index < 5 ? [{ from, until }] : []])) as unknown as WeekHours

/** Hours of each weekday, split as often as a day is. The end of a day is its midnight. */
export function WeekHoursField({ value, onChange }: { value: WeekHours; onChange(value: WeekHours): void }) {
  const { locale } = useFormats()
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  return (
    <div className={styles.week}>
      {DAYS.map((day, index) => (
        <DayHours
          key={day}
          name={name.format(A_MONDAY + index * DAY_MS)}
          spans={value[day]}
          onChange={(spans) => onChange({ ...value, [day]: spans })}
        />
      ))}
    </div>
  )
}

function DayHours({ name, spans, onChange }: { name: string; spans: Span[]; onChange(spans: Span[]): void }) {
  const t = useTexts('ui')
  const change = (at: number, part: Partial<Span>) =>
    onChange(spans.map((span, index) => (index === at ? { ...span, ...part } : span)))
  const more = () => onChange([...spans, spans.length === 0 ? { from: '09:00', until: '17:00' } : after(spans)])
  return (
    <fieldset className={styles.day}>
      <legend className={styles.name}>{name}</legend>
      <div className={styles.spans}>
        {spans.map((span, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hours have no other name than their place.
          <span key={index} className={styles.span}>
            <TextInput
              type="time"
              aria-label={t('hours.from', { day: name })}
              value={span.from}
              onChange={(event) => change(index, { from: event.currentTarget.value })}
              required
            />
            –
            <TextInput
              type="time"
              aria-label={t('hours.until', { day: name })}
              value={span.until === MIDNIGHT ? '00:00' : span.until}
              onChange={(event) => {
                const until = event.currentTarget.value
                change(index, { until: until === '00:00' ? MIDNIGHT : until })
              }}
              required
            />
            <ActionIcon
              onClick={() => onChange(spans.filter((_, at) => at !== index))}
              aria-label={t('hours.remove', { day: name })}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        ))}
        {spans.length < SPANS_MAX && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={12} aria-hidden />}
            onClick={more}
            aria-label={t('hours.addOn', { day: name })}
          >
            {t('hours.add')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

/** After the break that most have. */
function after(spans: Span[]): Span {
  const last = spans.at(-1)?.until ?? '12:00'
  const hour = Math.min(Number(last.slice(0, 2)) + 1, 23)
  return { from: `${String(hour).padStart(2, '0')}:00`, until: MIDNIGHT }
}
