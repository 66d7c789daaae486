import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { AuthorAvatar, AuthorLine } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { PagedList } from './paged-list.tsx'
import styles from './people.module.css'
import type { ListedAccount } from './shapes.ts'

const PAGE_AUTHORS = 50

interface AuthorListProps {
  search: string
  network?: string | undefined
}

/** Accounts that were heard, the last heard first. */
export function AuthorList({ search, network }: AuthorListProps) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const list = useInfiniteQuery({
    ...useApi().people.authors.list.infiniteOptions({
      input: (after: string | undefined) => ({
        ...(search ? { search } : {}),
        ...(network ? { network } : {}),
        ...pageAfter(after, PAGE_AUTHORS),
      }),
      ...byCursor,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <PagedList<ListedAccount>
      list={list}
      label={t('authors')}
      idOf={({ authorId }) => authorId}
      row={(author) => <AuthorRow author={author} />}
      onOpen={({ authorId }) => void navigate({ to: '/w/$slug/people/authors/$authorId', params: { slug, authorId } })}
      keptAs={`authors ${slug} ${search} ${network ?? ''}`}
      nothing={
        <Empty icon={IconUsers} title={t(search || network ? 'nobodyFound.title' : 'noAuthors.title')}>
          {t(search || network ? 'nobodyFound.how' : 'noAuthors.how')}
        </Empty>
      }
    />
  )
}

function AuthorRow({ author }: { author: ListedAccount }) {
  const t = useTexts('people')
  const formats = useFormats()
  return (
    <div className={styles.row}>
      <AuthorAvatar author={author} />
      <div className={styles.rowBody}>
        <AuthorLine author={author} />
        <span className={styles.quiet}>
          {t('lastHeard')} <TimeAgo time={author.lastHeardAt} />
          {author.followers !== null && ` · ${t('followers', { number: formats.compact(Number(author.followers)) })}`}
        </span>
      </div>
      {author.person && <Tag tone="accent">{author.person.name}</Tag>}
    </div>
  )
}
