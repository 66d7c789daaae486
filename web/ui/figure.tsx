import { Anchor, Popover, UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './figure.module.css'

interface FigureProps {
  label: string
  /** Already formatted by useFormats(). Null: cannot be said, and `formula` tells why. */
  value: string | null
  unit?: string
  /** Against the period before: "+12 %". Its direction is said in words by the caller where it matters. */
  change?: string
  /** How it is counted, in a sentence. */
  formula: ReactNode
  /** "1–30 November" */
  period?: string
  /** How many rows it was counted from: "from 1,204 posts". */
  basis?: string
  /** To the rows behind it. */
  rows?: { href: string; label: string }
}

/** A number that says what it means: one hover or tap away stand formula, period, count and the way to its rows. */
export function Figure({ label, value, unit, change, formula, period, basis, rows }: FigureProps) {
  const t = useTexts('ui')
  return (
    <div className={styles.figure}>
      <Popover width={280} position="bottom-start" withArrow>
        <Popover.Target>
          <UnstyledButton className={styles.target} aria-label={t('figure.explain', { label })}>
            <span className={styles.label}>{label}</span>
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={styles.why}>
            <p>{formula}</p>
            {period && <p>{t('figure.period', { period })}</p>}
            {basis && <p>{basis}</p>}
            {rows && (
              <Anchor href={rows.href} size="xs">
                {rows.label}
              </Anchor>
            )}
          </div>
        </Popover.Dropdown>
      </Popover>
      <p className={styles.value}>
        {value ?? '–'}
        {unit && value !== null && <span className={styles.unit}> {unit}</span>}
        {change && <span className={styles.change}>{change}</span>}
      </p>
    </div>
  )
}
