import { UnstyledButton } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { webAddress } from '../listening/web-address.ts'
import { useTexts } from '../platform/i18n.ts'
import type { Delivery } from '../publishing/shapes.ts'
import styles from './conversation.module.css'
import { PostsShown } from './moderation/posts-shown.ts'
import type { Conversation, Participant, ThreadPost } from './shapes.ts'
import { type ThreadEntry, unfold } from './thread.ts'
import { ThreadAnswer } from './thread-answer.tsx'
import { ThreadEvents } from './thread-events.tsx'
import { ThreadNote } from './thread-note.tsx'
import { ThreadPostView } from './thread-post.tsx'

const AT_END_PX = 60

interface ThreadViewProps {
  conversation: Conversation
  entries: readonly ThreadEntry[]
  participants: readonly Participant[]
  /** Loads the rest of a long thread; null: all is there. */
  more: (() => void) | null
  onReplyTo: ((post: ThreadPost) => void) | null
  onUndone(delivery: Delivery): void
}

/** From old to new, like one reads; opened at the end. What comes in later waits below behind a word. */
export function ThreadView({ conversation, entries, participants, more, onReplyTo, onUndone }: ThreadViewProps) {
  const t = useTexts('inbox')
  const { scroller, below, toEnd } = useEnd(entries.length)
  const asked = entries.findLast((entry) => entry.kind === 'post' && entry.post.ofThisConversation && entry.post.url)
  const lookAt = webAddress(asked?.kind === 'post' ? asked.post.url : null)
  const shown = useMemo(() => postsIn(entries), [entries])
  return (
    <PostsShown value={shown}>
      <div className={styles.threadBox}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
        <section ref={scroller} className={styles.thread} aria-label={t('thread.title')} tabIndex={0}>
          {more && (
            <UnstyledButton className={styles.unfold} onClick={more}>
              {t('thread.more')}
            </UnstyledButton>
          )}
          {entries.map((entry) => (
            <Entry
              key={entry.key}
              entry={entry}
              conversation={conversation}
              participants={participants}
              lookAt={lookAt}
              onReplyTo={onReplyTo}
              onUndone={onUndone}
            />
          ))}
        </section>
        {below && (
          <div className={styles.below} role="status">
            <UnstyledButton className={styles.belowPill} onClick={toEnd}>
              <IconArrowDown size={14} stroke={2} aria-hidden />
              {t('thread.below')}
            </UnstyledButton>
          </div>
        )}
      </div>
    </PostsShown>
  )
}

/** Those that are folded away are asked about when they are unfolded. */
const postsIn = (entries: readonly ThreadEntry[]): string[] =>
  entries.flatMap((entry) => (entry.kind === 'post' && !entry.post.deleted ? entry.post.postId : []))

type EntryProps = Pick<ThreadViewProps, 'conversation' | 'participants' | 'onReplyTo' | 'onUndone'> & {
  entry: ThreadEntry
  /** The page of what this conversation asks, on its network. */
  lookAt: string | null
}

function Entry({ entry, conversation, participants, lookAt, onReplyTo, onUndone }: EntryProps) {
  switch (entry.kind) {
    case 'post':
      return (
        <ThreadPostView
          entry={entry}
          conversation={conversation}
          participants={participants}
          onReplyTo={onReplyTo}
          onUndone={onUndone}
        />
      )
    case 'others':
      return (
        <Others
          entry={entry}
          conversation={conversation}
          participants={participants}
          lookAt={lookAt}
          onReplyTo={onReplyTo}
          onUndone={onUndone}
        />
      )
    case 'answer':
      return <ThreadAnswer answer={entry.answer} isNew={entry.isNew} lookAt={lookAt} onUndone={onUndone} />
    case 'note':
      return <ThreadNote note={entry.note} conversationId={conversation.conversationId} />
    case 'events':
      return <ThreadEvents events={entry.events} />
  }
}

/** What others say in the thread: folded, because it is context. */
function Others({ entry, ...rest }: Omit<EntryProps, 'entry'> & { entry: Extract<ThreadEntry, { kind: 'others' }> }) {
  const t = useTexts('inbox')
  const [open, setOpen] = useState(false)
  const people = new Set(entry.posts.map(({ author }) => author.authorId)).size
  return (
    <>
      <UnstyledButton className={styles.unfold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open
          ? t('thread.foldOthers', { count: entry.posts.length })
          : people === 1
            ? t('thread.othersOfOne', { count: entry.posts.length })
            : t('thread.others', { count: entry.posts.length, people })}
      </UnstyledButton>
      {open && unfold(entry).map((one) => <Entry key={one.key} entry={one} {...rest} />)}
    </>
  )
}

/** Opens at the end; afterwards nothing moves by itself. */
function useEnd(count: number) {
  const scroller = useRef<HTMLElement>(null)
  const [below, setBelow] = useState(false)
  const shown = useRef(count)
  const toEnd = () => {
    setBelow(false)
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }
  useLayoutEffect(() => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }, [])
  useEffect(() => {
    const box = scroller.current
    if (!box || count <= shown.current) return
    shown.current = count
    setBelow(box.scrollHeight - box.scrollTop - box.clientHeight > AT_END_PX)
  }, [count])
  useEffect(() => {
    const box = scroller.current
    if (!box || !below) return
    const look = () => {
      if (box.scrollHeight - box.scrollTop - box.clientHeight <= AT_END_PX) setBelow(false)
    }
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [below])
  return { scroller, below, toEnd }
}
