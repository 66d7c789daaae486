import { IconUserHeart } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ConsentPurpose } from '../../contract/people-consent.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { FoundPersons } from './found-persons.tsx'
import { PagedList } from './paged-list.tsx'
import type { PersonBasis, PersonStatement } from './person-filters.tsx'
import { PersonRow } from './person-list-row.tsx'
import type { ListedPerson } from './shapes.ts'

const PAGE_PERSONS = 50

interface PersonListProps {
  search: string
  basis: PersonBasis | undefined
  said: PersonStatement | undefined
}

/** Whom we know: by name, or whoever may be meant by what is typed. Among those who said something, names begin with it. */
export const PersonList = ({ search, ...filters }: PersonListProps) =>
  search.trim() === '' || filters.basis || filters.said ? (
    <ListedPersons search={search.trim()} {...filters} />
  ) : (
    <FoundPersons text={search.trim()} />
  )

function ListedPersons({ search, basis, said }: PersonListProps) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const formats = useFormats()
  const navigate = useNavigate()
  const asked = { search: search || undefined, basis, ...statementOf(said) }
  const list = useInfiniteQuery({
    ...useApi().people.persons.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...pageAfter(after, PAGE_PERSONS), ...asked }),
      ...byCursor,
    }),
    placeholderData: keepPreviousData,
  })
  const filtered = search !== '' || basis !== undefined || said !== undefined
  return (
    <PagedList<ListedPerson>
      list={list}
      label={t('persons')}
      idOf={({ personId }) => personId}
      row={(person) => (
        <PersonRow
          person={person}
          because={
            said && person.saidAt
              ? t('keptFor.since', { said: t(`keptFor.statements.${said}`), date: formats.date(person.saidAt) })
              : null
          }
        />
      )}
      onOpen={({ personId }) => void navigate({ to: '/w/$slug/people/persons/$personId', params: { slug, personId } })}
      keptAs={`persons ${slug} ${search} ${basis ?? ''} ${said ?? ''}`}
      nothing={
        filtered ? (
          <Empty icon={IconUserHeart} title={t('keptFor.nobody')}>
            {t('keptFor.nobodyHow')}
          </Empty>
        ) : (
          <Empty icon={IconUserHeart} title={t('noPersons.title')}>
            {t('noPersons.how')}
          </Empty>
        )
      }
    />
  )
}

/** 'objects-contact', 'given-linking' as the API asks for them. */
function statementOf(said: PersonStatement | undefined) {
  if (!said) return {}
  const [state, kind] = said.split('-') as [string, string]
  return state === 'objects'
    ? { objection: kind as 'contact' | 'profiling' }
    : { consent: kind as ConsentPurpose, consentState: state as 'given' | 'withdrawn' }
}
