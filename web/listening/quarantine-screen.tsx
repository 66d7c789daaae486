import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { FilterChoice } from '../ui/filter-bar.tsx'
import { Place } from '../ui/place.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './listening.module.css'

const PAGE_ITEMS = 50

/** What could not be read. Nothing of it is lost, and nothing of it runs: it is shown as plain text. */
export function QuarantineScreen() {
  const t = useTexts('listening')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate({ from: '/w/$slug/listening/quarantine' })
  const { source } = useSearch({ from: '/w/$slug/listening/quarantine' })
  const { data: sources } = useQuery(api.listening.sources.list.queryOptions({ input: {} }))
  const list = useInfiniteQuery(
    api.listening.sources.quarantine.infiniteOptions({
      input: (after: string | undefined) => ({
        ...(source ? { sourceId: source } : {}),
        ...pageAfter(after, PAGE_ITEMS),
      }),
      ...byCursor,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const nameOf = (sourceId: string | null) => sources?.items.find((each) => each.sourceId === sourceId)?.name
  return (
    <Place
      title={t('quarantine.title')}
      onBack={() => void navigate({ to: '/w/$slug/listening/sources', params: { slug } })}
      filters={
        <FilterChoice
          label={t('quarantine.source')}
          options={(sources?.items ?? []).map(({ sourceId, name }) => ({ value: sourceId, label: name }))}
          value={source ?? null}
          onChange={(chosen) => void navigate({ search: chosen ? { source: chosen } : {}, replace: true })}
        />
      }
    >
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowSkeletons rows={4} />}
      {list.data && items.length === 0 && (
        <Empty icon={IconShieldCheck} title={t('quarantine.none.title')}>
          {t('quarantine.none.how')}
        </Empty>
      )}
      <ul className={styles.cards}>
        {items.map(({ quarantineId, sourceId, receivedAt, reason, raw }) => (
          <li key={quarantineId} className={styles.quarantined}>
            <p>
              <strong>{reason}</strong>
            </p>
            <p className={styles.hint}>
              {nameOf(sourceId) ?? t('quarantine.noSource')} · <TimeAgo time={receivedAt} />
            </p>
            {raw === null ? (
              <p className={styles.hint}>{t('quarantine.closed')}</p>
            ) : (
              <details>
                <summary>{t('quarantine.raw')}</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard. */}
                <pre className={styles.raw} tabIndex={0}>
                  {raw}
                </pre>
              </details>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </Place>
  )
}
