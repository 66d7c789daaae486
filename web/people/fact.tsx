import type { IconAt } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './people.module.css'

interface FactProps {
  sign: typeof IconAt
  at: Date
  children: ReactNode
}

/** A line of the timeline beside the posts. */
export function Fact({ sign: Sign, at, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <Sign size={14} stroke={1.8} aria-hidden />
      <p className={styles.said}>{children}</p>
      <TimeAgo time={at} />
    </div>
  )
}
