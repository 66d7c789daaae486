import { IconUserSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { PersonRow } from './person-list-row.tsx'
import type { FoundPerson } from './shapes.ts'

const ROW_PX = 56
const FOUND_MAX = 50

/** Whoever may be meant by what is typed, the likeliest first, each with the reason. */
export function FoundPersons({ text }: { text: string }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const found = useQuery({
    ...useApi().people.search.queryOptions({ input: { text, limit: FOUND_MAX } }),
    placeholderData: keepPreviousData,
  })
  const because = useFoundBecause()
  if (found.error) return <QueryError error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <RowSkeletons />
  if (found.data.persons.length === 0)
    return (
      <Empty icon={IconUserSearch} title={t('nobodyFound.title')}>
        {t('nobodyFound.person')}
      </Empty>
    )
  return (
    <VirtualList<FoundPerson>
      label={t('persons')}
      items={found.data.persons}
      idOf={({ personId }) => personId}
      row={(person) => <PersonRow person={person} because={because(person)} />}
      rowHeight={ROW_PX}
      onOpen={({ personId }) => void navigate({ to: '/w/$slug/people/persons/$personId', params: { slug, personId } })}
      keptAs={`found ${slug} ${text}`}
    />
  )
}

/** By what somebody was found, where it is not the name that stands there anyway. */
export function useFoundBecause(): (person: FoundPerson) => string | null {
  const t = useTexts('people')
  return ({ name, found }) =>
    found.by === 'name' && found.value === name ? null : t(`foundBy.${found.by}`, { value: found.value })
}
