import { IconUserHeart } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { FoundPersons } from './found-persons.tsx'
import { PagedList } from './paged-list.tsx'
import { PersonRow } from './person-list-row.tsx'
import type { ListedPerson } from './shapes.ts'

const PAGE_PERSONS = 50

/** Whom we know: by name, or whoever may be meant by what is typed. */
export const PersonList = ({ search }: { search: string }) =>
  search.trim() === '' ? <AllPersons /> : <FoundPersons text={search.trim()} />

function AllPersons() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const list = useInfiniteQuery({
    ...useApi().people.persons.list.infiniteOptions({
      input: (after: string | undefined) => pageAfter(after, PAGE_PERSONS),
      ...byCursor,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList<ListedPerson>
      list={list}
      label={t('persons')}
      idOf={({ personId }) => personId}
      row={(person) => <PersonRow person={person} />}
      onOpen={({ personId }) => void navigate({ to: '/w/$slug/people/persons/$personId', params: { slug, personId } })}
      keptAs={`persons ${slug}`}
      nothing={
        <Empty icon={IconUserHeart} title={t('noPersons.title')}>
          {t('noPersons.how')}
        </Empty>
      }
    />
  )
}
