import { Link } from '@tanstack/react-router'
import { handleText } from '../../listening/author-line.tsx'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Tag } from '../../ui/tag.tsx'
import type { SegmentPerson } from '../shapes.ts'
import styles from './segments.module.css'

/** Who is in, the highest value first. */
export function SegmentPersons({ persons }: { persons: readonly SegmentPerson[] }) {
  const t = useTexts('people')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <ul className={styles.persons}>
      {persons.map(({ personId, name, value, authors, tags }) => (
        <li key={personId}>
          <Link className={styles.person} to="/w/$slug/people/persons/$personId" params={{ slug, personId }}>
            <Avatar name={name} size={24} />
            <span className={styles.personBody}>
              <span className={styles.name}>{name}</span>
              <span className={styles.quiet}>
                {authors.slice(0, 3).map((author) => (
                  <span key={author.authorId} className={styles.handle}>
                    <NetworkMark network={author.network} size={12} />{' '}
                    {author.handle ? handleText(author.handle) : (author.name ?? '')}
                  </span>
                ))}
                {tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </span>
            </span>
            {value !== null && (
              <span className={styles.value}>{t('segments.value', { value: formats.number(value) })}</span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}
