import { ActionIcon, Button, Select, Textarea } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { languageChoices } from '../choices.ts'
import styles from './settings.module.css'

export type Variants = { language: string; text: string }[]
const LANGUAGES_MAX = 20

/** The text in other languages: whoever is written to in one of them gets that one. */
export function MacroVariants({ variants, onChange }: { variants: Variants; onChange(variants: Variants): void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const change = (at: number, next: Partial<Variants[number]>) =>
    onChange(variants.map((variant, index) => (index === at ? { ...variant, ...next } : variant)))
  const languages = variants.map(({ language }) => language).filter(Boolean)
  return (
    <fieldset className={styles.variants}>
      <legend>{t('macros.variants')}</legend>
      {variants.map((variant, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a variant has no name but its place until a language is chosen.
        <div key={at} className={styles.variant}>
          <Select
            label={t('macros.variantLanguage')}
            data={languageChoices(formats, languages).filter(
              ({ value }) => value === variant.language || !languages.includes(value),
            )}
            value={variant.language || null}
            onChange={(language) => change(at, { language: language ?? '' })}
            searchable
            required
          />
          <Textarea
            label={t('macros.variantText')}
            value={variant.text}
            onChange={(event) => change(at, { text: event.currentTarget.value })}
            maxLength={5_000}
            autosize
            minRows={2}
            maxRows={8}
            required
          />
          <ActionIcon
            aria-label={t('macros.variantRemove')}
            onClick={() => onChange(variants.filter((_, index) => index !== at))}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {variants.length < LANGUAGES_MAX && (
        <Button size="compact-sm" onClick={() => onChange([...variants, { language: '', text: '' }])}>
          {t('macros.variantAdd')}
        </Button>
      )}
    </fieldset>
  )
}
