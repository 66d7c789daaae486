import { SegmentedControl } from '@mantine/core'
import { LANGUAGES, type Language, useTexts } from '../platform/i18n.ts'

interface LanguageTabsProps {
  value: Language
  /** Absent: all that the product speaks. */
  among?: readonly Language[]
  onChange(language: Language): void
}

export function LanguageTabs({ value, among = LANGUAGES, onChange }: LanguageTabsProps) {
  const t = useTexts('guidelines')
  if (among.length < 2) return null
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language')}
      data={among.map((language) => ({ value: language, label: t(`languageName.${language}`) }))}
      value={value}
      onChange={(next) => onChange(next as Language)}
    />
  )
}
