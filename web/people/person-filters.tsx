import { useTexts } from '../platform/i18n.ts'
import { FilterChoice } from '../ui/filter-bar.tsx'
import { PERSON_BASES, PERSON_STATEMENTS } from './addresses.ts'

export type PersonBasis = (typeof PERSON_BASES)[number]
export type PersonStatement = (typeof PERSON_STATEMENTS)[number]

interface PersonFiltersProps {
  basis: PersonBasis | undefined
  said: PersonStatement | undefined
  onChange(changed: { basis?: string | undefined; said?: string | undefined }): void
}

/** Why persons are kept, and what they agreed or objected to. */
export function PersonFilters({ basis, said, onChange }: PersonFiltersProps) {
  const t = useTexts('people')
  return (
    <>
      <FilterChoice
        label={t('keptFor.basis')}
        options={PERSON_BASES.map((value) => ({ value, label: t(`keptFor.bases.${value}`) }))}
        value={basis ?? null}
        onChange={(chosen) => onChange({ basis: chosen ?? undefined })}
      />
      <FilterChoice
        label={t('keptFor.said')}
        options={PERSON_STATEMENTS.map((value) => ({ value, label: t(`keptFor.statements.${value}`) }))}
        value={said ?? null}
        onChange={(chosen) => onChange({ said: chosen ?? undefined })}
      />
    </>
  )
}
