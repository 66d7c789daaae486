import { Skeleton } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './skeletons.module.css'

/** What is there sooner needs no sign of waiting: a flash is worse than nothing. */
const PATIENCE_MS = 300

/** Shows its children only after 300 ms, and says once to screen readers that something is loading. */
export function Patient({ children }: { children: ReactNode }) {
  const t = useTexts('ui')
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return (
    <div role="status">
      <span className="unseen">{t('loading')}</span>
      <div aria-hidden>{children}</div>
    </div>
  )
}

const WIDTHS = [62, 78, 54, 88, 70, 46, 82, 66]

/** Rows of a list with a picture and two lines. */
export function RowSkeletons({ rows = 8 }: { rows?: number }) {
  return (
    <Patient>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never change places.
        <div className={styles.row} key={index}>
          <Skeleton circle height={28} width={28} />
          <div className={styles.lines}>
            <Skeleton height={10} width={`${(WIDTHS[index % WIDTHS.length] ?? 60) * 0.5}%`} />
            <Skeleton height={10} width={`${WIDTHS[index % WIDTHS.length]}%`} />
          </div>
        </div>
      ))}
    </Patient>
  )
}

/** A page of text or a form. */
export function TextSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <Patient>
      <div className={styles.text}>
        <Skeleton height={14} width="30%" mb={8} />
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <Skeleton key={index} height={10} width={`${WIDTHS[index % WIDTHS.length]}%`} />
        ))}
      </div>
    </Patient>
  )
}
