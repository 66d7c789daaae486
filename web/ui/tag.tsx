import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './tag.module.css'

/** urgent: needs a person now. notice: will. good: done. The words say it too; colour only helps. */
export type Tone = 'neutral' | 'accent' | 'urgent' | 'notice' | 'good'

interface TagProps {
  tone?: Tone
  icon?: ReactNode
  onRemove?: () => void
  children: string
}

export function Tag({ tone = 'neutral', icon, onRemove, children }: TagProps) {
  const t = useTexts('ui')
  return (
    <span className={styles.tag} data-tone={tone}>
      {icon}
      {children}
      {onRemove && (
        <button
          type="button"
          className={styles.remove}
          onClick={onRemove}
          aria-label={t('tag.remove', { tag: children })}
        >
          ×
        </button>
      )}
    </span>
  )
}
