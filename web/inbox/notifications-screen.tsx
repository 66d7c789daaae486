import { Anchor, Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconAt,
  IconBell,
  IconBellRinging,
  IconEar,
  IconMessage,
  IconShieldLock,
  IconUserCheck,
  IconUserPlus,
  IconUserQuestion,
} from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Place } from '../ui/place.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import styles from './notifications.module.css'
import type { Notification } from './shapes.ts'

const SIGNS = {
  assignment: IconUserPlus,
  mention: IconAt,
  'newer-post': IconMessage,
  'answer-failed': IconAlertTriangle,
  proof: IconUserCheck,
  question: IconUserQuestion,
  alarm: IconBellRinging,
  source: IconEar,
  request: IconShieldLock,
}

/** What I was told; opening one opens its conversation and marks it as read. */
export function NotificationsScreen() {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(
    api.inbox.notifications.list.infiniteOptions({
      input: (after: string | undefined) => ({ limit: 50, ...(after ? { after } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
  )
  const { mutate: markRead } = useMutation(
    api.inbox.notifications.markRead.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.inbox.notifications.key() }),
    }),
  )
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  const open = ({ notificationId, kind, conversationId, alarm, source, request }: Notification) => {
    markRead({ notificationIds: [notificationId] })
    if (alarm) void navigate({ to: '/w/$slug/measure/alarms', params: { slug }, search: { alarm: alarm.alarmId } })
    if (source)
      void navigate({ to: '/w/$slug/listening/sources/$sourceId', params: { slug, sourceId: source.sourceId } })
    if (request) void navigate({ to: '/w/$slug/protection', params: { slug }, search: { request: request.requestId } })
    if (kind === 'question') void navigate({ to: '/w/$slug/people/proofs', params: { slug } })
    if (!conversationId) return
    void navigate({ to: '/w/$slug/inbox/$conversationId', params: { slug, conversationId }, search: { state: 'all' } })
  }
  return (
    <Place
      title={t('notifications.title')}
      fills
      filters={
        <Anchor renderRoot={(props) => <Link to="/w/$slug/settings/notifications" params={{ slug }} {...props} />}>
          {t('notifications.settings')}
        </Anchor>
      }
      action={
        items.some(({ readAt }) => readAt === null) && (
          <Button onClick={() => markRead({ everything: true })}>{t('notifications.readAll')}</Button>
        )
      }
    >
      {error && !data ? (
        <QueryError error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons />
      ) : items.length === 0 ? (
        <Empty icon={IconBell} title={t('notifications.none')}>
          {t('notifications.noneWhy')}
        </Empty>
      ) : (
        <VirtualList
          label={t('notifications.title')}
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

function NotificationRow({
  item: { kind, authorName, alarm, source, request, times, at, readAt },
}: {
  item: Notification
}) {
  const t = useTexts('inbox')
  const Sign = SIGNS[kind]
  return (
    <div className={styles.row} data-unread={readAt === null || undefined}>
      <Sign size={18} stroke={1.6} aria-hidden />
      <span className={styles.text}>
        {source
          ? t(`told.source.${source.news}`, { name: source.name })
          : request
            ? t(`told.request.${request.news}`)
            : t(`told.${kind}`, { name: alarm?.topicName ?? authorName ?? t('nameless') })}
        {times > 1 && <span className={styles.quiet}> {t('told.times', { count: times })}</span>}
      </span>
      {readAt === null && <span className={styles.dot} role="img" aria-label={t('list.unread')} />}
      <span className={styles.quiet}>
        <TimeAgo time={at} />
      </span>
    </div>
  )
}
