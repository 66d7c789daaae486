import { Select } from '@mantine/core'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'

const PERSON_LANGUAGES = ['de', 'nl', 'en'] as const
export type PersonLanguage = (typeof PERSON_LANGUAGES)[number]

interface LanguageChoiceProps {
  /** Absent: that of the person. */
  label?: string
  value: PersonLanguage
  onChange(language: PersonLanguage): void
}

/** In which of the languages that Rapport writes a person is answered. */
export function LanguageChoice({ label, value, onChange }: LanguageChoiceProps) {
  const t = useTexts('privacy')
  const formats = useFormats()
  return (
    <Select
      label={label ?? t('protection.language')}
      data={PERSON_LANGUAGES.map((language) => ({ value: language, label: formats.languageName(language) }))}
      value={value}
      allowDeselect={false}
      onChange={(language) => language && onChange(language as PersonLanguage)}
    />
  )
}
