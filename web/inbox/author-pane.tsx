import { ActionIcon, Anchor, Button } from '@mantine/core'
import { IconArrowLeft, IconExternalLink } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { AuthorAvatar, handleText, useAuthorName } from '../listening/author-line.tsx'
import { MatchedTopic } from '../listening/matched-because.tsx'
import { useNetworkName } from '../listening/network-names.ts'
import { useTopics } from '../listening/post-facts.tsx'
import { hostOf, webAddress } from '../listening/web-address.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { laterTexts } from '../platform/texts.ts'
import { NetworkMark } from '../ui/network-mark.tsx'
import { TextSkeleton } from '../ui/skeletons.tsx'
import { Tag } from '../ui/tag.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './author.module.css'
import type { Opened } from './shapes.ts'

const POSTS_SHOWN = 5
const CONVERSATIONS_SHOWN = 6
const HANDLES_SHOWN = 4

const ProofInvitations = lazy(async () => {
  const [{ ProofInvitations: component }] = await Promise.all([import('./proof-invitations.tsx'), laterTexts()])
  return { default: component }
})

const BeginPerson = lazy(() => import('../people/begin-person.tsx').then((file) => ({ default: file.BeginPerson })))

const PersonPanel = lazy(async () => {
  const [{ PersonPanel: component }] = await Promise.all([import('../people/person/person-panel.tsx'), laterTexts()])
  return { default: component }
})

interface AuthorPaneProps {
  conversationId: string
  onBack(): void
}

/** Who speaks: what one has to know before one answers, and nothing more. */
export function AuthorPane({ conversationId, onBack }: AuthorPaneProps) {
  const t = useTexts('inbox')
  const { data, error } = useQuery(useApi().inbox.conversations.get.queryOptions({ input: { conversationId } }))
  const mayRead = useMay('people.read')
  // The conversation beside it says what is wrong.
  if (error && !data) return null
  if (!data) return <TextSkeleton lines={6} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <div className={styles.pane} tabIndex={0}>
      <ActionIcon className={styles.back} onClick={onBack} aria-label={t('author.back')}>
        <IconArrowLeft size={16} stroke={1.8} />
      </ActionIcon>
      {mayRead && <Identity opened={data} />}
      <Suspense>
        <ProofInvitations opened={data} />
      </Suspense>
      <MatchedBecause opened={data} />
      <Conversations opened={data} />
      {mayRead && <RecentPosts opened={data} />}
    </div>
  )
}

function Identity({ opened: { conversation, history } }: { opened: Opened }) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const nameOf = useAuthorName()
  const networkName = useNetworkName()
  const { author } = conversation
  const { data } = useQuery(useApi().people.authors.get.queryOptions({ input: { authorId: author.authorId } }))
  const profile = webAddress(data?.url ?? null)
  const earlier = (data?.handles ?? []).filter(({ handle }) => handle !== author.handle).slice(0, HANDLES_SHOWN)
  return (
    <section className={styles.section} aria-label={nameOf(author)}>
      <div className={styles.head}>
        <AuthorAvatar author={author} size={44} />
        <div className={styles.names}>
          <h2 className={styles.name}>
            <Link to="/w/$slug/people/authors/$authorId" params={{ slug, authorId: author.authorId }}>
              {nameOf(author)}
            </Link>
          </h2>
          {author.handle && <p className={styles.quiet}>{handleText(author.handle)}</p>}
          <p className={styles.quiet}>
            <NetworkMark network={author.network} /> {networkName(author.network)}
          </p>
          {profile && (
            <p className={styles.quiet}>
              <Anchor href={profile} target="_blank" rel="noopener noreferrer" size="xs" className={styles.link}>
                {t('author.profile', { site: hostOf(profile) })}
                <IconExternalLink size={12} stroke={1.8} aria-hidden />
              </Anchor>
            </p>
          )}
        </div>
      </div>
      {data?.bio && (
        <p className={styles.bio} dir="auto">
          {data.bio}
        </p>
      )}
      <dl className={styles.facts}>
        {data?.followers && (
          <Fact label={t('author.followers')} value={formats.number(Number(data.followers.slice(0, 15)))} />
        )}
        <Fact label={t('author.firstHeard')} value={formats.date(history.firstHeardAt)} />
        <Fact
          label={t('author.posts')}
          value={history.postCount >= 1000 ? t('author.moreThan', { count: 1000 }) : formats.number(history.postCount)}
        />
        {earlier.length > 0 && (
          <Fact
            label={t('author.earlierNames')}
            value={formats.list(earlier.map(({ handle }) => handleText(handle)))}
          />
        )}
      </dl>
      <PersonLink opened={{ conversation, history }} />
    </section>
  )
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

/** A person, or the way to begin one: never without a reason. */
function PersonLink({ opened: { conversation } }: { opened: Pick<Opened, 'conversation' | 'history'> }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const mayLink = useMay('people.link')
  const [beginning, setBeginning] = useState(false)
  const api = useApi()
  const queries = useQueryClient()
  const nameOf = useAuthorName()
  const { conversationId } = conversation
  const { person, author } = conversation
  if (person)
    return (
      <>
        <p className={styles.person}>
          <span className={styles.quiet}>{t('author.person')}</span>{' '}
          <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId: person.personId }}>
            {person.name}
          </Link>
        </p>
        <Suspense>
          <PersonPanel personId={person.personId} conversationId={conversationId} />
        </Suspense>
      </>
    )
  return (
    <p className={styles.person}>
      <span className={styles.quiet}>{t('author.noPerson')}</span>
      {mayLink && !author.own && (
        <Button size="compact-xs" onClick={() => setBeginning(true)}>
          {t('author.begin')}
        </Button>
      )}
      {beginning && (
        <Suspense>
          <BeginPerson
            author={author}
            name={nameOf(author)}
            onClose={() => setBeginning(false)}
            onBegun={() => {
              setBeginning(false)
              void queries.invalidateQueries({
                queryKey: api.inbox.conversations.get.key({ input: { conversationId } }),
              })
            }}
          />
        </Suspense>
      )}
    </p>
  )
}

function MatchedBecause({ opened: { thread } }: { opened: Opened }) {
  const t = useTexts('inbox')
  const topics = useTopics()
  const post = thread.posts.findLast((each) => each.ofThisConversation && each.topicIds.some((id) => topics.has(id)))
  if (!post) return null
  return (
    <section className={styles.section} aria-labelledby="matched-because">
      <h3 id="matched-because" className={styles.title}>
        {t('author.matched')}
      </h3>
      <div className={styles.topics}>
        {post.topicIds.flatMap((topicId) => {
          const topic = topics.get(topicId)
          return topic ? [<MatchedTopic key={topicId} post={post} topic={topic} />] : []
        })}
      </div>
    </section>
  )
}

function Conversations({ opened: { conversation, history } }: { opened: Opened }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  return (
    <section className={styles.section} aria-labelledby="earlier-conversations">
      <h3 id="earlier-conversations" className={styles.title}>
        {t('author.conversations')}
      </h3>
      {history.otherConversations.length === 0 && <p className={styles.quiet}>{t('author.noConversations')}</p>}
      <ul className={styles.list}>
        {history.otherConversations.slice(0, CONVERSATIONS_SHOWN).map((other) => (
          <li key={other.conversationId}>
            <Link
              className={styles.item}
              to="/w/$slug/inbox/$conversationId"
              params={{ slug, conversationId: other.conversationId }}
              search={{ state: 'all' }}
            >
              <span className={styles.itemHead}>
                <Tag tone={other.state === 'open' ? 'accent' : 'neutral'}>{t(`state.${other.state}`)}</Tag>
                <span className={styles.time}>
                  <TimeAgo time={other.lastPostAt} />
                </span>
              </span>
              <span className={styles.snippet}>{other.snippet || t('list.deleted')}</span>
            </Link>
          </li>
        ))}
      </ul>
      {history.otherConversations.length > CONVERSATIONS_SHOWN && (
        <Link
          className={styles.all}
          to="/w/$slug/inbox"
          params={{ slug }}
          search={{ state: 'all', ...whoOf(conversation) }}
        >
          {t('author.allConversations')}
        </Link>
      )}
    </section>
  )
}

const whoOf = ({ person, author }: Opened['conversation']) =>
  person ? { person: person.personId } : { author: author.authorId }

function RecentPosts({ opened: { conversation, thread } }: { opened: Opened }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const { authorId } = conversation.author
  const input = { authorId, limit: 20, only: 'posts' as const }
  const { data } = useQuery(useApi().listening.timelines.ofAuthor.queryOptions({ input }))
  const here = new Set(thread.posts.map(({ postId }) => postId))
  const posts = (data?.items ?? [])
    .flatMap((entry) => (entry.kind === 'post' && !here.has(entry.post.postId) ? [entry.post] : []))
    .slice(0, POSTS_SHOWN)
  if (posts.length === 0) return null
  return (
    <section className={styles.section} aria-labelledby="recent-posts">
      <h3 id="recent-posts" className={styles.title}>
        {t('author.recent')}
      </h3>
      <ul className={styles.list}>
        {posts.map((post) => (
          <li key={post.postId} className={styles.item}>
            <span className={styles.itemHead}>
              <span className={styles.time}>
                <TimeAgo time={post.publishedAt} />
              </span>
            </span>
            <span className={styles.snippet} lang={post.language ?? undefined} dir="auto">
              {post.deleted ? t('list.deleted') : post.text}
            </span>
          </li>
        ))}
      </ul>
      <Link className={styles.all} to="/w/$slug/people/authors/$authorId" params={{ slug, authorId }}>
        {t('author.everything')}
      </Link>
    </section>
  )
}
