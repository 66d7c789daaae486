import { Button, Progress } from '@mantine/core'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './work-progress.module.css'

/** Before this the pace of the start would promise anything. */
const PACE_KNOWN_AFTER_MS = 3_000

interface WorkProgressProps {
  /** What is being done: "Reading tweets.csv". */
  label: string
  done: number
  /** Null: not known yet. */
  total: number | null
  startedAt: Date
  onCancel?: () => void
}

/** Long work: how far, how long still, a way to stop it. It goes on when one leaves; whoever shows this asks for the state. */
export function WorkProgress({ label, done, total, startedAt, onCancel }: WorkProgressProps) {
  const t = useTexts('ui')
  const formats = useFormats()
  const remaining = remainingMs(done, total, Date.now() - startedAt.getTime())
  return (
    <div className={styles.work}>
      <div className={styles.line}>
        <span>{label}</span>
        <span className={styles.figures}>
          {total === null
            ? formats.number(done)
            : t('progress.of', { done: formats.number(done), total: formats.number(total) })}
          {remaining !== null && ` · ${t('progress.remaining', { time: formats.duration(remaining) })}`}
        </span>
      </div>
      <Progress.Root size="sm">
        <Progress.Section
          value={total ? Math.min(100, (done / total) * 100) : 100}
          striped={total === null}
          animated={total === null}
          aria-label={label}
        />
      </Progress.Root>
      {onCancel && (
        <Button size="compact-xs" variant="subtle" onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </div>
  )
}

/** At the pace so far. Null while nothing can be said. */
export function remainingMs(done: number, total: number | null, elapsedMs: number): number | null {
  if (total === null || done <= 0 || done >= total || elapsedMs < PACE_KNOWN_AFTER_MS) return null
  return (elapsedMs / done) * (total - done)
}
