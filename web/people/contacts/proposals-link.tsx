import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import styles from './contacts.module.css'

/** New persons are compared in the background. */
const LIKELY_REFRESH_MS = 5_000

/** Where records wait for a person; nothing where none does. */
export function ProposalsLink({ importId }: { importId?: string }) {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const { people } = useApi()
  const waiting = useQuery(
    people.contacts.proposals.queryOptions({ input: { limit: 1, ...(importId ? { importId } : {}) } }),
  ).data?.items.length
  // The suggestions of everybody have a place of their own; here only those of a file are meant.
  const likely = useQuery({
    ...people.suggestions.list.queryOptions({ input: { limit: 1, importId } }),
    enabled: importId !== undefined,
    refetchInterval: LIKELY_REFRESH_MS,
  }).data?.items.length
  if (!waiting && !likely) return null
  return (
    <p className={styles.waiting}>
      <span>{t(waiting ? 'contacts.waiting' : 'contacts.likelyWaiting')}</span>{' '}
      <Link to="/w/$slug/people/duplicates" params={{ slug }} search={importId ? { import: importId } : {}}>
        {t('contacts.decide')}
      </Link>
    </p>
  )
}
