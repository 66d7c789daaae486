import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { Clock } from './clock.tsx'
import { useMemberName } from './member-name.ts'
import { NewRequest } from './new-request.tsx'
import styles from './protection.module.css'
import { RequestWork } from './request-work.tsx'
import type { PrivacyRequest } from './shapes.ts'

const PAGE_REQUESTS = 50
const STATES = ['open', 'closed'] as const

/** What persons asked for, by deadline: whatever is overdue stands first. */
export function Requests() {
  const t = useTexts('privacy')
  const [state, setState] = useState<(typeof STATES)[number]>('open')
  const [writing, setWriting] = useState(false)
  const { request: opened } = useSearch({ from: '/w/$slug/protection' })
  const navigate = useNavigate({ from: '/w/$slug/protection' })
  // In the address, so that a mail about a deadline leads to the request itself.
  const open = (request?: string) => void navigate({ search: { view: 'requests', ...(request ? { request } : {}) } })
  const list = useInfiniteQuery(
    useApi().privacy.requests.list.infiniteOptions({
      input: (after: string | undefined) => ({ state, ...pageAfter(after, PAGE_REQUESTS) }),
      ...byCursor,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      <div className={styles.bar}>
        <FilterBar
          label={t('protection.request.state')}
          options={STATES.map((value) => ({ value, label: t(`protection.request.states.${value}`) }))}
          value={state}
          onChange={(value) => setState(value as typeof state)}
        />
        <Button variant="filled" onClick={() => setWriting(true)}>
          {t('protection.request.new')}
        </Button>
      </div>
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <RowSkeletons rows={4} />}
      {list.data && items.length === 0 && (
        <Empty icon={IconShieldCheck} title={t(`protection.request.none.${state}`)}>
          {t('protection.request.noneWhy')}
        </Empty>
      )}
      <ul className={styles.list}>
        {items.map((request) => (
          <RequestRow key={request.requestId} request={request} onOpen={() => open(request.requestId)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('protection.more')}
        </Button>
      )}
      {writing && <NewRequest onClose={() => setWriting(false)} />}
      {opened && <RequestWork requestId={opened} onClose={() => open()} />}
    </>
  )
}

function RequestRow({ request, onOpen }: { request: PrivacyRequest; onOpen(): void }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const { kind, person, requester, channel, receivedAt, outcome, identity, assignedMemberId } = request
  const assignee = useMemberName()(assignedMemberId)
  return (
    <li className={styles.row}>
      <button type="button" className={styles.open} onClick={onOpen}>
        <strong>{t(`protection.request.kind.${kind}`)}</strong>{' '}
        <span dir="auto">{person?.name || requester || t('protection.noPerson')}</span>
        <span className={styles.quiet}>
          {t(`protection.channel.${channel}`)}, {formats.date(receivedAt)}
          {assignee && ` · ${assignee}`}
        </span>
      </button>
      <span className={styles.tags}>
        {request.state === 'open' && identity !== 'confirmed' && (
          <Tag tone="notice">{t(`protection.request.identity.${identity}`)}</Tag>
        )}
        {outcome ? (
          <Tag tone={outcome === 'fulfilled' ? 'good' : 'neutral'}>{t(`protection.request.outcome.${outcome}`)}</Tag>
        ) : (
          <Clock request={request} />
        )}
      </span>
    </li>
  )
}
