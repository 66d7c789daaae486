import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import styles from './contacts.module.css'

interface RehearsedProps {
  of: { rows: number; whole: boolean }
  /** Somebody waits for it on this screen. */
  isAwaited: boolean
  children: ReactNode
}

/** What would become of the rows. Whoever waited for it is brought to it, below all those columns. */
export function Rehearsed({ of, isAwaited, children }: RehearsedProps) {
  const t = useTexts('people')
  const { number } = useFormats()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isAwaited && of) heading.current?.focus()
  }, [isAwaited, of])
  return (
    <section aria-label={t('contacts.rehearsed')}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('contacts.rehearsed')}
      </h2>
      {!of.whole && <p className={styles.quiet}>{t('contacts.notWhole', { rows: number(of.rows) })}</p>}
      {children}
    </section>
  )
}

/** Whether a rehearsal ran, or came, while this screen was open. */
export function useAwaitedRehearsal({ rehearsing, rehearsal }: { rehearsing: boolean; rehearsal: unknown }): boolean {
  const [before] = useState(rehearsal)
  const [ran, setRan] = useState(rehearsing)
  if (rehearsing && !ran) setRan(true)
  return ran || rehearsal !== before
}
