import { useQuery } from '@tanstack/react-query'
import { INTENTS, SENTIMENTS } from '../../contract/listening-facts.ts'
import { useFilterKinds } from '../inbox/filter-kinds.ts'
import { filtersOf, type InboxSearch, searchOfFilters } from '../inbox/search.ts'
import { LISTENED_LANGUAGES } from '../listening/languages.ts'
import { KNOWN_NETWORKS, useNetworkName } from '../listening/network-names.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { FilterChoice } from '../ui/filter-bar.tsx'
import type { Column, PostColumn, QueueColumn } from './shapes.ts'

interface ColumnFiltersProps {
  column: Column
  onChange(column: Column): void
}

/** What a column is narrowed to: as a search of posts, or as a list of conversations. */
export function ColumnFilters({ column, onChange }: ColumnFiltersProps) {
  if (column.kind === 'approvals') return null
  return column.kind === 'queue' ? (
    <QueueFilters column={column} onChange={onChange} />
  ) : (
    <PostFilters column={column} onChange={onChange} />
  )
}

type Narrowing = PostColumn['filters']

function PostFilters({ column, onChange }: { column: PostColumn; onChange(column: PostColumn): void }) {
  const t = useTexts('columns')
  const formats = useFormats()
  const networkName = useNetworkName()
  const { filters } = column
  const set = (change: { [Name in keyof Narrowing]?: Narrowing[Name] | undefined }) => {
    const kept = Object.entries({ ...filters, ...change }).filter(([, value]) => value !== undefined)
    onChange({ ...column, filters: Object.fromEntries(kept) as Narrowing })
  }
  const segments = useSegments()
  return (
    <>
      <FilterChoice
        label={t('listening:understood.facts.sentiment')}
        options={SENTIMENTS.map((value) => ({ value, label: t(`listening:understood.sentiments.${value}`) }))}
        value={filters.sentiment ?? null}
        onChange={(value) => set({ sentiment: (value ?? undefined) as Narrowing['sentiment'] })}
      />
      <FilterChoice
        label={t('listening:understood.facts.intent')}
        options={INTENTS.map((value) => ({ value, label: t(`listening:understood.intents.${value}`) }))}
        value={filters.intent ?? null}
        onChange={(value) => set({ intent: (value ?? undefined) as Narrowing['intent'] })}
      />
      <FilterChoice
        label={t('listening:understood.facts.offensive')}
        options={(['yes', 'no'] as const).map((value) => ({
          value,
          label: t(`listening:understood.offence.${value}`),
        }))}
        value={filters.offensive === undefined ? null : filters.offensive ? 'yes' : 'no'}
        onChange={(value) => set({ offensive: value === null ? undefined : value === 'yes' })}
      />
      <FilterChoice
        label={t('listening:filter.network')}
        options={KNOWN_NETWORKS.map((value) => ({ value, label: networkName(value) }))}
        value={filters.network ?? null}
        onChange={(value) => set({ network: value ?? undefined })}
      />
      <FilterChoice
        label={t('listening:filter.language')}
        options={LISTENED_LANGUAGES.map((value) => ({ value, label: formats.languageName(value) }))}
        value={filters.language ?? null}
        onChange={(value) => set({ language: value ?? undefined })}
      />
      <FilterChoice
        label={t('listening:filter.direction')}
        options={(['in', 'out'] as const).map((value) => ({ value, label: t(`listening:filter.directions.${value}`) }))}
        value={filters.direction ?? null}
        onChange={(value) => set({ direction: (value ?? undefined) as Narrowing['direction'] })}
      />
      <FilterChoice
        label={t('listening:noise.filter.title')}
        options={(['only', 'without'] as const).map((value) => ({
          value,
          label: t(`listening:noise.filter.${value}`),
        }))}
        value={filters.noise ?? null}
        onChange={(value) => set({ noise: (value ?? undefined) as Narrowing['noise'] })}
      />
      {segments.length > 0 && (
        <FilterChoice
          label={t('listening:filter.segment')}
          options={segments}
          value={filters.segmentId ?? null}
          onChange={(value) => set({ segmentId: value ?? undefined })}
        />
      )}
    </>
  )
}

function useSegments(): { value: string; label: string }[] {
  const mayReadPeople = useMay('people.read')
  const { data } = useQuery({
    ...useApi().people.segments.list.queryOptions({ input: { counts: 'false' } }),
    enabled: mayReadPeople,
  })
  return (data?.items ?? []).map(({ segmentId, name }) => ({ value: segmentId, label: name }))
}

const STATES = ['open', 'snoozed', 'closed'] as const

/** The filters of the inbox, with its words. */
function QueueFilters({ column, onChange }: { column: QueueColumn; onChange(column: QueueColumn): void }) {
  const t = useTexts('columns')
  const kinds = useFilterKinds()
  const search = searchOfFilters(column.filters)
  const set = (change: Partial<Record<keyof InboxSearch, string | undefined>>) => {
    const kept = Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)
    const next = Object.fromEntries(kept) as InboxSearch
    const { unanswered } = column.filters
    onChange({ ...column, filters: { ...filtersOf(next), ...(unanswered && { unanswered }) } })
  }
  return (
    <>
      <FilterChoice
        label={t('inbox:state.title')}
        options={STATES.map((value) => ({ value, label: t(`inbox:state.${value}`) }))}
        value={column.filters.state ?? null}
        onChange={(value) => set({ state: value ?? 'all' })}
      />
      {kinds
        .filter(({ options }) => options.length > 0)
        .map(({ key, label, options, excludes }) => (
          <FilterChoice
            key={key}
            label={label}
            options={options}
            value={typeof search[key] === 'string' ? search[key] : null}
            onChange={(value) =>
              set({ ...Object.fromEntries(excludes.map((other) => [other, undefined])), [key]: value ?? undefined })
            }
          />
        ))}
    </>
  )
}
