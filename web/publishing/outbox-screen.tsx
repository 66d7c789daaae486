import { IconSend } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useNetworkName } from '../listening/network-names.ts'
import { useTexts } from '../platform/i18n.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { FilterBar } from '../ui/filter-bar.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { Place } from '../ui/place.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { DeliveryStatus } from './delivery-status.tsx'
import { OUTBOX_VIEWS } from './outbox-views.ts'
import { PagedList } from './paged-list.tsx'
import styles from './publishing.module.css'
import type { Delivery } from './shapes.ts'

const PAGE_ROWS = 50

/** Everything that goes out and went out; first what waits for a person. */
export function OutboxScreen() {
  const t = useTexts('publishing')
  const api = useApi()
  const { slug } = useWorkspace()
  const { show = 'all' } = useSearch({ from: '/w/$slug/outbox' })
  const navigate = useNavigate()
  const narrowed = show === 'all' ? {} : show === 'decide' ? { needsDecision: 'yes' as const } : { state: show }
  const pages = useInfiniteQuery(
    api.publishing.deliveries.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...narrowed, ...pageAfter(after, PAGE_ROWS) }),
      ...byCursor,
    }),
  )
  const conversations = useConversations()
  return (
    <Place
      title={t('title')}
      fills
      filters={
        <FilterBar
          label={t('filter')}
          value={show}
          options={OUTBOX_VIEWS.map((view) => ({ value: view, label: t(`show.${view}`) }))}
          onChange={(view) => {
            const next = OUTBOX_VIEWS.find((each) => each === view)
            void navigate({ to: '/w/$slug/outbox', params: { slug }, search: next === 'all' ? {} : { show: next } })
          }}
        />
      }
    >
      <PagedList
        label={t('title')}
        pages={pages}
        row={(delivery) => (
          <OutboxRow
            key={delivery.deliveryId}
            delivery={delivery}
            conversationId={conversations.get(delivery.deliveryId) ?? null}
          />
        )}
        empty={
          <Empty icon={IconSend} title={t(show === 'decide' || show === 'refused' ? 'empty.good' : 'empty.none')}>
            {t('empty.why')}
          </Empty>
        }
      />
    </Place>
  )
}

function OutboxRow({ delivery, conversationId }: { delivery: Delivery; conversationId: string | null }) {
  const t = useTexts('publishing')
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  return (
    <li className={styles.row} data-needs={delivery.needsDecision || undefined}>
      <div className={styles.rowHead}>
        <NetworkMark network={delivery.network} name={networkName(delivery.network)} />
        <span className={styles.account}>{delivery.sourceName}</span>
        <span className={styles.quiet}>
          <Writer delivery={delivery} />
        </span>
        <span className={styles.time}>
          <TimeAgo time={delivery.createdAt} />
        </span>
      </div>
      <p className={styles.text} lang={delivery.language ?? undefined} dir="auto">
        {delivery.text}
      </p>
      {delivery.attachments.length > 0 && (
        <p className={styles.quiet}>{t('attachments', { count: delivery.attachments.length })}</p>
      )}
      <DeliveryStatus delivery={delivery} />
      {conversationId && (
        <Link
          className={styles.conversation}
          to="/w/$slug/inbox/$conversationId"
          params={{ slug, conversationId }}
          search={{ state: 'all' }}
        >
          {t('conversation')}
        </Link>
      )}
    </li>
  )
}

function Writer({ delivery: { createdBy } }: { delivery: Delivery }) {
  const t = useTexts('publishing')
  const { data } = useQuery(useApi().accounts.members.list.queryOptions({ input: {} }))
  if (createdBy.kind !== 'member') return <>{t(createdBy.kind === 'bot' ? 'by.bot' : 'by.rule')}</>
  return <>{data?.items.find(({ memberId }) => memberId === createdBy.id)?.name ?? ''}</>
}

/** Conversations of those that did not go out: there one goes on. */
function useConversations(): ReadonlyMap<string, string> {
  const { data } = useQuery(useApi().inbox.answers.undelivered.queryOptions({ input: {} }))
  return useMemo(
    () =>
      new Map(
        data?.items.flatMap(({ delivery, conversationIds }) =>
          conversationIds[0] ? [[delivery.deliveryId, conversationIds[0]] as const] : [],
        ),
      ),
    [data],
  )
}
