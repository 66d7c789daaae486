import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTexts } from '../../../platform/i18n.ts'
import styles from '../settings.module.css'
import type { CalendarRules } from './clock-shapes.ts'

type Special = CalendarRules['special'][number]

/** Days with hours of their own, one stretch each: a Sunday on duty, Christmas Eve until noon. */
export function SpecialDays({ value, onChange }: { value: Special[]; onChange(value: Special[]): void }) {
  const t = useTexts('accounts')
  const change = (at: number, part: Partial<Special>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const today = new Date().toLocaleDateString('sv')
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t('clocks.specialDays')}</legend>
      {value.map((one, index) => {
        const [first = { from: '10:00', until: '14:00' }, ...more] = one.hours
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: special days have no other name than their place.
          <div key={index} className={styles.inline}>
            <TextInput
              label={t('clocks.dayName')}
              value={one.name ?? ''}
              onChange={(event) => change(index, { name: event.currentTarget.value })}
              maxLength={100}
            />
            <TextInput
              type="date"
              label={t('clocks.day')}
              value={one.day}
              onChange={(event) => change(index, { day: event.currentTarget.value })}
              required
            />
            <TextInput
              type="time"
              label={t('clocks.from')}
              value={first.from}
              onChange={(event) => change(index, { hours: [{ ...first, from: event.currentTarget.value }, ...more] })}
              required
            />
            <TextInput
              type="time"
              label={t('clocks.until')}
              value={first.until === '24:00' ? '00:00' : first.until}
              onChange={(event) => {
                const until = event.currentTarget.value
                change(index, { hours: [{ ...first, until: until === '00:00' ? '24:00' : until }, ...more] })
              }}
              required
            />
            <ActionIcon
              size={30}
              onClick={() => onChange(value.filter((_, at) => at !== index))}
              aria-label={t('clocks.dayRemove', { day: one.day })}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        )
      })}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={12} aria-hidden />}
        onClick={() => onChange([...value, { day: today, hours: [{ from: '10:00', until: '14:00' }] }])}
      >
        {t('clocks.specialAdd')}
      </Button>
    </fieldset>
  )
}
