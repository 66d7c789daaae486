import { TextInput } from '@mantine/core'
import { useId } from 'react'
import { useNetworkName } from '../../listening/network-names.ts'
import { useTexts } from '../../platform/i18n.ts'
import { FilterChoice } from '../../ui/filter-bar.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { TIMELINE_KINDS } from '../addresses.ts'
import styles from './person.module.css'
import type { TimelineFilter, TimelineKind } from './timeline-filter.ts'

const SEARCH_WIDTH = 200

interface TimelineFiltersProps {
  filter: TimelineFilter
  networks: readonly string[]
  onChange(change: Partial<TimelineFilter>): void
}

/** Kind, network, words and period: what of the timeline is shown. Stands in the address. */
export function TimelineFilters({ filter, networks, onChange }: TimelineFiltersProps) {
  const t = useTexts('people')
  const networkName = useNetworkName()
  return (
    <div className={styles.filters}>
      <FilterChoice
        label={t('filter.kind')}
        options={TIMELINE_KINDS.map((value) => ({ value, label: t(`filter.${value}`) }))}
        value={filter.only ?? null}
        onChange={(only) => onChange(ofKind((only ?? undefined) as TimelineKind | undefined))}
      />
      {networks.length > 1 && (
        <FilterChoice
          label={t('network')}
          options={networks.map((value) => ({ value, label: networkName(value) }))}
          value={filter.network ?? null}
          onChange={(network) => onChange({ network: network ?? undefined })}
        />
      )}
      <Day label={t('filter.from')} value={filter.from} onChange={(from) => onChange({ from })} />
      <Day label={t('filter.until')} value={filter.until} onChange={(until) => onChange({ until })} />
      <SearchField
        label={t('filter.text')}
        value={filter.text ?? ''}
        width={SEARCH_WIDTH}
        onChange={(text) => onChange(text ? { text, only: undefined } : { text: undefined })}
      />
    </div>
  )
}

/** Only posts have words: another kind and words would find nothing together. */
const ofKind = (only: TimelineKind | undefined): Partial<TimelineFilter> =>
  only === undefined || only === 'posts' ? { only } : { only, text: undefined }

interface DayProps {
  label: string
  value: string | undefined
  onChange(day: string | undefined): void
}

function Day({ label, value, onChange }: DayProps) {
  const id = useId()
  return (
    <span className={styles.day}>
      <label htmlFor={id}>{label}</label>
      <TextInput
        id={id}
        type="date"
        size="xs"
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    </span>
  )
}
