import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { TARGET_MINUTES_MAX } from '../../../../contract/clock-words.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { HOUR_MINUTES, type PutDown, shownUnit } from './shown-unit.ts'

interface MinutesProps {
  label: string
  value: number
  onChange(minutes: number): void
}

/** A length of service time, in minutes or in hours. */
export function MinutesField({ label, value, onChange }: MinutesProps) {
  const t = useTexts('accounts')
  const [putDown, setPutDown] = useState<PutDown | null>(null)
  const unit = shownUnit(value, putDown)
  const put = (amount: number) => {
    const minutes = Math.max(1, Math.round(amount * unit))
    setPutDown({ unit, minutes })
    onChange(minutes)
  }
  return (
    <>
      <NumberInput
        label={label}
        value={value / unit}
        min={1 / unit}
        max={TARGET_MINUTES_MAX / unit}
        onChange={(amount) => put(Number(amount))}
        w={80}
        required
      />
      <Select
        aria-label={t('clocks.unit', { name: label })}
        data={[
          { value: '1', label: t('clocks.minutes') },
          { value: String(HOUR_MINUTES), label: t('clocks.hours') },
        ]}
        value={String(unit)}
        onChange={(chosen) => setPutDown({ unit: Number(chosen ?? 1), minutes: value })}
        allowDeselect={false}
        w={120}
      />
    </>
  )
}
