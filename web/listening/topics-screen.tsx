import { Button } from '@mantine/core'
import { IconTags } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Empty } from '../ui/empty.tsx'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './listening.module.css'
import { ListeningPlace } from './listening-place.tsx'
import type { Topic } from './shapes.ts'

/** The server counts so far; then it is "at least". */
export const MENTIONS_COUNTED_MAX = 10_000

export function TopicsScreen() {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const mayManage = useMay('topics.manage')
  const { items } = useSuspenseQuery(useApi().listening.topics.list.queryOptions({ input: {} })).data
  const columns = useColumns()
  const add = mayManage && (
    <Button
      variant="filled"
      renderRoot={(props) => <Link to="/w/$slug/listening/topics/new" params={{ slug }} {...props} />}
    >
      {t('topics.add')}
    </Button>
  )
  return (
    <ListeningPlace title={t('topics.title')} action={items.length > 0 && add} fills>
      {items.length === 0 ? (
        <Empty icon={IconTags} title={t('topics.none.title')} action={add}>
          {t('topics.none.how')}
        </Empty>
      ) : (
        <DataTable<Topic>
          label={t('topics.title')}
          columns={columns}
          rows={items}
          idOf={({ topicId }) => topicId}
          sort={{ column: 'name', descending: false }}
        />
      )}
    </ListeningPlace>
  )
}

function useColumns(): Column<Topic>[] {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return [
    {
      id: 'name',
      header: t('topics.name'),
      width: 'minmax(160px, 2fr)',
      sortBy: ({ name }) => name,
      cell: ({ topicId, name }) => (
        <Link to="/w/$slug/listening/topics/$topicId" params={{ slug, topicId }} className={styles.rowLink}>
          {name}
        </Link>
      ),
    },
    {
      id: 'kind',
      header: t('topics.kind'),
      sortBy: ({ kind }) => t(`topics.kinds.${kind}`),
      cell: ({ kind }) => t(`topics.kinds.${kind}`),
    },
    {
      id: 'state',
      header: t('topics.state'),
      width: 'minmax(110px, 1fr)',
      sortBy: ({ state }) => state,
      cell: (topic) => <TopicState topic={topic} />,
    },
    {
      id: 'inbox',
      header: t('topics.opens'),
      sortBy: ({ opensConversations }) => String(opensConversations),
      cell: ({ opensConversations }) => t(opensConversations ? 'topics.opensInbox' : 'topics.listensOnly'),
    },
    {
      id: 'mentions',
      header: t('topics.lastWeek'),
      width: '120px',
      numeric: true,
      sortBy: ({ mentions7d }) => mentions7d,
      cell: ({ topicId, mentions7d }) => (
        <Link
          to="/w/$slug/listening/posts"
          params={{ slug }}
          search={{ topic: topicId, period: 'week' }}
          className={styles.rowLink}
        >
          {mentions7d >= MENTIONS_COUNTED_MAX
            ? t('atLeast', { number: formats.number(mentions7d) })
            : formats.number(mentions7d)}
        </Link>
      ),
    },
    {
      id: 'last',
      header: t('topics.lastMention'),
      width: '120px',
      sortBy: ({ lastMentionAt }) => lastMentionAt,
      cell: ({ lastMentionAt }) => (lastMentionAt ? <TimeAgo time={lastMentionAt} /> : '–'),
    },
  ]
}

export function TopicState({ topic: { state, lookback } }: { topic: Topic }) {
  const t = useTexts('listening')
  const formats = useFormats()
  if (state === 'paused') return <Tag>{t('topics.states.paused')}</Tag>
  if (!lookback.done)
    return <Tag tone="notice">{t('topics.lookingBack', { found: formats.number(lookback.found) })}</Tag>
  return <Tag tone="good">{t('topics.states.active')}</Tag>
}
