import { Button } from '@mantine/core'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { useApi } from '../../platform/session.ts'
import styles from './first-run.module.css'

type CheckQuery = ReturnType<typeof useApi>['listening']['topics']['checkQuery']
export type Verdict = Awaited<ReturnType<CheckQuery['call']>>
type Fault = Extract<Verdict, { ok: false }>['faults'][number]

interface QueryVerdictProps {
  verdict: Verdict | null
  error: unknown
  onMend(query: string): void
}

/** What is wrong with a query and how to mend it, or what it finds already. */
export function QueryVerdict({ verdict, error, onMend }: QueryVerdictProps) {
  const t = useTexts('accounts')
  const formats = useFormats()
  if (error) return <p className={styles.wrong}>{textOfFailure(failureOf(error))}</p>
  if (!verdict) return null
  if (!verdict.ok) return <Faults faults={verdict.faults} tone="urgent" onMend={onMend} />
  const { matches, atLeast } = verdict.preview
  const found = { count: matches, number: formats.number(matches) }
  return (
    <>
      <Faults faults={verdict.warnings} tone="notice" onMend={onMend} />
      <p className={matches > 0 ? styles.good : styles.quiet}>
        {matches === 0
          ? t('firstRun.topic.findsNothing')
          : t(atLeast ? 'firstRun.topic.findsAtLeast' : 'firstRun.topic.finds', found)}
      </p>
    </>
  )
}

function Faults({ faults, tone, onMend }: { faults: Fault[]; tone: string; onMend(query: string): void }) {
  const t = useTexts('accounts')
  if (faults.length === 0) return null
  return (
    <ul className={styles.faults}>
      {faults.map(({ code, message, start, mend }) => (
        <li key={`${code}-${start}`} className={styles.fault} data-tone={tone}>
          {message}
          {mend && (
            <div className={styles.row}>
              <code className={styles.grow}>{mend}</code>
              <Button size="compact-xs" onClick={() => onMend(mend)}>
                {t('firstRun.topic.mend')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
