import { Button } from '@mantine/core'
import { IconInbox, IconMoodSmile, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo } from 'react'
import { useTopics } from '../listening/post-facts.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { NewItemsPill } from '../ui/new-items-pill.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { VirtualList } from '../ui/virtual-list.tsx'
import { ConversationRow } from './conversation-row.tsx'
import styles from './list.module.css'
import { itemsOf } from './list-cache.ts'
import { countsQuery, listQuery } from './list-query.ts'
import { type InboxSearch, isNarrowed, stateOf } from './search.ts'
import { useSeen } from './seen.ts'
import type { Conversation } from './shapes.ts'

const ROW_HEIGHT = 88
const KeptOut = lazy(() => import('../listening/triage/kept-out.tsx').then((file) => ({ default: file.KeptOut })))

interface ConversationListProps {
  search: InboxSearch
  openId: string | null
  onOpen(conversation: Conversation): void
  chosen: ReadonlySet<string>
  onChoose(chosen: ReadonlySet<string>): void
  onSearch(search: InboxSearch): void
  /** How many wait behind "12 new". */
  newCount: number
  onShowNew(): void
  /** Below the rows: what can be done with those chosen. */
  below?: ReactNode
}

export function ConversationList({
  search,
  openId,
  onOpen,
  chosen,
  onChoose,
  onSearch,
  newCount,
  onShowNew,
  below,
}: ConversationListProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const { workspaceId } = useWorkspace()
  const mayWork = useMay('inbox.work')
  const options = listQuery(api, search)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(options)
  const items = useMemo(() => itemsOf(data), [data])
  const seen = useSeen(workspaceId)
  const topics = useTopics()
  const topicName = useCallback((topicId: string) => topics.get(topicId)?.name, [topics])

  const filled = items.length > 0
  // The keyboard begins in the list, unless it is somewhere already. A finger has no use for a cursor.
  useEffect(() => {
    if (!filled || matchMedia('(pointer: coarse)').matches) return
    if (document.activeElement !== document.body && document.activeElement?.id !== 'work') return
    document.querySelector<HTMLElement>('[role="listbox"][tabindex]')?.focus({ preventScroll: true })
  }, [filled])

  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons />
  const keptOut = (
    <Suspense>
      <KeptOut />
    </Suspense>
  )
  const pill = <NewItemsPill count={newCount} onShow={onShowNew} />
  if (items.length === 0)
    return (
      <div className={styles.pane}>
        {pill}
        <NothingHere search={search} onSearch={onSearch} />
        {keptOut}
      </div>
    )
  return (
    <div className={styles.pane}>
      <VirtualList
        label={t('list.label')}
        items={items}
        idOf={({ conversationId }) => conversationId}
        rowHeight={ROW_HEIGHT}
        openId={openId}
        onOpen={onOpen}
        {...(mayWork ? { chosen, onChoose } : {})}
        hasMore={hasNextPage}
        onMore={() => {
          if (!isFetchingNextPage) void fetchNextPage()
        }}
        above={pill}
        row={(item, state) => (
          <ConversationRow
            item={item}
            state={state}
            unread={item.waitingSince !== null && !seen(item.conversationId, item.version)}
            listState={stateOf(search)}
            topicName={topicName}
          />
        )}
      />
      {below}
      {keptOut}
    </div>
  )
}

/** Done, nothing fits, or nothing was heard yet: three different things. */
function NothingHere({ search, onSearch }: Pick<ConversationListProps, 'search' | 'onSearch'>) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const maySources = useMay('sources.manage')
  const api = useApi()
  const { data } = useQuery(countsQuery(api, search))
  if (isNarrowed(search))
    return (
      <Empty
        icon={IconSearchOff}
        title={t('empty.narrowed')}
        action={<Button onClick={() => onSearch({})}>{t('empty.clear')}</Button>}
      >
        {t('empty.narrowedWhy')}
      </Empty>
    )
  if (data?.counts.every((count) => count?.count === 0))
    return (
      <Empty
        icon={IconInbox}
        title={t('empty.first')}
        action={
          maySources ? (
            <Button
              variant="filled"
              renderRoot={(props) => <Link to="/w/$slug/listening/sources" params={{ slug }} {...props} />}
            >
              {t('empty.connect')}
            </Button>
          ) : null
        }
      >
        {t('empty.firstWhy')}
      </Empty>
    )
  const state = stateOf(search)
  return (
    <Empty icon={state === 'open' ? IconMoodSmile : IconInbox} title={t(`empty.${state}`)}>
      {t(`empty.${state}Why`)}
    </Empty>
  )
}
