import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useVirtualRows } from '../../ui/virtual-rows.ts'
import { type ShownPost as Post, shownId, type Verdict } from './answers.ts'
import { useKeyedFeed } from './feed-keys.tsx'
import { ShownPost } from './shown-post.tsx'
import styles from './workbench.module.css'

const ROW_PX = 132

interface PostFeedProps {
  label: string
  posts: readonly Post[]
  holds: boolean | ((post: Post) => boolean)
  onVerdict?: ((post: Post, verdict: Verdict | null) => void) | undefined
  /** It has a height of its own and any length; else it is as long as its posts. */
  scrolls?: boolean
  hasMore?: boolean
  onMore?(): void
  /** Behind the last post: how far was looked. */
  end?: ReactNode
}

/** Posts to read and to sort. One stop for Tab, j and k inside; each post's own buttons are stops as well. */
export function PostFeed(props: PostFeedProps) {
  const { label, posts, holds, onVerdict, scrolls = false, hasMore = false, onMore, end } = props
  const box = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState(0)
  const [moved, setMoved] = useState(0)
  const index = Math.max(0, Math.min(cursor, posts.length - 1))
  const { rows, shown } = useVirtualRows({
    items: posts,
    idOf: shownId,
    rowHeight: ROW_PX,
    scroller: box,
    cursorIndex: index,
    hasMore: scrolls && hasMore,
    onMore,
  })
  const enter = useKeyedFeed({
    step: (by) => {
      const next = moved === 0 ? index : Math.max(0, Math.min(posts.length - 1, index + by))
      setCursor(next)
      setMoved(moved + 1)
      if (scrolls) rows.scrollToIndex(next)
    },
    sort: (verdict) => {
      const post = posts[index]
      if (post) onVerdict?.(post, post.verdict === verdict ? null : verdict)
    },
  })
  // After the row is there; `moved` counts steps, so that the first paint takes no focus.
  useEffect(() => {
    if (moved > 0) box.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus()
  }, [moved, index])
  const drawn = (at: number, start: number | null) => {
    const post = posts[at]
    if (!post) return null
    return (
      <article
        key={shownId(post)}
        ref={start === null ? undefined : rows.measureElement}
        data-index={at}
        data-positioned={start === null ? undefined : true}
        className={styles.post}
        tabIndex={at === index ? 0 : -1}
        aria-posinset={at + 1}
        aria-setsize={hasMore ? -1 : posts.length}
        aria-label={post.title ?? post.text.slice(0, 80)}
        style={start === null ? undefined : { transform: `translateY(${start}px)` }}
        onFocus={() => {
          if (at !== index) setCursor(at)
        }}
      >
        <ShownPost
          post={post}
          holds={typeof holds === 'boolean' ? holds : holds(post)}
          onVerdict={onVerdict && ((verdict) => onVerdict(post, verdict))}
        />
      </article>
    )
  }
  return (
    <div ref={box} className={styles.feed} data-scrolls={scrolls || undefined} onFocusCapture={enter}>
      <div role="feed" aria-label={label} style={scrolls ? { height: rows.getTotalSize() } : undefined}>
        {scrolls ? shown.map((row) => drawn(row.index, row.start)) : posts.map((_, at) => drawn(at, null))}
      </div>
      {end}
    </div>
  )
}
