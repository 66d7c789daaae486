import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useLiveEvents } from '../../platform/live.tsx'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Highlighted } from '../../ui/highlighted.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { NewItemsPill } from '../../ui/new-items-pill.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { ButtonLink } from '../button-link.tsx'
import { holdStill } from './arriving-posts.ts'
import styles from './first-run.module.css'
import { FirstRunFrame } from './first-run-frame.tsx'
import { SourceRow } from './source-row.tsx'

/** Events tell of new posts at once; this is for when the line is down, and for the state of sources. */
const ASK_AGAIN_MS = 3_000
const POSTS_SHOWN = 20

/** The first posts, as they come. */
export function ListeningScreen() {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const sources = useSuspenseQuery({
    ...api.listening.sources.list.queryOptions({ input: {} }),
    refetchInterval: ASK_AGAIN_MS,
  }).data.items
  useLiveEvents('posts.', () => void queries.invalidateQueries({ queryKey: api.listening.posts.key() }))
  return (
    <FirstRunFrame step="listening" slug={slug} title={t('firstRun.listening.title')} why={t('firstRun.listening.why')}>
      {sources.length > 0 ? (
        <section className={styles.panel} aria-label={t('firstRun.sources.present')}>
          <ul className={styles.list}>
            {sources.map((source) => (
              <SourceRow key={source.sourceId} source={source} />
            ))}
          </ul>
        </section>
      ) : (
        <p className={styles.quiet}>{t('firstRun.listening.noSource')}</p>
      )}
      <Posts listening={sources.length > 0} />
      <div className={styles.next}>
        <ButtonLink variant="filled" to="/new/$slug/team" params={{ slug }}>
          {t('firstRun.next')}
        </ButtonLink>
        <span className={styles.quiet}>{t('firstRun.listening.goesOn')}</span>
      </div>
    </FirstRunFrame>
  )
}

type Search = ReturnType<typeof useApi>['listening']['posts']['search']
type Post = Awaited<ReturnType<Search['call']>>['items'][number]

function Posts({ listening }: { listening: boolean }) {
  const t = useTexts('accounts')
  const api = useApi()
  const posts = useQuery({
    ...api.listening.posts.search.queryOptions({ input: { limit: POSTS_SHOWN } }),
    refetchInterval: ASK_AGAIN_MS,
  })
  const heard = posts.data?.items ?? []
  const [shownIds, setShownIds] = useState<string[]>([])
  const held = holdStill(heard, shownIds)
  if (held.shownIds !== shownIds) setShownIds(held.shownIds)
  if (posts.error && heard.length === 0) return <QueryError error={posts.error} onRetry={() => void posts.refetch()} />
  return (
    <section aria-label={t('firstRun.listening.posts')}>
      <NewItemsPill count={held.waiting} onShow={() => setShownIds(heard.map(({ postId }) => postId))} />
      {held.shown.length === 0 && listening && (
        <p className={styles.waiting} role="status">
          <span className={styles.pulse} aria-hidden />
          {t('firstRun.listening.waiting')}
        </p>
      )}
      <ul className={styles.list}>
        {held.shown.map((post) => (
          <FirstPost key={post.postId} post={post} />
        ))}
      </ul>
    </section>
  )
}

function FirstPost({ post }: { post: Post }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const { author } = post
  const name = author.name ?? author.handle ?? t('firstRun.listening.unnamed')
  return (
    <li className={styles.post}>
      <div className={styles.postHead}>
        <Avatar name={name} size={22} />
        <span className={styles.postAuthor}>{name}</span>
        {author.handle && author.name && <span>{author.handle}</span>}
        <NetworkMark network={post.network} name={post.network} />
        <TimeAgo time={post.publishedAt} />
        {post.language && <span>{formats.languageName(post.language)}</span>}
      </div>
      {post.title && <strong>{post.title}</strong>}
      <p className={styles.postText} lang={post.language ?? undefined}>
        <Highlighted
          text={post.text}
          spans={post.spans.filter(({ field }) => field === 'text').map(({ start, end }) => ({ from: start, to: end }))}
        />
      </p>
    </li>
  )
}
