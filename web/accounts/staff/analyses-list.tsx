import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from '../settings/settings.module.css'
import { useMemberName } from './agreement-row.tsx'
import { type Analysis, atNoon } from './agreement-shapes.ts'

/** Who looked at whose figures, under what and why: one's own, or for the council all. */
export function AnalysesList({ of }: { of: 'me' | 'all' }) {
  const t = useTexts('accounts')
  const { agreements } = useApi().accounts
  const list = useInfiniteQuery(
    agreements[of === 'me' ? 'aboutMe' : 'analyses'].infiniteOptions({
      input: (after: string | undefined) => ({ limit: 20, ...(after ? { after } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  if (list.error) return <QueryError error={list.error} onRetry={() => void list.refetch()} />
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.data && items.length === 0)
    return <p className={styles.note}>{t(of === 'me' ? 'staff.nobodyLooked' : 'staff.noUses')}</p>
  return (
    <>
      <ul className={styles.rows}>
        {items.map((item) => (
          <AnalysisRow key={item.analysisId} item={item} withWhom={of === 'all'} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('staff.more')}
        </Button>
      )}
    </>
  )
}

function AnalysisRow({ item, withWhom }: { item: Analysis; withWhom: boolean }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const nameOf = useMemberName()
  const day = (text: string) => formats.date(atNoon(text))
  const by = nameOf(item.analysedBy)
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>
          {withWhom ? t('staff.lookedAt', { by, whom: nameOf(item.memberId) }) : t('staff.lookedAtMe', { by })}
        </span>
        <span>{item.reason}</span>
        <span className={styles.muted}>
          {formats.list(item.figures.map((figure) => t(`staff.figure.${figure}`)))} ·{' '}
          {t('staff.period', { from: day(item.from), until: day(item.until) })} · {item.agreement}
        </span>
      </span>
      <span className={styles.muted}>
        <TimeAgo time={item.analysedAt} />
      </span>
    </li>
  )
}
