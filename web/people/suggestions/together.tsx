import { handleText, useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useMay } from '../../platform/session.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { ActPreview } from '../graph/preview-view.tsx'
import type { Suggestion } from './shapes.ts'
import styles from './suggestions.module.css'

/** What would be one person’s afterwards; of two persons the server tries it, and takes it back. */
export function Together({
  suggestion: { one, other },
  onOvertaken,
}: {
  suggestion: Suggestion
  onOvertaken: () => void
}) {
  const t = useTexts('people')
  const mayLink = useMay('people.link')
  const authorName = useAuthorName()
  const authors = [one.author, ...one.others, other.author, ...other.others]
  const person = one.person ?? other.person
  return (
    <section className={styles.together} aria-label={t('suggestions.together')}>
      <h3 className={styles.heading}>{t('suggestions.together')}</h3>
      <p className={styles.quiet}>
        {t('suggestions.togetherWhat', { person: person?.name ?? '', count: authors.length })}
      </p>
      {mayLink && one.person && other.person ? (
        <ActPreview
          act={{ kind: 'merge', personIds: [one.person.personId, other.person.personId] }}
          onOvertaken={onOvertaken}
        />
      ) : (
        <ul className={styles.others}>
          {authors.map((author) => (
            <li key={author.authorId}>
              <NetworkMark network={author.network} size={12} />{' '}
              {author.handle ? handleText(author.handle) : authorName(author)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
