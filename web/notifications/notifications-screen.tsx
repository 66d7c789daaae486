import { Anchor, Button } from '@mantine/core'
import type { InferContractRouterOutputs } from '@orpc/contract'
import {
  IconAlertTriangle,
  IconAt,
  IconBell,
  IconBellRinging,
  IconBook2,
  IconChecks,
  IconClockExclamation,
  IconEar,
  IconFlame,
  IconMessage,
  IconSchool,
  IconShieldLock,
  IconUserCheck,
  IconUserPlus,
  IconUserQuestion,
  IconUserSearch,
} from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Contract } from '../../contract/index.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Place } from '../ui/place.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import styles from './notifications.module.css'
import { toldOf } from './told.ts'

type Notification = InferContractRouterOutputs<Contract>['notifications']['list']['items'][number]

const SIGNS: Record<Notification['kind'], typeof IconAt> = {
  assignment: IconUserPlus,
  mention: IconAt,
  'newer-post': IconMessage,
  'answer-failed': IconAlertTriangle,
  'moderation-failed': IconAlertTriangle,
  approval: IconChecks,
  proof: IconUserCheck,
  question: IconUserQuestion,
  crisis: IconFlame,
  'crisis-proposed': IconFlame,
  alarm: IconBellRinging,
  source: IconEar,
  request: IconShieldLock,
  guideline: IconBook2,
  training: IconSchool,
  'staff-analysis': IconUserSearch,
  clock: IconClockExclamation,
  reminder: IconBellRinging,
}

/** What I was told; opening one leads to what it is about and marks it as read. */
export function NotificationsScreen() {
  const t = useTexts('notifications')
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (after: string | undefined) => ({ limit: 50, ...(after ? { after } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  const { mutate: markRead } = useMutation(
    api.notifications.markRead.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.notifications.key() }),
    }),
  )
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const open = ({ notificationId, path }: Notification) => {
    markRead({ notificationIds: [notificationId] })
    void navigate({ href: `/w/${slug}/${path}` })
  }
  return (
    <Place
      title={t('title')}
      fills
      filters={
        <Anchor renderRoot={(props) => <Link to="/w/$slug/settings/notifications" params={{ slug }} {...props} />}>
          {t('settings')}
        </Anchor>
      }
      action={
        items.some(({ readAt }) => readAt === null) && (
          <Button onClick={() => markRead({ everything: true })}>{t('readAll')}</Button>
        )
      }
    >
      {error && !data ? (
        <QueryError error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons />
      ) : items.length === 0 ? (
        <Empty icon={IconBell} title={t('none')}>
          {t('noneWhy')}
        </Empty>
      ) : (
        <VirtualList
          label={t('title')}
          items={items}
          idOf={({ notificationId }) => notificationId}
          rowHeight={52}
          onOpen={open}
          hasMore={hasNextPage}
          onMore={() => void fetchNextPage()}
          row={(item) => <NotificationRow item={item} />}
        />
      )}
    </Place>
  )
}

function NotificationRow({ item: { kind, name, news, times, at, readAt } }: { item: Notification }) {
  const t = useTexts('notifications')
  const Sign = SIGNS[kind]
  return (
    <div className={styles.row} data-unread={readAt === null || undefined}>
      <Sign size={18} stroke={1.6} aria-hidden />
      <span className={styles.text}>
        {toldOf(t, kind, news, name ?? t('nameless'))}
        {times > 1 && <span className={styles.quiet}> {t('told.times', { count: times })}</span>}
      </span>
      {readAt === null && <span className={styles.dot} role="img" aria-label={t('unread')} />}
      <span className={styles.quiet}>
        <TimeAgo time={at} />
      </span>
    </div>
  )
}
