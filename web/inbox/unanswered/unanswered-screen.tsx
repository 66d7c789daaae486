import { Button } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useTopics } from '../../listening/post-facts.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { NewItemsPill } from '../../ui/new-items-pill.tsx'
import { Place } from '../../ui/place.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { VirtualList } from '../../ui/virtual-list.tsx'
import { useChanges } from '../change.ts'
import { ConversationRow } from '../conversation-row.tsx'
import { itemsOf } from '../list-cache.ts'
import { useListLive } from '../list-live.ts'
import { listQuery } from '../list-query.ts'
import type { InboxSearch } from '../search.ts'
import { useSeen } from '../seen.ts'
import { withReason } from './asking.ts'
import { CloseReasonAsked } from './close-reason.tsx'
import styles from './unanswered.module.css'

const ROW_HEIGHT = 88
const NOBODY: ReadonlySet<string> = new Set()
/** The same list beside an open conversation: back and forth keep it. */
const LIST: InboxSearch = { state: 'all', unanswered: 'negative', order: 'negative' }

/** Everything negative that nobody answered, the oldest first. It is emptied by answers, reasons and rules. */
export function UnansweredScreen() {
  const t = useTexts('inbox')
  const api = useApi()
  const navigate = useNavigate()
  const { slug, workspaceId } = useWorkspace()
  const mayWork = useMay('inbox.work')
  const options = listQuery(api, LIST)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(options)
  const items = useMemo(() => itemsOf(data), [data])
  const { newCount, show } = useListLive(LIST, options.queryKey)
  const [chosen, setChosen] = useState(NOBODY)
  const seen = useSeen(workspaceId)
  const topics = useTopics()
  const topicName = useCallback((topicId: string) => topics.get(topicId)?.name, [topics])
  // Rows that a colleague dealt with stay where they are being read, quietly, until none is left.
  const nothing = newCount === 0 && items.every(({ negativeSince }) => negativeSince === null)
  const open = (conversationId: string) =>
    void navigate({ to: '/w/$slug/inbox/$conversationId', params: { slug, conversationId }, search: LIST })

  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  return (
    <Place title={t('unanswered.title')} fills>
      <div className={styles.place}>
        <p className={styles.why}>{t('unanswered.why')}</p>
        {!data ? (
          <RowSkeletons />
        ) : nothing ? (
          <Empty
            icon={IconMoodSmile}
            title={t('unanswered.empty')}
            action={
              <Button renderRoot={(props) => <Link to="/w/$slug/inbox" params={{ slug }} search={{}} {...props} />}>
                {t('unanswered.toInbox')}
              </Button>
            }
          >
            {t('unanswered.emptyWhy')}
          </Empty>
        ) : (
          <div className={styles.list}>
            <VirtualList
              label={t('unanswered.title')}
              items={items}
              idOf={({ conversationId }) => conversationId}
              rowHeight={ROW_HEIGHT}
              keptAs="unanswered"
              onOpen={({ conversationId }) => open(conversationId)}
              {...(mayWork ? { chosen, onChoose: setChosen } : {})}
              hasMore={hasNextPage}
              onMore={() => {
                if (!isFetchingNextPage) void fetchNextPage()
              }}
              above={<NewItemsPill count={newCount} onShow={() => void show()} />}
              row={(item, state) => (
                <ConversationRow
                  item={item}
                  state={state}
                  unread={!seen(item.conversationId, item.version)}
                  listState="open"
                  topicName={topicName}
                />
              )}
            />
          </div>
        )}
        {chosen.size > 0 && (
          <ChosenBar chosen={chosen} onClear={() => setChosen(NOBODY)} onClosed={() => void show()} />
        )}
      </div>
      <CloseReasonAsked />
    </Place>
  )
}

/** One reason for several; answers are given one by one. */
interface ChosenBarProps {
  chosen: ReadonlySet<string>
  onClear(): void
  onClosed(): void
}

function ChosenBar({ chosen, onClear, onClosed }: ChosenBarProps) {
  const t = useTexts('inbox')
  const { run, known } = useChanges()
  const close = async () => {
    const ids = [...chosen]
    const change = await withReason(known(ids), { change: 'close' })
    if (!change) return
    onClear()
    await run({ conversationIds: ids }, change)
    onClosed()
  }
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('bulk.place')}>
      <span role="status">{t('bulk.chosen', { count: chosen.size })}</span>
      <span className={styles.spring} />
      <Button onClick={onClear}>{t('bulk.clear')}</Button>
      <Button variant="filled" onClick={() => void close()}>
        {t('unanswered.closeChosen')}
      </Button>
    </div>
  )
}
