import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import styles from './settings.module.css'

interface Closed {
  from: string
  until: string
  name?: string | undefined
}

/** Days without hours: company holidays, a bridge day. */
export function DaysOff({ value, onChange }: { value: Closed[]; onChange(value: Closed[]): void }) {
  const t = useTexts('accounts')
  const change = (at: number, part: Partial<Closed>) =>
    onChange(value.map((one, index) => (index === at ? { ...one, ...part } : one)))
  const today = new Date().toLocaleDateString('sv')
  return (
    <fieldset className={styles.daysOff}>
      <legend className={styles.strong}>{t('shifts.daysOff')}</legend>
      {value.map(({ from, until, name = '' }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: days off have no other name than their place.
        <div key={index} className={styles.inline}>
          <TextInput
            label={t('shifts.dayOffName')}
            value={name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
            maxLength={100}
          />
          <TextInput
            type="date"
            label={t('shifts.firstDay')}
            value={from}
            onChange={(event) => {
              const day = event.currentTarget.value
              change(index, { from: day, ...(until < day ? { until: day } : {}) })
            }}
            required
          />
          <TextInput
            type="date"
            label={t('shifts.lastDay')}
            value={until}
            min={from}
            onChange={(event) => change(index, { until: event.currentTarget.value })}
            required
          />
          <ActionIcon
            size={30}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
            aria-label={t('shifts.dayOffRemove')}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={12} aria-hidden />}
        onClick={() => onChange([...value, { from: today, until: today }])}
      >
        {t('shifts.dayOffAdd')}
      </Button>
    </fieldset>
  )
}
