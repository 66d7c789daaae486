import { Button, VisuallyHidden } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useLiveEvents } from '../../platform/live.tsx'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { Empty } from '../../ui/empty.tsx'
import { Panes } from '../../ui/panes.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import type { Topic } from '../shapes.ts'
import { TopicPlace } from '../topic-place.tsx'
import type { Learned, QueueOrder } from './answers.ts'
import { LearnedPane } from './learned-pane.tsx'
import { ProgressLine } from './progress-line.tsx'
import { QueueList } from './queue-list.tsx'
import { SortCard } from './sort-card.tsx'
import styles from './triage.module.css'
import { useQueue } from './use-queue.ts'

/** Colleagues sort too, and judging goes on in the background: figures follow so often at most. */
const REFRESH_MS = 5_000

/** For us or not: one post at a time, one key each, with what has been learned beside it. */
export function SortScreen() {
  const t = useTexts('listening')
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$slug/listening/topics/$topicId/sort' })
  const { topicId } = useParams({ from: '/w/$slug/listening/topics/$topicId/sort' })
  const { order = 'unsure' } = useSearch({ from: '/w/$slug/listening/topics/$topicId/sort' })
  const topic = useSuspenseQuery(api.listening.topics.get.queryOptions({ input: { topicId } })).data
  const options = api.listening.triage.state.queryOptions({ input: { topicId } })
  const learned = useSuspenseQuery({
    ...options,
    refetchInterval: ({ state }) => ((state.data?.judging.left ?? 0) > 0 ? REFRESH_MS : false),
  }).data
  const [side, setSide] = useState(false)
  useBegin(topicId, learned.begun)
  useRefreshWhenSorted(topicId)
  return (
    <TopicPlace
      topic={topic}
      fills
      action={
        <Button className={styles.toLearned} variant="default" onClick={() => setSide(!side)}>
          {t('sort.learned.title')}
        </Button>
      }
    >
      <ProgressLine topicId={topicId} learned={learned} />
      <Work
        key={order}
        topic={topic}
        learned={learned}
        order={order}
        onOrder={(next) => void navigate({ search: { order: next === 'unsure' ? undefined : next }, replace: true })}
        side={side}
        onSide={setSide}
      />
    </TopicPlace>
  )
}

/** So that the first question is a good one, the topic reads its newest posts when somebody comes to sort. */
function useBegin(topicId: string, begun: boolean): void {
  const api = useApi()
  const queries = useQueryClient()
  const maySort = useMay('posts.sort')
  const { mutate } = useMutation(
    api.listening.triage.begin.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.listening.triage.state.key() }),
    }),
  )
  useEffect(() => {
    if (!begun && maySort) mutate({ topicId })
  }, [begun, maySort, topicId, mutate])
}

function useRefreshWhenSorted(topicId: string): void {
  const api = useApi()
  const queries = useQueryClient()
  const refresh = ({ subjects }: { subjects: Record<string, string | string[]> }) => {
    if (subjects.topic === topicId) void queries.invalidateQueries({ queryKey: api.listening.triage.state.key() })
  }
  useLiveEvents('posts.sorted', refresh)
  useLiveEvents('posts.unsorted', refresh)
}

interface WorkProps {
  topic: Topic
  learned: Learned
  order: QueueOrder
  onOrder(order: QueueOrder): void
  side: boolean
  onSide(shown: boolean): void
}

function Work({ topic, learned, order, onOrder, side, onSide }: WorkProps) {
  const t = useTexts('listening')
  const sorting = useQueue(topic.topicId, order)
  const [reasonsOpen, setReasonsOpen] = useState(false)
  const maySort = useMay('posts.sort')
  const { queue, sort, skip, undo, move } = sorting
  useShortcuts(t('sort.title'), [
    ...(maySort
      ? [
          { keys: 'y', label: t('sort.forUs'), run: () => sort('for-us') },
          { keys: 'n', label: t('sort.notForUs'), run: () => sort('not-for-us') },
          { keys: 'shift+n', label: t('sort.reasons.title'), run: () => setReasonsOpen(true) },
          { keys: 's', label: t('sort.skip'), run: skip },
          { keys: 'u', label: t('undo'), run: undo },
          { keys: 'mod+z', label: t('undo'), run: undo },
        ]
      : []),
    { keys: 'j', label: t('sort.next'), run: () => move(1) },
    { keys: 'k', label: t('sort.previous'), run: () => move(-1) },
  ])
  const item = queue.items[queue.index]
  const detail = item ? (
    <SortCard
      key={item.post.postId}
      topicId={topic.topicId}
      item={item}
      reasonsOpen={reasonsOpen}
      onReasons={setReasonsOpen}
      onSort={sort}
      onSkip={skip}
      onUndo={undo}
    />
  ) : sorting.fault ? (
    <QueryError error={sorting.fault} onRetry={sorting.retry} />
  ) : sorting.isEnd ? (
    <NothingLeft topic={topic} sorted={queue.items.length > 0} />
  ) : (
    <RowSkeletons rows={3} />
  )
  return (
    <>
      <VisuallyHidden role="status">{sorting.said && t(`sort.done.${sorting.said}`)}</VisuallyHidden>
      <Panes
        name="listening.sort"
        shown={side ? 'side' : 'detail'}
        labels={{ list: t('sort.queue'), detail: t('sort.title'), side: t('sort.learned.title') }}
        list={<QueueList queue={queue} order={order} onOrder={onOrder} onOpen={sorting.open} />}
        detail={detail}
        side={<LearnedPane topic={topic} learned={learned} onBack={() => onSide(false)} />}
      />
    </>
  )
}

function NothingLeft({ topic: { topicId }, sorted }: { topic: Topic; sorted: boolean }) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  return (
    <Empty
      icon={IconChecks}
      title={t(sorted ? 'sort.end.title' : 'sort.none.title')}
      action={
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ topic: topicId }} {...props} />
          )}
        >
          {t('sort.end.action')}
        </Button>
      }
    >
      {t(sorted ? 'sort.end.how' : 'sort.none.how')}
    </Empty>
  )
}
