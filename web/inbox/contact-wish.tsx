import { useTexts } from '../platform/i18n.ts'
import styles from './composer.module.css'
import type { Opened } from './shapes.ts'

/** Said beside the text while it is written, not only when it is refused. */
export function ContactWish({ opened: { conversation } }: { opened: Opened }) {
  const t = useTexts('inbox')
  return (
    <p className={styles.notice} role="status">
      <span>
        <b>{t('wish.title')}</b> {conversation.state === 'closed' ? t('wish.closed') : t('wish.open')}
      </span>
    </p>
  )
}
