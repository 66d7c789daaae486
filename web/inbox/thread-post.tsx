import { UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { PostCard } from '../listening/post-card.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { laterTexts } from '../platform/texts.ts'
import { DeliveryStatus } from '../publishing/delivery-status.tsx'
import type { Delivery } from '../publishing/shapes.ts'
import { Tag } from '../ui/tag.tsx'
import styles from './conversation.module.css'
import { usePeopleHere } from './people-here.ts'
import type { Conversation, Participant, ThreadPost } from './shapes.ts'
import type { ThreadEntry } from './thread.ts'

const ModerateMenu = lazy(async () => {
  await laterTexts()
  return { default: (await import('./moderation/moderate-menu.tsx')).ModerateMenu }
})

const NameCover = lazy(async () => {
  await laterTexts()
  return { default: (await import('./masking/name-cover.tsx')).NameCover }
})

interface ThreadPostProps {
  entry: Extract<ThreadEntry, { kind: 'post' }>
  conversation: Conversation
  participants: readonly Participant[]
  onReplyTo: ((post: ThreadPost) => void) | null
  onUndone(delivery: Delivery): void
}

/** A post of this matter stands out; what others say in the thread is quieter. */
export function ThreadPostView({ entry, conversation, participants, onReplyTo, onUndone }: ThreadPostProps) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const { nameOf } = usePeopleHere()
  const { post, answer, isNew } = entry
  const ours = post.direction === 'out'
  const other = post.conversationId !== null && post.conversationId !== conversation.conversationId
  const theirs = other ? participants.find(({ conversationId }) => conversationId === post.conversationId) : undefined
  const writer = answer?.delivery.createdBy.id ? nameOf(answer.delivery.createdBy.id) : undefined
  return (
    <div
      className={styles.post}
      data-quiet={(!post.ofThisConversation && !ours) || undefined}
      data-ours={ours || undefined}
      data-new={isNew || undefined}
    >
      {isNew && <p className={styles.newMark}>{t('thread.new')}</p>}
      <PostCard
        post={post}
        actions={
          <>
            {post.visibility === 'private' && (
              <Tag icon={<IconLock size={12} aria-hidden />}>{t('thread.private')}</Tag>
            )}
            {answer && <DeliveryStatus delivery={answer.delivery} besidePost onUndone={onUndone} />}
            {writer && <span className={styles.quiet}>{t('thread.writtenBy', { name: writer })}</span>}
            {onReplyTo && !ours && !post.deleted && (
              <UnstyledButton className={styles.replyTo} onClick={() => onReplyTo(post)}>
                <IconArrowBackUp size={12} stroke={1.8} aria-hidden />
                {t('thread.replyToThis')}
              </UnstyledButton>
            )}
            {!post.deleted && (
              <Suspense>
                <NameCover post={post} sourceId={conversation.sourceId} />
                <ModerateMenu post={post} />
              </Suspense>
            )}
            {other && post.conversationId && (
              <Link
                className={styles.link}
                to="/w/$slug/inbox/$conversationId"
                params={{ slug, conversationId: post.conversationId }}
                search={{ state: 'all' }}
              >
                {theirs?.state
                  ? t('thread.theirConversation', { state: t(`state.${theirs.state}`) })
                  : t('thread.openTheirs')}
              </Link>
            )}
          </>
        }
      />
    </div>
  )
}
