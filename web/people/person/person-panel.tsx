import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useActorName } from '../../listening/actor-name.ts'
import { handleText } from '../../listening/author-line.tsx'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Contacts, Person, Profile } from '../shapes.ts'
import styles from './person-panel.module.css'

const NOTES_SHOWN = 3
const CHANNELS_SHOWN = 6

interface PersonPanelProps {
  personId: string
  /** What is open beside it, which needs no line of its own. */
  conversationId: string
}

/** Beside a conversation: who this is on every channel, in the few lines that one reads before answering. */
export function PersonPanel({ personId, conversationId }: PersonPanelProps) {
  const t = useTexts('people')
  const api = useApi()
  const mayReadInbox = useMay('inbox.read')
  const { data: profile } = useQuery(api.people.profile.get.queryOptions({ input: { personId } }))
  const { data: person } = useQuery(api.people.persons.get.queryOptions({ input: { personId } }))
  const { data: contacts } = useQuery({
    ...api.inbox.persons.contacts.queryOptions({ input: { personId } }),
    enabled: mayReadInbox,
  })
  if (!profile) return null
  return (
    <section className={styles.panel} aria-label={t('person')}>
      <Wishes personId={personId} />
      <Standing profile={profile} />
      {person && <Channels person={person} />}
      {contacts && <Elsewhere contacts={contacts} conversationId={conversationId} />}
      <Notes profile={profile} />
    </section>
  )
}

/** What they objected to is known before one writes. */
function Wishes({ personId }: { personId: string }) {
  const t = useTexts('people')
  const { data } = useQuery(useApi().privacy.consents.ofPerson.queryOptions({ input: { personId } }))
  if (!data || (data.mayContact && data.mayProfile)) return null
  return (
    <p className={styles.tags}>
      {!data.mayContact && <Tag tone="urgent">{t('privacy:protection.objection.contact')}</Tag>}
      {!data.mayProfile && <Tag tone="notice">{t('privacy:protection.objection.profiling')}</Tag>}
    </p>
  )
}

function Standing({ profile }: { profile: Profile }) {
  const t = useTexts('people')
  const formats = useFormats()
  const shown = profile.scores.filter(({ points }) => points > 0)
  return (
    <>
      {shown.length > 0 && (
        <p className={styles.quiet}>
          {shown.map(({ score, points }) => (
            <span key={score} className={styles.score}>
              {t(`score.${score}`)} <b>{formats.number(Math.round(points))}</b>
            </span>
          ))}
        </p>
      )}
      {profile.tags.length + profile.segments.length > 0 && (
        <p className={styles.tags}>
          {profile.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
          {profile.segments.map(({ segmentId, name }) => (
            <Tag key={segmentId} tone="accent">
              {name}
            </Tag>
          ))}
        </p>
      )}
    </>
  )
}

/** Where else they are known. */
function Channels({ person }: { person: Person }) {
  const t = useTexts('people')
  const networkName = useNetworkName()
  // Several links may speak for one account; one that another was laid over says nothing any more.
  const standing = person.links.filter(({ withdrawn, holds, shared }) => !withdrawn && (holds || shared))
  const authors = [...new Map(standing.map(({ author }) => [author.authorId, author])).values()]
  if (authors.length < 2) return null
  return (
    <div>
      <h3 className={styles.title}>{t('identities.title')}</h3>
      <ul className={styles.list}>
        {authors.slice(0, CHANNELS_SHOWN).map((author) => (
          <li key={author.authorId} className={styles.channel}>
            <NetworkMark network={author.network} name={networkName(author.network)} size={12} />
            <span className={styles.handle}>
              {author.handle ? handleText(author.handle) : (author.name ?? networkName(author.network))}
            </span>
          </li>
        ))}
      </ul>
      {authors.length > CHANNELS_SHOWN && (
        <p className={styles.quiet}>{t('identities.more', { count: authors.length - CHANNELS_SHOWN })}</p>
      )}
    </div>
  )
}

/** What is open on another channel, so that nobody answers twice. */
function Elsewhere({ contacts, conversationId }: { contacts: Contacts; conversationId: string }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const open = contacts.open.filter((one) => one.conversationId !== conversationId)
  if (open.length === 0) return null
  return (
    <div>
      <h3 className={styles.title}>{t('profile.openElsewhere')}</h3>
      <ul className={styles.list}>
        {open.map((one) => (
          <li key={one.conversationId}>
            <Link
              className={styles.conversation}
              to="/w/$slug/inbox/$conversationId"
              params={{ slug, conversationId: one.conversationId }}
              search={{ state: 'all' }}
            >
              <NetworkMark network={one.network} size={12} /> {one.opening ?? t('timeline.conversation')}{' '}
              <span className={styles.quiet}>
                <TimeAgo time={one.waitingSince ?? one.lastPostAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Notes({ profile }: { profile: Profile }) {
  const t = useTexts('people')
  const actorName = useActorName()
  if (profile.notes.length === 0) return null
  return (
    <div>
      <h3 className={styles.title}>{t('notes.title')}</h3>
      <ul className={styles.list}>
        {profile.notes.slice(0, NOTES_SHOWN).map((note) => (
          <li key={note.noteId ?? note.personId}>
            <span className={styles.note} dir="auto">
              {note.text}
            </span>
            <span className={styles.quiet}>
              {actorName(note.writtenBy)}, <TimeAgo time={note.writtenAt} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
