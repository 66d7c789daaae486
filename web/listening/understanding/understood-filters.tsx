import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { INTENTS, SENTIMENTS } from '../../../contract/listening-facts.ts'
import { useTexts } from '../../platform/i18n.ts'
import { FilterChoice } from '../../ui/filter-bar.tsx'
import { OFFENCE, type PostSearch } from '../post-search.ts'

interface UnderstoodFiltersProps {
  search: PostSearch
  onChange(changed: Partial<PostSearch>): void
}

/** By what was understood of posts, and whether posts that say the same share a line. */
export function UnderstoodFilters({ search, onChange }: UnderstoodFiltersProps) {
  const t = useTexts('listening')
  const set = (name: 'sentiment' | 'intent' | 'offensive' | 'group' | 'fold') => (value: string | null) =>
    onChange({ [name]: value ?? undefined } as Partial<PostSearch>)
  return (
    <>
      {search.group && <Chosen text={t('alike.filter')} onRemove={() => set('group')(null)} />}
      {search.fold && <Chosen text={t('alike.unfolded')} onRemove={() => set('fold')(null)} />}
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
    </>
  )
}

/** Chosen elsewhere (beside a post) and taken away here. */
function Chosen({ text, onRemove }: { text: string; onRemove(): void }) {
  return (
    <Button
      variant="light"
      size="compact-sm"
      rightSection={<IconX size={12} stroke={1.8} aria-hidden />}
      onClick={onRemove}
    >
      {text}
    </Button>
  )
}
