import { ActionIcon } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './place.module.css'

interface PlaceProps {
  title: string
  /** A figure or word beside the title: how many, which period. */
  beside?: ReactNode
  filters?: ReactNode
  /** The one main action of this view. */
  action?: ReactNode
  /** Back to the place above, on a phone and on sub-pages. */
  onBack?: () => void
  /** The content fills the height and scrolls by itself (lists, panes) instead of as a page. */
  fills?: boolean
  children: ReactNode
}

/** A screen: the header with the place, its filters and one main action, then the work. */
export function Place({ title, beside, filters, action, onBack, fills = false, children }: PlaceProps) {
  const t = useTexts('ui')
  useEffect(() => {
    document.title = `${title} · Rapport`
  }, [title])
  return (
    <div className={styles.place}>
      <header className={styles.header}>
        {onBack && (
          <ActionIcon onClick={onBack} aria-label={t('back')}>
            <IconArrowLeft size={16} stroke={1.8} />
          </ActionIcon>
        )}
        <h1 className={styles.title} title={title} dir="auto">
          {title}
        </h1>
        {beside && <div className={styles.beside}>{beside}</div>}
        {filters && <div className={styles.filters}>{filters}</div>}
        {action && <div className={styles.action}>{action}</div>}
      </header>
      <div className={fills ? styles.filled : styles.page} data-page={!fills || undefined}>
        {children}
      </div>
    </div>
  )
}
