import { useTexts } from '../platform/i18n.ts'
import { useOffline } from '../platform/live.tsx'
import { useWorkspace } from '../platform/session.ts'
import styles from './shell.module.css'

/** One quiet line while the line is down, and for as long as a workspace only plays. */
export function ConnectionNotice() {
  const t = useTexts('shell')
  const offline = useOffline()
  const { mode } = useWorkspace()
  return (
    <div role="status">
      {offline && <p className={styles.notice}>{t('connection.offline')}</p>}
      {mode === 'drill' && <p className={styles.notice}>{t('drill')}</p>}
    </div>
  )
}
