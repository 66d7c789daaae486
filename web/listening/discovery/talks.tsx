import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { PostCard } from '../post-card.tsx'
import type { Looked, Talk } from './answers.ts'
import styles from './discovery.module.css'
import { ViewSection } from './view-section.tsx'

/** Where many answer each other, and what many repeat. */
export function Talks({ looked }: { looked: Looked }) {
  const t = useTexts('listening')
  const answer = useQuery(useApi().listening.discovery.talks.queryOptions({ input: looked }))
  return (
    <ViewSection
      title={t('discovery.talks')}
      why={t('discovery.talksWhy')}
      answer={answer}
      none={t('discovery.noTalks')}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => (
        <ol className={styles.rows}>
          {items.map((talk) => (
            <TalkRow key={`${talk.kind} ${talk.post.postId}`} talk={talk} />
          ))}
        </ol>
      )}
    </ViewSection>
  )
}

function TalkRow({ talk: { kind, post, posts, voices, latestAt } }: { talk: Talk }) {
  const t = useTexts('listening')
  const { number } = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className={styles.talk}>
      <p className={styles.talkHead}>
        <Tag tone={kind === 'wave' ? 'notice' : 'accent'}>{t(`discovery.kinds.${kind}`)}</Tag>
        <span>
          {t('discovery.posts', { count: posts, number: number(posts) })} ·{' '}
          {t('discovery.voicesCounted', { count: voices, number: number(voices) })}
        </span>
        <span className={styles.quiet}>
          {t('discovery.latest')} <TimeAgo time={latestAt} />
        </span>
      </p>
      <PostCard
        post={post}
        actions={
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ post: post.postId }} {...props} />
            )}
          >
            {t(kind === 'thread' ? 'discovery.openThread' : 'discovery.openPost')}
          </Anchor>
        }
      />
    </li>
  )
}
