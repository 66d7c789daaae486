import type { ComponentType, ReactNode } from 'react'
import styles from './states.module.css'

interface EmptyProps {
  icon?: ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>
  /** One sentence. */
  title: string
  /** What will stand here, and how it comes. */
  children?: ReactNode
  /** One action. */
  action?: ReactNode
}

/** An empty screen teaches: one sentence, one action, an example. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className={styles.state}>
      {Icon && <Icon size={28} stroke={1.4} aria-hidden />}
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.body}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
