import { Button } from '@mantine/core'
import { useTexts } from '../platform/i18n.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './states.module.css'

interface ErrorStateProps {
  /** What happened and what to do. */
  text: string
  /** Whether anything was lost; by default nothing was, because nothing was being changed. Null: the question does not arise. */
  lost?: string | null
  /** A word to search for. */
  code: string
  onRetry?: () => void
  /** It stands for a whole screen, so its sentence is the heading. */
  heading?: boolean
}

/** Says what happened, whether anything was lost, what to do, and a code to search for. */
export function ErrorState({ text, lost, code, onRetry, heading = false }: ErrorStateProps) {
  const t = useTexts('ui')
  const Title = heading ? 'h1' : 'p'
  return (
    <div className={styles.state} role="alert">
      <Title className={styles.title}>{text}</Title>
      {lost !== null && <div className={styles.body}>{lost ?? t('error.nothingLost')}</div>}
      {onRetry && (
        <div className={styles.action}>
          <Button variant="filled" onClick={onRetry}>
            {t('error.retry')}
          </Button>
        </div>
      )}
      <div className={styles.code}>
        <code>{code}</code>
        <CopyButton text={code} label={t('error.copyCode')} />
      </div>
    </div>
  )
}
