import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { AuthorAvatar, handleText, useAuthorName } from '../../listening/author-line.tsx'
import { useNetworkName } from '../../listening/network-names.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { Side } from './shapes.ts'
import styles from './suggestions.module.css'

/** What an identity is called where it stands alone: a contact point by itself, an account by its name. */
export function useSideName(): (side: Side) => string {
  const authorName = useAuthorName()
  return (side) => (side.kind === 'account' ? authorName(side.author) : side.networkId)
}

/** One of the two: what it shows of itself, whose it is now, and what else belongs to them. */
export function SideCard({ side }: { side: Side }) {
  const t = useTexts('people')
  const formats = useFormats()
  const networkName = useNetworkName()
  const name = useSideName()(side)
  const { author } = side
  return (
    <article className={styles.side} aria-label={name}>
      <header className={styles.sideHead}>
        <AuthorAvatar author={author} size={40} />
        <div className={styles.sideNames}>
          <SideLink side={side} name={name} />
          <span className={styles.quiet}>
            <NetworkMark network={author.network} name={networkName(author.network)} size={12} />{' '}
            {side.kind === 'account' && author.handle ? handleText(author.handle) : t(`suggestions.kind.${side.kind}`)}
            {side.scope && ` · ${side.scope}`}
          </span>
        </div>
      </header>
      {side.bio && (
        <p className={styles.bio} dir="auto">
          {side.bio}
        </p>
      )}
      {side.url && (
        <Anchor className={styles.url} href={side.url} target="_blank" rel="noreferrer noopener">
          {t('page')}
        </Anchor>
      )}
      <p className={styles.quiet}>
        {side.kind === 'account' && t('suggestions.since', { date: formats.date(side.firstHeardAt) })}{' '}
        {!side.stable && <Tag tone="notice">{t('suggestions.unstable')}</Tag>}
      </p>
      <Whose side={side} />
    </article>
  )
}

function SideLink({ side, name }: { side: Side; name: string }) {
  const { slug } = useWorkspace()
  return (
    <Anchor
      className={styles.name}
      renderRoot={(props) => (
        <Link to="/w/$slug/people/authors/$authorId" params={{ slug, authorId: side.author.authorId }} {...props} />
      )}
    >
      <bdi>{name}</bdi>
    </Anchor>
  )
}

function Whose({ side: { person, others } }: { side: Side }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const authorName = useAuthorName()
  if (!person) return <p className={styles.whose}>{t('suggestions.nobodys')}</p>
  return (
    <div className={styles.whose}>
      {t('suggestions.belongsTo')}{' '}
      <Anchor
        renderRoot={(props) => (
          <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId: person.personId }} {...props} />
        )}
      >
        <bdi>{person.name}</bdi>
      </Anchor>
      {others.length > 0 && (
        <ul className={styles.others}>
          {others.map((other) => (
            <li key={other.authorId}>
              <NetworkMark network={other.network} size={12} />{' '}
              {other.handle ? handleText(other.handle) : authorName(other)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
