import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { ListeningPlace } from '../listening-place.tsx'
import { LookAlike } from './look-alike.tsx'
import styles from './look-alikes.module.css'
import { FLAG_STATES, type FlagState } from './states.ts'

const PAGE_FLAGS = 25

/** Accounts that could be taken for ours. People say what they are; nothing else happens here. */
export function LookAlikesScreen() {
  const t = useTexts('listening')
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$slug/listening/look-alikes' })
  const { state = 'open' } = useSearch({ from: '/w/$slug/listening/look-alikes' })
  const count = useQuery(api.listening.impersonation.count.queryOptions({ input: {} })).data
  const flags = useInfiniteQuery(
    api.listening.impersonation.list.infiniteOptions({
      input: (after: string | undefined) => ({ state, ...pageAfter(after, PAGE_FLAGS) }),
      ...byCursor,
    }),
  )
  const items = flags.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <ListeningPlace
      title={t('lookAlikes.title')}
      filters={
        <FilterBar
          label={t('lookAlikes.state')}
          options={FLAG_STATES.map((value) => ({
            value,
            label: t(`lookAlikes.states.${value}`),
            ...(value === 'open' && count ? { count: count.open } : {}),
          }))}
          value={state}
          onChange={(value) => void navigate({ search: { state: value as FlagState }, replace: true })}
        />
      }
    >
      <p className={styles.why}>{t('lookAlikes.why')}</p>
      {flags.error && <QueryError error={flags.error} onRetry={() => void flags.refetch()} />}
      {flags.isPending && <RowSkeletons rows={4} />}
      {flags.data && items.length === 0 && (
        <Empty icon={IconUserQuestion} title={t(`lookAlikes.none.${state}`)}>
          {t('lookAlikes.noneHow')}
        </Empty>
      )}
      <ul className={styles.flags}>
        {items.map((flag) => (
          <LookAlike key={flag.author.authorId} flag={flag} />
        ))}
      </ul>
      {flags.hasNextPage && (
        <Button loading={flags.isFetchingNextPage} onClick={() => void flags.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
    </ListeningPlace>
  )
}
