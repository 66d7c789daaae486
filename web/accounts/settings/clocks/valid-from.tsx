import { TextInput } from '@mantine/core'
import { useTexts } from '../../../platform/i18n.ts'

/** From when a new version holds; empty is now. */
export function ValidFrom({ value, onChange, why }: { value: string; onChange(value: string): void; why: string }) {
  const t = useTexts('accounts')
  return (
    <TextInput
      type="datetime-local"
      label={t('clocks.validFrom')}
      description={why}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
