import { useNavigate, useSearch } from '@tanstack/react-router'
import { KNOWN_NETWORKS, useNetworkName } from '../listening/network-names.ts'
import { useTexts } from '../platform/i18n.ts'
import { FilterChoice } from '../ui/filter-bar.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { AuthorList } from './author-list.tsx'
import { PeoplePlace } from './people-place.tsx'
import { PersonFilters } from './person-filters.tsx'
import { PersonList } from './person-list.tsx'

/** Says in German, too, what is searched by. */
const SEARCH_WIDTH = 320

/** Accounts are what was heard; persons are whom we know, for a reason. */
export function PeopleScreen() {
  const t = useTexts('people')
  const networkName = useNetworkName()
  const search = useSearch({ from: '/w/$slug/people' })
  const navigate = useNavigate({ from: '/w/$slug/people' })
  const { view = 'persons', q = '', network, basis, said } = search
  const change = (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }) as typeof before, replace: true })
  return (
    <PeoplePlace
      tab={view}
      title={t(view)}
      fills
      filters={
        <>
          {view === 'authors' && (
            <FilterChoice
              label={t('network')}
              options={KNOWN_NETWORKS.map((value) => ({ value, label: networkName(value) }))}
              value={network ?? null}
              onChange={(chosen) => change({ network: chosen ?? undefined })}
            />
          )}
          {view === 'persons' && <PersonFilters basis={basis} said={said} onChange={change} />}
          <SearchField
            label={t(`search.${view}`)}
            value={q}
            width={SEARCH_WIDTH}
            onChange={(text) => change({ q: text || undefined })}
          />
        </>
      }
    >
      {view === 'authors' ? (
        <AuthorList search={q} network={network} />
      ) : (
        <PersonList search={q} basis={basis} said={said} />
      )}
    </PeoplePlace>
  )
}
