import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { AuthorAvatar, AuthorLine } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import styles from './people.module.css'
import type { ListedAccount } from './shapes.ts'

const ROW_PX = 56
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
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />
  if (list.isPending) return <RowSkeletons />
  const items = list.data.pages.flatMap((page) => page.items)
  if (items.length === 0)
    return (
      <Empty icon={IconUsers} title={t(search || network ? 'nobodyFound.title' : 'noAuthors.title')}>
        {t(search || network ? 'nobodyFound.how' : 'noAuthors.how')}
      </Empty>
    )
  return (
    <VirtualList<ListedAccount>
      label={t('authors')}
      items={items}
      idOf={({ authorId }) => authorId}
      rowHeight={ROW_PX}
      row={(author) => <AuthorRow author={author} />}
      onOpen={({ authorId }) => void navigate({ to: '/w/$slug/people/authors/$authorId', params: { slug, authorId } })}
      hasMore={list.hasNextPage}
      onMore={() => void (list.isFetchingNextPage || list.fetchNextPage())}
      keptAs={`authors ${slug} ${search} ${network ?? ''}`}
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
