import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { FilterBar } from '../ui/filter-bar.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { FilterButton, FilterChips, OrderMenu } from './filter-controls.tsx'
import styles from './list.module.css'
import { countsQuery } from './list-query.ts'
import { SavedViews } from './saved-views.tsx'
import { type InboxSearch, plain, STATES, stateOf } from './search.ts'

interface ControlsProps {
  search: InboxSearch
  onSearch(search: InboxSearch): void
}

/** The states, what the list is narrowed to, and the search. */
export function Filters({ search, onSearch }: ControlsProps) {
  const t = useTexts('inbox')
  const { data } = useQuery(countsQuery(useApi(), search))
  const counted = (index: number) => ({ count: data?.counts[index]?.count, more: data?.counts[index]?.more })
  return (
    <>
      <FilterBar
        label={t('state.title')}
        value={stateOf(search)}
        options={STATES.map((state, index) => ({ value: state, label: t(`state.${state}`), ...counted(index) }))}
        onChange={(state) => onSearch(plain({ ...search, state: STATES.find((each) => each === state) }))}
      />
      <FilterChips search={search} onChange={onSearch} />
      <SearchField
        label={t('search')}
        width={230}
        value={search.q ?? ''}
        onChange={(q) => onSearch(plain({ ...search, q: q || undefined }))}
      />
    </>
  )
}

/** Views, filters and order; on a phone only their signs, beside the title. */
export function Controls({ search, onSearch }: ControlsProps) {
  return (
    <div className={styles.controls}>
      <SavedViews search={search} onChange={onSearch} />
      <FilterButton search={search} onChange={onSearch} />
      <OrderMenu search={search} onChange={onSearch} />
    </div>
  )
}
