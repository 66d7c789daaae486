import { Button } from '@mantine/core'
import { failureOf } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Empty } from '../ui/empty.tsx'
import { QueryError } from '../ui/query-error.tsx'
import type { FoundPosts } from './found-posts.ts'
import styles from './listening.module.css'

/** How far a search has come, in words, when it stopped before it was through; or why it did not work. */
export function SearchState({ found }: { found: FoundPosts }) {
  const t = useTexts('listening')
  const formats = useFormats()
  // What is wrong with a query stands at its field.
  if (found.error && failureOf(found.error).code === 'query-invalid')
    return found.posts.length === 0 ? <Empty title={t('posts.unread')} /> : null
  if (found.error) return <QueryError error={found.error} onRetry={() => void found.refetch()} />
  const back = found.last?.searchedBackTo
  if (!back) return null
  const date = formats.date(back)
  return (
    <div className={styles.searched} role="status">
      <span>
        {t(found.posts.length === 0 ? 'posts.searchedNothing' : 'posts.searchedBackTo', { date })}
        {found.last?.scan ? ` ${t('posts.scan')}` : ''}
      </span>
      {found.hasNextPage && (
        <Button size="compact-xs" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('posts.searchOn')}
        </Button>
      )}
    </div>
  )
}
