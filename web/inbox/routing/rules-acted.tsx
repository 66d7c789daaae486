import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './routing.module.css'
import { useRuleWords } from './sentences.ts'
import type { Run } from './shapes.ts'

/** What rules did on a conversation, each with its reasons and with what it left alone, and why. */
export default function RulesActed({ conversationId }: { conversationId: string }) {
  const t = useTexts('inbox')
  const { slug } = useWorkspace()
  const mayManage = useMay('routing.manage')
  const { data, error, refetch } = useQuery(
    useApi().inbox.routing.runs.queryOptions({ input: { conversationId }, staleTime: 0 }),
  )
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={4} />
  return (
    <div className={styles.acted}>
      {data.items.length === 0 && <p className={styles.quiet}>{t('routing.acted.none')}</p>}
      <ul className={styles.results}>
        {data.items.map((run) => (
          <RunRow key={`${run.position} ${run.ruleId}`} run={run} />
        ))}
      </ul>
      {mayManage && (
        <Link to="/w/$slug/routing" params={{ slug }}>
          {t('routing.acted.more')}
        </Link>
      )}
    </div>
  )
}

function RunRow({ run: { name, version, at, because, becauseOfPerson, did } }: { run: Run }) {
  const t = useTexts('inbox')
  const { conditionText, joined } = useRuleWords()
  return (
    <li className={styles.result}>
      <h3>{name}</h3>
      <p className={styles.quiet}>
        {t('routing.acted.version', { version })} · <TimeAgo time={at} />
      </p>
      {because.length > 0 && <p>{t('routing.acted.because', { what: joined(because.map(conditionText), 'all') })}</p>}
      {becauseOfPerson && <p>{t('routing.acted.becauseOfPerson')}</p>}
      {because.length === 0 && !becauseOfPerson && <p>{t('routing.acted.becauseAll')}</p>}
      <ul className={styles.deeds}>
        {did.map((deed, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was done does not change.
          <li key={place}>
            <strong>{t(`routing.action.${deed.do}`)}</strong> {t(`routing.outcome.${deed.outcome}`)}
          </li>
        ))}
      </ul>
    </li>
  )
}
