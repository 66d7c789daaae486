import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { LanguageName } from '../ui/language-name.tsx'
import styles from './crisis.module.css'

/** What may be said now: approved, for this topic or for all. */
export function UsableStatements({ topicId }: { topicId: string | null }) {
  const t = useTexts('crisis')
  const all = useQuery(useApi().crisis.statements.list.queryOptions({ input: {} })).data?.items ?? []
  const usable = all.filter(
    (one) => one.state === 'approved' && (one.topicId === null || topicId === null || one.topicId === topicId),
  )
  if (usable.length === 0) return null
  return (
    <section>
      <h2>{t('statement.usable')}</h2>
      <ul className={styles.rows}>
        {usable.flatMap((one) =>
          Object.entries(one.texts).map(([language, text]) => (
            <li key={`${one.statementId} ${language}`} className={styles.row}>
              <span className={styles.main}>
                <span className={styles.written} lang={language}>
                  {text}
                </span>
                <span className={styles.quiet}>
                  {one.name} · <LanguageName tag={language} />
                </span>
              </span>
              <CopyButton text={text ?? ''} label={t('statement.copy')} />
            </li>
          )),
        )}
      </ul>
    </section>
  )
}
