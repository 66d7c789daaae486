import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import styles from './contacts.module.css'

/** Where records wait for a person; nothing where none does. */
export function ProposalsLink({ importId }: { importId?: string }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const { data } = useQuery(
    useApi().people.contacts.proposals.queryOptions({ input: { limit: 1, ...(importId ? { importId } : {}) } }),
  )
  if (!data || data.items.length === 0) return null
  return (
    <p className={styles.waiting}>
      <span>{t('contacts.waiting')}</span>{' '}
      <Link to="/w/$slug/people/duplicates" params={{ slug }} search={importId ? { import: importId } : {}}>
        {t('contacts.decide')}
      </Link>
    </p>
  )
}
