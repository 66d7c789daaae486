import { useTexts } from '../platform/i18n.ts'
import styles from './composer.module.css'

/** Said above the text, before one writes it: what one writes is kept as a draft. */
export function Silence({ reason, params }: { reason: string; params: Record<string, unknown> }) {
  const t = useTexts('inbox')
  return (
    <p className={styles.notice} role="status" data-silence>
      <span>
        {t('composer.silent')} {t(`accounts:asleep.${reason}`, params)}
      </span>
    </p>
  )
}
