import { Anchor, Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { AuthorAvatar, AuthorLine, handleText, useAuthorName } from '../listening/author-line.tsx'
import { useNetworkName } from '../listening/network-names.ts'
import { hostOf, webAddress } from '../listening/web-address.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Place } from '../ui/place.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { BeginPerson } from './begin-person.tsx'
import { LinkList } from './link-list.tsx'
import { PastLine, pastKey } from './past-line.tsx'
import styles from './people.module.css'
import type { Account } from './shapes.ts'
import { AuthorTimeline } from './timeline.tsx'
import { TimelineTitle } from './timeline-title.tsx'

/** One account on one network. Whether somebody stands behind it that we know, only links say. */
export function AuthorScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayLink = useMay('people.link')
  const { authorId } = useParams({ from: '/w/$slug/people/authors/$authorId' })
  const author = useSuspenseQuery(useApi().people.authors.get.queryOptions({ input: { authorId } })).data
  const title = useAuthorName()(author)
  const [beginning, setBeginning] = useState(false)
  const mayBegin = mayLink && !author.person && !author.own
  return (
    <Place
      title={title}
      onBack={() => void navigate({ to: '/w/$slug/people', params: { slug }, search: { view: 'authors' } })}
      action={
        mayBegin && (
          <Button variant="filled" onClick={() => setBeginning(true)}>
            {t('begin.action')}
          </Button>
        )
      }
    >
      <div className={styles.columns}>
        <div className={styles.side}>
          <Identity author={author} />
          <section aria-label={t('person')}>
            <h2 className={styles.title}>{t('person')}</h2>
            {author.person ? (
              <Anchor
                renderRoot={(props) => (
                  <Link
                    to="/w/$slug/people/persons/$personId"
                    params={{ slug, personId: author.person?.personId ?? '' }}
                    {...props}
                  />
                )}
              >
                {author.person.name}
              </Anchor>
            ) : (
              <p className={styles.quiet}>{t(author.own ? 'ownAccount' : 'noPerson')}</p>
            )}
          </section>
          {author.links.length > 0 && (
            <section aria-label={t('links.title')}>
              <h2 className={styles.title}>{t('links.title')}</h2>
              <LinkList links={author.links} towards="person" />
            </section>
          )}
          <Handles author={author} />
          <Past author={author} />
        </div>
        <section className={styles.main} aria-label={t('timeline.title')}>
          <TimelineTitle of={{ author: authorId }} />
          <AuthorTimeline authorId={authorId} />
        </section>
      </div>
      {beginning && <BeginPerson author={author} name={title} onClose={() => setBeginning(false)} />}
    </Place>
  )
}

function Identity({ author }: { author: Account }) {
  const t = useTexts('people')
  const formats = useFormats()
  const networkName = useNetworkName()
  const address = webAddress(author.url)
  return (
    <section aria-label={t('identity')}>
      <div className={styles.identity}>
        <AuthorAvatar author={author} size={48} />
        <AuthorLine author={author} />
      </div>
      {author.bio && (
        <p className={styles.bio} dir="auto">
          {author.bio}
        </p>
      )}
      <dl className={styles.grounds}>
        <dt>{t('network')}</dt>
        <dd>{networkName(author.network)}</dd>
        {address && (
          <>
            <dt>{t('page')}</dt>
            <dd>
              <Anchor href={address} target="_blank" rel="noopener noreferrer nofollow">
                {hostOf(address)}
              </Anchor>
            </dd>
          </>
        )}
        {author.followers !== null && (
          <>
            <dt>{t('followersLabel')}</dt>
            <dd>{author.followers.length > 15 ? author.followers : formats.number(Number(author.followers))}</dd>
          </>
        )}
        <dt>{t('networkId')}</dt>
        <dd className={styles.networkId}>
          <code>{author.networkId}</code> <CopyButton text={author.networkId} label={t('copyNetworkId')} />
        </dd>
        <dt>{t('firstHeard')}</dt>
        <dd>
          <TimeAgo time={author.firstHeardAt} />
        </dd>
        <dt>{t('lastHeard')}</dt>
        <dd>
          <TimeAgo time={author.lastHeardAt} />
        </dd>
      </dl>
      {!author.stable && (
        <p className={styles.unstable}>
          {t('unstable')} {t('historyOnly')}
        </p>
      )}
    </section>
  )
}

/** What the account was called, newest first. */
function Handles({ author }: { author: Account }) {
  const t = useTexts('people')
  const formats = useFormats()
  if (author.handles.length < 2) return null
  return (
    <section aria-label={t('handles')}>
      <h2 className={styles.title}>{t('handles')}</h2>
      <ul className={styles.links}>
        {author.handles.map(({ handle, name, seenFrom, seenUntil }) => (
          <li key={`${handle} ${seenFrom.getTime()}`}>
            {handleText(handle)}
            {name && ` (${name})`}
            <div className={styles.quiet}>
              {t('seenBetween', { from: formats.date(seenFrom), until: formats.date(seenUntil) })}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What it showed before, newest first: a name, a picture or words about itself that somebody may still know it by. */
function Past({ author }: { author: Account }) {
  const t = useTexts('people')
  if (author.past.length === 0) return null
  return (
    <section aria-label={t('past.title')}>
      <h2 className={styles.title}>{t('past.title')}</h2>
      <ul className={styles.links}>
        {author.past.map((each) => (
          <li key={pastKey(each)}>
            <PastLine past={each} />
          </li>
        ))}
      </ul>
    </section>
  )
}
