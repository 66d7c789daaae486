import { Anchor, Popover, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import styles from './post.module.css'
import { QueryText } from './query-text.tsx'
import type { Post, PostSpan, Topic } from './shapes.ts'

const WORDS_MAX = 8

/** The topic as a tag; pressed, it says which words of the post made it match. */
export function MatchedTopic({ post, topic }: { post: Post; topic: Topic }) {
  const t = useTexts('listening')
  const [open, setOpen] = useState(false)
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={styles.topic}
          onClick={() => setOpen(!open)}
          aria-label={t('matched.ask', { topic: topic.name })}
        >
          {topic.name}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>{open && <Because post={post} topic={topic} />}</Popover.Dropdown>
    </Popover>
  )
}

function Because({ post, topic }: { post: Post; topic: Topic }) {
  const t = useTexts('listening')
  const api = useApi()
  const formats = useFormats()
  const { slug } = useWorkspace()
  // The topic's own query, asked of the moment in which the post was published.
  const input = {
    query: topic.query,
    topicId: topic.topicId,
    from: post.publishedAt,
    until: new Date(post.publishedAt.getTime() + 1),
  }
  const { data, error, refetch } = useQuery(api.listening.posts.search.queryOptions({ input }))
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={2} />
  const found = data.items.find(({ postId }) => postId === post.postId)
  const words = found ? markedWords(found, found.spans) : []
  return (
    <div className={styles.because}>
      <p>
        {!found
          ? t('matched.earlier', { topic: topic.name })
          : words.length > 0
            ? t('matched.words', { topic: topic.name, words: formats.list(words.map((word) => t('quoted', { word }))) })
            : t('matched.facts', { topic: topic.name })}
      </p>
      <p className={styles.quiet}>{t('matched.query')}</p>
      <QueryText query={topic.query} />
      <Anchor
        size="xs"
        renderRoot={(props) => (
          <Link to="/w/$slug/listening/topics/$topicId" params={{ slug, topicId: topic.topicId }} {...props} />
        )}
      >
        {t('matched.topic')}
      </Anchor>
    </div>
  )
}

/** The words that were marked, each once, in the order of the text. */
export function markedWords(post: Pick<Post, 'title' | 'text'>, spans: readonly PostSpan[]): string[] {
  const words = new Map<string, string>()
  for (const { field, start, end } of spans) {
    const word = (field === 'title' ? (post.title ?? '') : post.text).slice(start, end)
    if (word && !words.has(word.toLowerCase())) words.set(word.toLowerCase(), word)
  }
  return [...words.values()].slice(0, WORDS_MAX)
}
