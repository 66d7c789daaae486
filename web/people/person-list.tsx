import { IconUserHeart } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { handleText } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Empty } from '../ui/empty.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { PagedList } from './paged-list.tsx'
import styles from './people.module.css'
import type { ListedPerson } from './shapes.ts'

const PAGE_PERSONS = 50

/** Whom we know, by name, with their accounts. */
export function PersonList({ search }: { search: string }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const list = useInfiniteQuery({
    ...useApi().people.persons.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...(search ? { search } : {}), ...pageAfter(after, PAGE_PERSONS) }),
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
      keptAs={`persons ${slug} ${search}`}
      nothing={
        <Empty icon={IconUserHeart} title={t(search ? 'nobodyFound.title' : 'noPersons.title')}>
          {t(search ? 'nobodyFound.how' : 'noPersons.how')}
        </Empty>
      }
    />
  )
}

function PersonRow({ person }: { person: ListedPerson }) {
  const t = useTexts('people')
  const formats = useFormats()
  return (
    <div className={styles.row}>
      <Avatar name={person.name} />
      <div className={styles.rowBody}>
        <span className={styles.name}>{person.name}</span>
        <span className={styles.quiet}>
          {person.authors.map((author) => (
            <span key={author.authorId} className={styles.handle}>
              <NetworkMark network={author.network} size={12} />{' '}
              {author.handle ? handleText(author.handle) : (author.name ?? '')}
            </span>
          ))}
          {person.authors.length === 0 && t('noAccounts')}
        </span>
      </div>
      <span className={styles.quiet}>{person.language && formats.languageName(person.language)}</span>
    </div>
  )
}
