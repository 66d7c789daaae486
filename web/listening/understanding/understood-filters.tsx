import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { INTENTS, SENTIMENTS } from '../../../contract/listening-facts.ts'
import { useTexts } from '../../platform/i18n.ts'
import { FilterChoice } from '../../ui/filter-bar.tsx'
import { FOLDS, OFFENCE, type PostSearch } from '../post-search.ts'

interface UnderstoodFiltersProps {
  search: PostSearch
  onChange(changed: Partial<PostSearch>): void
}

/** By what was understood of posts, and whether posts that say the same share a line. */
export function UnderstoodFilters({ search, onChange }: UnderstoodFiltersProps) {
  const t = useTexts('listening')
  const set = (name: 'sentiment' | 'intent' | 'offensive' | 'fold') => (value: string | null) =>
    onChange({ [name]: value ?? undefined } as Partial<PostSearch>)
  return (
    <>
      {search.group && (
        <Button
          variant="light"
          size="compact-sm"
          rightSection={<IconX size={12} stroke={1.8} aria-hidden />}
          onClick={() => onChange({ group: undefined } as Partial<PostSearch>)}
        >
          {t('alike.filter')}
        </Button>
      )}
      <FilterChoice
        label={t('understood.facts.sentiment')}
        options={SENTIMENTS.map((value) => ({ value, label: t(`understood.sentiments.${value}`) }))}
        value={search.sentiment ?? null}
        onChange={set('sentiment')}
      />
      <FilterChoice
        label={t('understood.facts.intent')}
        options={INTENTS.map((value) => ({ value, label: t(`understood.intents.${value}`) }))}
        value={search.intent ?? null}
        onChange={set('intent')}
      />
      <FilterChoice
        label={t('understood.facts.offensive')}
        options={OFFENCE.map((value) => ({ value, label: t(`understood.offence.${value}`) }))}
        value={search.offensive ?? null}
        onChange={set('offensive')}
      />
      {!search.group && (
        <FilterChoice
          label={t('alike.fold')}
          options={FOLDS.map((value) => ({ value, label: t(`alike.folds.${value}`) }))}
          value={search.fold ?? null}
          onChange={set('fold')}
        />
      )}
    </>
  )
}
