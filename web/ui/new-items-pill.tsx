import { UnstyledButton } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'
import styles from './new-items-pill.module.css'

/** "12 new" at the edge of a list: nothing moves until the reader asks for it. Said politely, once per change. */
export function NewItemsPill({ count, onShow }: { count: number; onShow: () => void }) {
  const t = useTexts('ui')
  return (
    <div className={styles.edge} role="status">
      {count > 0 && (
        <UnstyledButton className={styles.pill} onClick={onShow}>
          <IconArrowUp size={14} stroke={2} aria-hidden />
          {t('list.new', { count })}
        </UnstyledButton>
      )}
    </div>
  )
}
