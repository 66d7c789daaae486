import { useNavigate, useSearch } from '@tanstack/react-router'
import { KNOWN_NETWORKS, useNetworkName } from '../listening/network-names.ts'
import { useTexts } from '../platform/i18n.ts'
import { FilterBar, FilterChoice } from '../ui/filter-bar.tsx'
import { Place } from '../ui/place.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { AuthorList } from './author-list.tsx'
import { PEOPLE_VIEWS } from './people-views.ts'
import { PersonList } from './person-list.tsx'

/** Says in German, too, what is searched by. */
const SEARCH_WIDTH = 280

/** Accounts are what was heard; persons are whom we know, for a reason. */
export function PeopleScreen() {
  const t = useTexts('people')
  const networkName = useNetworkName()
  const search = useSearch({ from: '/w/$slug/people' })
  const navigate = useNavigate({ from: '/w/$slug/people' })
  const { view = 'authors', q = '', network } = search
  const change = (changed: Record<string, string | undefined>) =>
    void navigate({ search: (before) => ({ ...before, ...changed }) as typeof before, replace: true })
  return (
    <Place
      title={t('rail')}
      fills
      filters={
        <>
          <FilterBar
            label={t('show')}
            options={PEOPLE_VIEWS.map((value) => ({ value, label: t(value) }))}
            value={view}
            onChange={(chosen) => change({ view: chosen, network: undefined })}
          />
          {view === 'authors' && (
            <FilterChoice
              label={t('network')}
              options={KNOWN_NETWORKS.map((value) => ({ value, label: networkName(value) }))}
              value={network ?? null}
              onChange={(chosen) => change({ network: chosen ?? undefined })}
            />
          )}
          <SearchField
            label={t(`search.${view}`)}
            value={q}
            width={SEARCH_WIDTH}
            onChange={(text) => change({ q: text || undefined })}
          />
        </>
      }
    >
      {view === 'authors' ? <AuthorList search={q} network={network} /> : <PersonList search={q} />}
    </Place>
  )
}
