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
  /** It stands for a whole screen, so its sentence is the heading. */
  heading?: boolean
}

/** An empty screen teaches: one sentence, one action, an example. */
export function Empty({ icon: Icon, title, children, action, heading = false }: EmptyProps) {
  const Title = heading ? 'h1' : 'p'
  return (
    <div className={styles.state} data-empty>
      {Icon && <Icon size={28} stroke={1.4} aria-hidden />}
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.body}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
