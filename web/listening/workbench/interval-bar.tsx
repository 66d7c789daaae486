import type { FigureRange } from './answers.ts'
import styles from './workbench.module.css'

/** Where a share lies between nothing and all, and how sure that is. The sentence beside it says the same in words. */
export function IntervalBar({ share: { value, low, high } }: { share: FigureRange }) {
  const at = (part: number) => `${Math.max(0, Math.min(1, part)) * 100}%`
  return (
    <span className={styles.interval} aria-hidden>
      <span className={styles.intervalRange} style={{ left: at(low), width: at(high - low) }} />
      <span className={styles.intervalValue} style={{ left: at(value) }} />
    </span>
  )
}
