import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { TARGET_MINUTES_MAX } from '../../../../contract/clock-words.ts'
import { useTexts } from '../../../platform/i18n.ts'

interface MinutesProps {
  label: string
  value: number
  onChange(minutes: number): void
}

const HOUR = 60

/** A length of service time, in minutes or in hours as it was begun. */
export function MinutesField({ label, value, onChange }: MinutesProps) {
  const t = useTexts('accounts')
  const [unit, setUnit] = useState(value % HOUR === 0 ? HOUR : 1)
  return (
    <>
      <NumberInput
        label={label}
        value={value / unit}
        min={1 / unit}
        max={TARGET_MINUTES_MAX / unit}
        onChange={(amount) => onChange(Math.max(1, Math.round(Number(amount) * unit)))}
        w={80}
        required
      />
      <Select
        aria-label={t('clocks.unit', { name: label })}
        data={[
          { value: '1', label: t('clocks.minutes') },
          { value: String(HOUR), label: t('clocks.hours') },
        ]}
        value={String(unit)}
        onChange={(chosen) => setUnit(Number(chosen ?? 1))}
        allowDeselect={false}
        w={100}
      />
    </>
  )
}
