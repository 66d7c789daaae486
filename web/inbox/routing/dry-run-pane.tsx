import { Button, NumberInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { DRY_RUN_DAYS_MAX, DRY_RUN_MAX } from '../../../contract/routing-words.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { WorkProgress } from '../../ui/work-progress.tsx'
import { joined, type Progress } from './dry-run.ts'
import { DryRunResults } from './dry-run-results.tsx'
import styles from './routing.module.css'
import type { Rule } from './shapes.ts'

const DAYS_FIRST = 14

interface PaneProps {
  rules: Rule[]
  /** They are not saved: what they would change is said too. */
  isDirty: boolean
  /** Something is still to be chosen. */
  isUnfinished: boolean
}

/** What the rules on the screen would have done in the last days: read some at a time, stopped whenever one likes. */
export function DryRunPane({ rules, isDirty, isUnfinished }: PaneProps) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const [days, setDays] = useState(DAYS_FIRST)
  const run = useDryRun()
  const { progress, startedAt, error, ended } = run
  const begin = () => run.begin(isDirty ? rules : null, days)
  return (
    <div className={styles.editor}>
      <p className={styles.quiet}>{t('routing.dryRun.why')}</p>
      <div className={styles.run}>
        <NumberInput
          label={t('routing.dryRun.days')}
          value={days}
          min={1}
          max={DRY_RUN_DAYS_MAX}
          allowDecimal={false}
          suffix={` ${t('routing.dryRun.daysUnit')}`}
          onChange={(value) =>
            setDays(Math.min(DRY_RUN_DAYS_MAX, Math.max(1, Number.parseInt(String(value), 10) || 1)))
          }
        />
        {!startedAt && (
          <Button variant="filled" disabled={isUnfinished || rules.length === 0} onClick={begin}>
            {t(progress ? 'routing.dryRun.again' : 'routing.dryRun.run')}
          </Button>
        )}
      </div>
      {startedAt && (
        <WorkProgress
          label={t('routing.dryRun.title')}
          done={progress?.findings.read ?? 0}
          total={progress?.of ?? null}
          startedAt={startedAt}
          onCancel={run.stop}
        />
      )}
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {textOfFailure(failureOf(error))}
        </p>
      )}
      {progress && ended && (
        <p role="status" className={styles.quiet}>
          {progress.findings.read === 0
            ? t('routing.dryRun.none')
            : t('routing.dryRun.read', {
                count: progress.findings.read,
                number: formats.number(progress.findings.read),
              })}{' '}
          {ended === 'stopped' && t('routing.dryRun.stopped')}
          {progress.of >= DRY_RUN_MAX && t('routing.dryRun.most', { max: formats.number(DRY_RUN_MAX) })}
        </p>
      )}
      {progress && progress.findings.read > 0 && <DryRunResults rules={run.asked ?? rules} progress={progress} />}
    </div>
  )
}

/** One request after the other; leaving the pane stops it. */
function useDryRun() {
  const { dryRun } = useApi().inbox.routing
  const [progress, setProgress] = useState<Progress | null>(null)
  const [startedAt, setStartedAt] = useState<Date | null>(null)
  const [ended, setEnded] = useState<'done' | 'stopped' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [asked, setAsked] = useState<Rule[] | null>(null)
  const going = useRef<AbortController | null>(null)
  useEffect(() => () => going.current?.abort(), [])
  const begin = async (rules: Rule[] | null, days: number) => {
    going.current?.abort()
    const controller = new AbortController()
    going.current = controller
    const { signal } = controller
    setProgress(null)
    setError(null)
    setEnded(null)
    setAsked(rules)
    setStartedAt(new Date())
    try {
      let after: string | null | undefined
      let so: Progress | null = null
      do {
        const step = await dryRun.call({ rules, days, ...(after ? { after } : {}) }, { signal })
        so = joined(so, step)
        after = step.after
        setProgress(so)
      } while (after && !signal.aborted && so.findings.read < DRY_RUN_MAX)
      if (!signal.aborted) setEnded('done')
    } catch (problem) {
      if (!signal.aborted) setError(problem)
    }
    if (going.current === controller) setStartedAt(null)
  }
  const stop = () => {
    going.current?.abort()
    setStartedAt(null)
    setEnded('stopped')
  }
  return {
    progress,
    startedAt,
    error,
    ended,
    asked,
    stop,
    begin: (rules: Rule[] | null, days: number) => void begin(rules, days),
  }
}
