import { handleText } from '../listening/author-line.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import styles from './people.module.css'
import type { ListedPerson } from './shapes.ts'

interface PersonRowProps {
  person: Pick<ListedPerson, 'name' | 'language' | 'authors'>
  /** Why it stands here, instead of its accounts. */
  because?: string | null
}

export function PersonRow({ person, because }: PersonRowProps) {
  const t = useTexts('people')
  const formats = useFormats()
  return (
    <div className={styles.row}>
      <Avatar name={person.name} />
      <div className={styles.rowBody}>
        <span className={styles.name}>{person.name}</span>
        <span className={styles.quiet}>
          {because}
          {!because &&
            person.authors.map((author) => (
              <span key={author.authorId} className={styles.handle}>
                <NetworkMark network={author.network} size={12} />{' '}
                {author.handle ? handleText(author.handle) : (author.name ?? '')}
              </span>
            ))}
          {!because && person.authors.length === 0 && t('noAccounts')}
        </span>
      </div>
      <span className={styles.quiet}>{person.language && formats.languageName(person.language)}</span>
    </div>
  )
}
