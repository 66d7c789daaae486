import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './routing.module.css'

const SHOWN = 8

/** On which conversations a rule acted last. */
export function RecentRuns({ ruleId }: { ruleId: string }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const { data, error, refetch } = useQuery(useApi().inbox.routing.runsOf.queryOptions({ input: { ruleId } }))
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return null
  return (
    <section className={styles.half}>
      <h2>{t('routing.recent')}</h2>
      {data.items.length === 0 && <p className={styles.quiet}>{t('routing.recentNone')}</p>}
      <ul className={styles.samples}>
        {data.items.slice(0, SHOWN).map(({ conversationId, position, at, snippet }) => (
          <li key={`${conversationId} ${position}`}>
            <Link to="/w/$slug/inbox/$conversationId" params={{ slug, conversationId }} search={{ state: 'all' }}>
              {snippet || '…'}
            </Link>{' '}
            <TimeAgo time={at} />
          </li>
        ))}
      </ul>
    </section>
  )
}
