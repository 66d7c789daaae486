import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { LanguageName } from '../ui/language-name.tsx'
import { Tag } from '../ui/tag.tsx'
import { MatchedTopic } from './matched-because.tsx'
import styles from './post.module.css'
import type { Post, Topic } from './shapes.ts'

/** Topics of the workspace by id; empty until they are there, so that posts never wait for their tags. */
export function useTopics(): ReadonlyMap<string, Topic> {
  const { data } = useQuery(useApi().listening.topics.list.queryOptions({ input: {} }))
  return useMemo(() => new Map(data?.items.map((topic) => [topic.topicId, topic])), [data])
}

const UnderstoodFacts = lazy(() => import('./understanding/understood-facts.tsx'))

interface PostFactsProps {
  post: Post
  topics: ReadonlyMap<string, Topic>
  /** Topics say why they matched when they are pressed; not in rows, which are pressed themselves. */
  explains?: boolean
}

/** What is known of a post beside its words: to whom, by whom, in which language, edited, and the topics it matched. */
export function PostFacts({ post, topics, explains = false }: PostFactsProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const reader = useLanguage()
  const matched = post.topicIds.flatMap((topicId) => topics.get(topicId) ?? [])
  const foreign = post.language !== null && post.language.slice(0, 2) !== reader && !post.deleted
  // Where the account is marked as ours, the post need not say it again.
  const ours = post.direction === 'out' && !post.author.own
  const understood = post.understood !== null || 'alike' in post
  if (!(ours || post.addressed || post.editedAt || foreign || understood || matched.length > 0)) return null
  return (
    <div className={styles.facts}>
      {ours && <Tag tone="accent">{t('post.ours')}</Tag>}
      {post.addressed && post.direction === 'in' && <Tag tone="notice">{t('post.addressed')}</Tag>}
      {foreign && post.language && (
        <span className={styles.quiet}>
          <LanguageName tag={post.language} />
        </span>
      )}
      {post.editedAt && !post.deleted && (
        <span className={styles.quiet} title={formats.exact(post.editedAt)}>
          {t('post.edited')}
        </span>
      )}
      {understood && (
        <Suspense>
          <UnderstoodFacts post={post} explains={explains} />
        </Suspense>
      )}
      {matched.map((topic) =>
        explains ? (
          <MatchedTopic key={topic.topicId} post={post} topic={topic} />
        ) : (
          <Tag key={topic.topicId}>{topic.name}</Tag>
        ),
      )}
    </div>
  )
}
