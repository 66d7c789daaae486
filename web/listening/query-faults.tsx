import { Button } from '@mantine/core'
import { useTexts } from '../platform/i18n.ts'
import styles from './query.module.css'
import { QueryText } from './query-text.tsx'
import type { QueryFault } from './shapes.ts'

interface QueryFaultsProps {
  faults: readonly QueryFault[]
  tone: 'urgent' | 'notice'
  onMend(query: string): void
}

/** What is wrong, in a sentence each, and where possible the mended query, one press away. */
export function QueryFaults({ faults, tone, onMend }: QueryFaultsProps) {
  const t = useTexts('listening')
  if (faults.length === 0) return null
  return (
    <ul className={styles.said}>
      {faults.map(({ code, message, start, mend }) => (
        <li key={`${code}-${start}`} className={styles.fault} data-tone={tone}>
          {message}
          {mend && (
            <div className={styles.mend}>
              <QueryText query={mend} />
              <Button size="compact-xs" onClick={() => onMend(mend)}>
                {t('query.mend')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}
