import { Anchor, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { PostCard } from '../post-card.tsx'
import type { Looked, Rising, RisingTerm } from './answers.ts'
import styles from './discovery.module.css'
import { RowsExpired } from './rows-expired.tsx'
import { ViewSection } from './view-section.tsx'

const EXAMPLES = 3

/** Words and phrases said more often than usual, each with what was to be expected and who said it. */
export function RisingTerms({ looked }: { looked: Looked }) {
  const t = useTexts('listening')
  const answer = useQuery(useApi().listening.discovery.rising.queryOptions({ input: looked }))
  const isCompared = answer.data?.background.kind !== 'none'
  return (
    <ViewSection
      title={t(isCompared ? 'discovery.rising' : 'discovery.frequent')}
      why={answer.data ? <Background rising={answer.data} /> : t('discovery.risingWhy')}
      answer={answer}
      none={t('discovery.noRising')}
      isEmpty={({ items }) => items.length === 0}
    >
      {(rising) => (
        <ol className={styles.terms}>
          {rising.items.map((term) => (
            <Term key={term.query} term={term} rising={rising} looked={looked} />
          ))}
        </ol>
      )}
    </ViewSection>
  )
}

/** What the counts were compared with, and what they may miss. */
function Background({ rising: { background, posts, expired, tooLowMax, lookingBack } }: { rising: Rising }) {
  const t = useTexts('listening')
  const { number } = useFormats()
  return (
    <>
      {t(`discovery.background.${background.kind}`, {
        posts: number(posts),
        before: number(background.posts),
      })}
      {tooLowMax > 0 && ` ${t('discovery.tooLow', { count: tooLowMax, number: number(tooLowMax) })}`}
      <RowsExpired expired={expired + background.expired} posts={posts + background.posts} />
      {lookingBack && ` ${t('discovery.lookingBack')}`}
    </>
  )
}

function Term({ term, rising, looked }: { term: RisingTerm; rising: Rising; looked: Looked }) {
  const t = useTexts('listening')
  const { number } = useFormats()
  const [open, setOpen] = useState(false)
  const id = useId()
  const Chevron = open ? IconChevronDown : IconChevronRight
  const expected = term.expected === null ? null : number(Math.round(term.expected * 10) / 10)
  return (
    <li className={styles.term}>
      <UnstyledButton
        className={styles.termHead}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Chevron size={14} aria-hidden />
        <span className={styles.word} dir="auto">
          {term.shown}
        </span>
        <span className={styles.counts}>
          {t('discovery.posts', { count: term.posts, number: number(term.posts) })}
          {expected !== null && <span className={styles.quiet}> {t('discovery.expected', { number: expected })}</span>}
        </span>
      </UnstyledButton>
      {open && (
        <div id={id} className={styles.examples}>
          <p className={styles.why}>
            {t('discovery.voicesAtLeast', { count: term.voices, number: number(term.voices) })}
            {term.g2 !== null && ` ${t('discovery.g2', { g2: number(Math.round(term.g2 * 10) / 10) })}`}
          </p>
          <Examples term={term} rising={rising} looked={looked} />
        </div>
      )}
    </li>
  )
}

function Examples({ term, rising, looked }: { term: RisingTerm; rising: Rising; looked: Looked }) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const { from, until } = rising
  const { topicId, period } = looked
  const filters = { query: term.query, from, until, direction: 'in' as const, ...(topicId ? { topicId } : {}) }
  const found = useQuery(useApi().listening.posts.search.queryOptions({ input: { ...filters, limit: EXAMPLES } }))
  if (found.error) return <QueryError error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <TextSkeleton lines={3} />
  return (
    <>
      {found.data.items.map((post) => (
        <PostCard key={post.postId} post={post} spans={post.spans} />
      ))}
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link
            to="/w/$slug/listening/posts"
            params={{ slug }}
            search={{ q: term.query, period, ...(topicId ? { topic: topicId } : {}) }}
            {...props}
          />
        )}
      >
        {t('discovery.allPosts')}
      </Anchor>
    </>
  )
}
