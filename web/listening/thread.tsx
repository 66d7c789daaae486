import { useQuery } from '@tanstack/react-query'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useLiveEvents } from '../platform/live.tsx'
import { useApi } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { useAuthorName } from './author-line.tsx'
import { PostCard } from './post-card.tsx'
import type { PostSpan, ThreadPost } from './shapes.ts'
import styles from './thread.module.css'

/** Answers may pour in; a thread that is read is asked for again so often at most. */
const REFRESH_EVERY_MS = 10_000
/** Deeper answers stay at this indentation and say instead whom they answer. */
const INDENTS_MAX = 6

/** Every stored post of the thread as a tree; the one that was opened is marked and brought into sight. */
export function Thread({ postId, spans }: { postId: string; spans: readonly PostSpan[] }) {
  const t = useTexts('listening')
  const api = useApi()
  const { data, error, refetch } = useQuery(api.listening.posts.thread.queryOptions({ input: { postId } }))
  useRefreshWhenHeard(refetch)
  const current = useRef<HTMLLIElement>(null)
  const there = data !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per thread that has come.
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not return.
    void current.current?.scrollIntoView({ block: 'nearest' })
  }, [postId, there])
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons rows={3} />
  const byId = new Map(data.items.map((post) => [post.postId, post]))
  return (
    <ol className={styles.thread}>
      {data.items.map((post, index) => (
        <li
          key={post.postId}
          ref={post.postId === postId ? current : undefined}
          aria-current={post.postId === postId || undefined}
          data-answer={post.depth > 0 || undefined}
          style={{ '--depth': Math.min(post.depth, INDENTS_MAX) } as CSSProperties}
        >
          <Answering post={post} parent={byId.get(post.parentPostId ?? '')} before={data.items[index - 1]} />
          <PostCard
            post={post}
            current={post.postId === postId && data.items.length > 1}
            spans={post.postId === postId ? spans : []}
          />
        </li>
      ))}
      {data.more && <li className={styles.more}>{t('thread.more')}</li>}
    </ol>
  )
}

interface AnsweringProps {
  post: ThreadPost
  parent: ThreadPost | undefined
  before: ThreadPost | undefined
}

/** Said where the place does not show it: what it answers is not stored, not just above, or too deep to be indented. */
function Answering({ post, parent, before }: AnsweringProps) {
  const t = useTexts('listening')
  const nameOf = useAuthorName()
  if (post.parentMissing) return <p className={styles.answering}>{t('thread.parentMissing')}</p>
  if (!parent) return null
  const shownByPlace = parent === before && post.depth <= INDENTS_MAX
  return shownByPlace ? null : (
    <p className={styles.answering}>{t('thread.answers', { name: nameOf(parent.author) })}</p>
  )
}

function useRefreshWhenHeard(refetch: () => unknown): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useLiveEvents('posts.heard', () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      refetch()
    }, REFRESH_EVERY_MS)
  })
}
