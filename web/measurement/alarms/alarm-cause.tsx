import { Link } from '@tanstack/react-router'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './alarms.module.css'
import type { AlarmDetail } from './alarms-query.ts'

type Cause = AlarmDetail['cause']

/** What it is about: the posts that are repeated or seen most, new words, who speaks, and where. */
export function AlarmCause({ cause }: { cause: Cause }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const networkName = useNetworkName()
  const { terms, networks, authors, posts } = cause
  return (
    <>
      {terms.length > 0 && (
        <section>
          <h2 className={styles.heading}>{t('alarms.cause.terms')}</h2>
          <p className={styles.terms}>
            {terms.map(({ term, posts: count }) => (
              <Tag key={term}>{`${term} ${formats.number(count)}`}</Tag>
            ))}
          </p>
        </section>
      )}
      {posts.length > 0 && <TopPosts posts={posts} />}
      {authors.length > 0 && (
        <section>
          <h2 className={styles.heading}>{t('alarms.cause.authors')}</h2>
          <ul className={styles.findings}>
            {authors.map((author) => (
              <Author key={author.authorId} author={author} />
            ))}
          </ul>
        </section>
      )}
      {networks.length > 0 && (
        <section>
          <h2 className={styles.heading}>{t('alarms.cause.networks')}</h2>
          <p>
            {formats.list(
              networks.map(({ network, posts: count }) => `${networkName(network)} (${formats.number(count)})`),
            )}
          </p>
        </section>
      )}
    </>
  )
}

function TopPosts({ posts }: { posts: Cause['posts'] }) {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  return (
    <section>
      <h2 className={styles.heading}>{t('alarms.cause.posts')}</h2>
      <ul className={styles.posts}>
        {posts.map(({ post, like }) => (
          <li key={post.postId} className={styles.post}>
            <p className={styles.quiet}>
              {post.author.name ?? post.author.handle} · <TimeAgo time={post.publishedAt} />
              {like > 1 && ` · ${t('alarms.cause.like', { count: like })}`}
            </p>
            <p className={styles.text} dir="auto" lang={post.language ?? undefined}>
              {post.text}
            </p>
            <p className={styles.links}>
              <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ post: post.postId }}>
                {t('alarms.cause.open')}
              </Link>
              {post.url && (
                <a href={post.url} target="_blank" rel="noreferrer">
                  {t('alarms.cause.original')}
                </a>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Author({ author: { authorId, name, posts, followers } }: { author: Cause['authors'][number] }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li>
      <Link to="/w/$slug/people/authors/$authorId" params={{ slug, authorId }}>
        {name}
      </Link>{' '}
      <span className={styles.quiet}>
        {t('alarms.cause.said', { count: posts })}
        {followers !== null && ` · ${t('alarms.cause.followers', { number: formats.compact(Number(followers)) })}`}
      </span>
    </li>
  )
}
