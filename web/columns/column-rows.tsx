import { memo } from 'react'
import { ConversationRow } from '../inbox/conversation-row.tsx'
import { useSeen } from '../inbox/seen.ts'
import { AuthorAvatar, useAuthorName } from '../listening/author-line.tsx'
import { useTopics } from '../listening/post-facts.tsx'
import { PostRow } from '../listening/post-row.tsx'
import { PostText } from '../listening/post-text.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { TimeAgo } from '../ui/time-ago.tsx'
import { ApprovalRow } from './approval-row.tsx'
import styles from './columns.module.css'
import type { Column, ColumnLook, Item } from './shapes.ts'

const NOT_CHOSEN = { open: false, chosen: false, toggle: () => {} }

interface ItemRowProps {
  item: Item
  density: ColumnLook['density']
  /** The state that a queue asks for: a row that is no longer in it says so. */
  listState: string
}

/** A row is drawn again only when something of it is different: eight columns hold hundreds. */
export const ItemRow = memo(function ItemRow({ item, density, listState }: ItemRowProps) {
  if (density === 'compact' && !('approval' in item)) return <CompactRow item={item} />
  if ('approval' in item) return <ApprovalRow approval={item.approval} />
  return 'post' in item ? <WholePost item={item} /> : <WholeConversation item={item} listState={listState} />
})

function WholePost({ item }: { item: Extract<Item, { post: unknown }> }) {
  const topics = useTopics()
  return <PostRow post={item.post} topics={topics} />
}

function WholeConversation({
  item: { conversation },
  listState,
}: {
  item: Extract<Item, { conversation: unknown }>
  listState: string
}) {
  const { workspaceId } = useWorkspace()
  const topics = useTopics()
  const seen = useSeen(workspaceId)
  return (
    <ConversationRow
      item={conversation}
      state={NOT_CHOSEN}
      unread={conversation.waitingSince !== null && !seen(conversation.conversationId, conversation.version)}
      listState={listState}
      topicName={(topicId) => topics.get(topicId)?.name}
    />
  )
}

/** Who, when, and two lines of what. */
function CompactRow({ item }: { item: Exclude<Item, { approval: unknown }> }) {
  const nameOf = useAuthorName()
  const author = 'post' in item ? item.post.author : item.conversation.author
  const time = 'post' in item ? item.post.publishedAt : item.conversation.lastPostAt
  return (
    <div className={styles.compact}>
      <AuthorAvatar author={author} size={20} />
      <div className={styles.compactBody}>
        <div className={styles.compactHead}>
          <span className={styles.compactName}>{nameOf(author)}</span>
          <span className={styles.compactTime}>
            <TimeAgo time={time} />
          </span>
        </div>
        <div className={styles.compactText}>
          {'post' in item ? <PostText post={item.post} spans={item.post.spans} short /> : <Snippet item={item} />}
        </div>
      </div>
    </div>
  )
}

function Snippet({ item: { conversation } }: { item: Extract<Item, { conversation: unknown }> }) {
  const t = useTexts('columns')
  const { lastPost, language } = conversation
  return (
    <p lang={language ?? undefined} dir="auto">
      {!lastPost ? t('inbox:list.noPost') : lastPost.deleted ? t('inbox:list.deleted') : lastPost.snippet}
    </p>
  )
}

export const listStateOf = (column: Column): string =>
  column.kind === 'queue' ? (column.filters.state ?? 'all') : 'all'
