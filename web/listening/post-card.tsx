import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useMay, useWorkspace } from '../platform/session.ts'
import { TimeAgo } from '../ui/time-ago.tsx'
import { AuthorAvatar, AuthorLine } from './author-line.tsx'
import styles from './post.module.css'
import { PostFacts, useTopics } from './post-facts.tsx'
import { PostMedia } from './post-media.tsx'
import { PostText } from './post-text.tsx'
import type { Post, PostSpan } from './shapes.ts'
import { hostOf, webAddress } from './web-address.ts'

const LINKS_SHOWN_MAX = 4

interface PostCardProps {
  post: Post
  /** Why it matched; marked in title and text. */
  spans?: readonly PostSpan[]
  /** The one that is meant, among others of its thread. */
  current?: boolean
  /** What can be done with it, at the end of its foot. */
  actions?: ReactNode
}

/** A post as it is read anywhere: who, when, what, with which pictures, and the way to the original. */
export function PostCard({ post, spans = [], current = false, actions }: PostCardProps) {
  const topics = useTopics()
  const { slug } = useWorkspace()
  const mayReadPeople = useMay('people.read')
  const nameLink = (name: string) => (
    <Link
      to="/w/$slug/people/authors/$authorId"
      params={{ slug, authorId: post.author.authorId }}
      className={styles.nameLink}
    >
      {name}
    </Link>
  )
  return (
    <article
      className={styles.card}
      data-current={current || undefined}
      data-ours={post.direction === 'out' || undefined}
    >
      <AuthorAvatar author={post.author} />
      <div className={styles.body}>
        <header className={styles.head}>
          <AuthorLine author={post.author} {...(mayReadPeople ? { link: nameLink } : {})} />
          <span className={styles.time}>
            <TimeAgo time={post.publishedAt} />
          </span>
        </header>
        <PostText post={post} spans={spans} />
        <PostMedia post={post} />
        <PostLinks post={post} />
        <PostFacts post={post} topics={topics} explains />
        <footer className={styles.foot}>
          <Original post={post} />
          {actions}
        </footer>
      </div>
    </article>
  )
}

/** Leads to where it stands; the page there learns nothing of where one came from. */
function Original({ post }: { post: Post }) {
  const t = useTexts('listening')
  const address = webAddress(post.url)
  if (!address) return null
  return (
    <Anchor href={address} target="_blank" rel="noopener noreferrer" size="xs" className={styles.original}>
      {t('post.original', { site: hostOf(address) })}
      <IconExternalLink size={12} stroke={1.8} aria-hidden />
    </Anchor>
  )
}

function PostLinks({ post }: { post: Post }) {
  const links = post.deleted ? [] : [...new Set(post.links.flatMap((link) => webAddress(link) ?? []))]
  const others = links.filter((link) => link !== post.url).slice(0, LINKS_SHOWN_MAX)
  if (others.length === 0) return null
  return (
    <ul className={styles.links}>
      {others.map((link) => (
        <li key={link}>
          <Anchor href={link} target="_blank" rel="noopener noreferrer nofollow" size="xs" title={link}>
            {hostOf(link)}
          </Anchor>
        </li>
      ))}
    </ul>
  )
}
