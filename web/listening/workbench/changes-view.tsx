import { Button, SegmentedControl } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { ORDERS, type Order } from './addresses.ts'
import type { Comparison, FigureRange } from './answers.ts'
import type { Settled } from './draft-answers.ts'
import { useFigureText } from './figure-text.ts'
import { PostFeed } from './post-feed.tsx'
import { RestsOn, UnstoredMatches } from './rests-on.tsx'
import type { Sorting } from './sorting.ts'
import styles from './workbench.module.css'

const PAGE_POSTS = 50

interface ChangesViewProps {
  /** Null: nothing was answered yet. */
  comparison: Comparison | null
  settled: Settled & { topicId: string }
  order: Order
  onOrder(order: Order): void
  sorting: Sorting
}

/** What the draft brings and what it costs, against what is saved. */
export function ChangesView({ comparison, settled, order, onOrder, sorting }: ChangesViewProps) {
  const t = useTexts('listening')
  const figureText = useFigureText()
  if (!comparison) return <TextSkeleton lines={8} />
  const { gained, lost, unchanged, saved, restsOn, period, gainedUnstored } = comparison
  const lists = { settled, order, sorting }
  return (
    <div className={styles.view}>
      <section className={styles.finding}>
        <p className={styles.headline} role="status">
          {t('workbench.changes.finding', {
            gained: figureText(gained),
            lost: figureText(lost),
            version: saved.version,
          })}
        </p>
        <p className={styles.quiet}>
          {t('workbench.changes.unchanged', { count: Math.round(unchanged.value), number: figureText(unchanged) })}
        </p>
        <RestsOn restsOn={restsOn} period={period} />
        <UnstoredMatches unstored={gainedUnstored} />
      </section>
      <div className={styles.listHead}>
        <SegmentedControl
          size="xs"
          aria-label={t('workbench.order.label')}
          value={order}
          onChange={onOrder}
          data={ORDERS.map((each) => ({ value: each, label: t(`workbench.order.${each}`) }))}
        />
      </div>
      <div className={styles.sideBySide}>
        <ChangedPosts which="gained" figure={gained} {...lists} />
        <ChangedPosts which="lost" figure={lost} {...lists} />
      </div>
    </div>
  )
}

interface ChangedPostsProps extends Pick<ChangesViewProps, 'settled' | 'order' | 'sorting'> {
  which: 'gained' | 'lost'
  figure: FigureRange
}

function ChangedPosts({ which, figure, settled, order, sorting }: ChangedPostsProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const figureText = useFigureText()
  const { input, topicId } = settled
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    ...useApi().listening.workbench.changed.infiniteOptions({
      input: (after: string | undefined) => ({ ...input, topicId, which, order, ...pageAfter(after, PAGE_POSTS) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => (page.state === 'answered' ? (page.nextCursor ?? undefined) : undefined),
    }),
    placeholderData: keepPreviousData,
  })
  const pages = data?.pages.flatMap((page) => (page.state === 'answered' ? page : [])) ?? []
  const posts = pages.flatMap(({ items }) => items)
  const last = pages.at(-1)
  const title = t(`workbench.changes.${which}`)
  return (
    <section className={styles.side} data-which={which}>
      <h3 className={styles.listTitle}>
        {title} <span className={styles.count}>{figureText(figure)}</span>
      </h3>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <TextSkeleton lines={4} />}
      {data && posts.length === 0 && !last?.searchedBackTo && (
        <p className={styles.quiet}>{t(`workbench.changes.none.${which}`)}</p>
      )}
      {last?.among != null && (
        <p className={styles.quiet}>{t('workbench.order.among', { number: formats.number(last.among) })}</p>
      )}
      {posts.length > 0 && (
        <PostFeed
          label={title}
          posts={sorting.sorted(posts)}
          holds={which === 'gained'}
          onVerdict={sorting.give && ((post, verdict) => sorting.give?.(post, verdict))}
          scrolls
          hasMore={hasNextPage && !last?.searchedBackTo}
          onMore={() => void (isFetchingNextPage || fetchNextPage())}
        />
      )}
      {last?.searchedBackTo && (
        <p className={styles.quiet}>
          {t('posts.searchedBackTo', { date: formats.exact(last.searchedBackTo) })}{' '}
          <Button size="compact-xs" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('posts.searchOn')}
          </Button>
        </p>
      )}
    </section>
  )
}
