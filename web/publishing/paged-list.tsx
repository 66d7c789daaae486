import { type ReactNode, useMemo } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import styles from './publishing.module.css'

interface Pages<Item> {
  data: { pages: { items: Item[] }[] } | undefined
  error: Error | null
  hasNextPage: boolean
  isFetchingNextPage: boolean
  refetch(): unknown
  fetchNextPage(): unknown
}

interface PagedListProps<Item> {
  label: string
  pages: Pages<Item>
  row(item: Item): ReactNode
  /** Where there is nothing. */
  empty: ReactNode
}

/** A list that fills its place and goes on by a button. */
export function PagedList<Item>({ label, pages, row, empty }: PagedListProps<Item>) {
  const t = useTexts('publishing')
  const { data, error, hasNextPage, isFetchingNextPage } = pages
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className={styles.scroller} tabIndex={0} aria-label={label}>
      {error && !data ? (
        <QueryError error={error} onRetry={() => void pages.refetch()} />
      ) : !data ? (
        <RowSkeletons />
      ) : items.length === 0 ? (
        empty
      ) : (
        <ol className={styles.list}>{items.map(row)}</ol>
      )}
      {hasNextPage && (
        <button
          type="button"
          className={styles.more}
          disabled={isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('more')}
        </button>
      )}
    </section>
  )
}
