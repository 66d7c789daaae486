import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import styles from './form.module.css'

interface FormProps {
  /** The one main action: "Save", "Invite". */
  submit: string
  busy: boolean
  /** What the server said, shown beside the button; fields show their own faults. */
  error?: unknown
  /** Other buttons, after the main one. */
  beside?: ReactNode
  onSubmit(): void
  children: ReactNode
}

/**
 * Fields above, one main action below. What the browser finds wrong (required, type, length) is said at the field, and the
 * first such field gets the focus.
 */
export function Form({ submit, busy, error, beside, onSubmit, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && form.current?.reportValidity()) onSubmit()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={send}>
      {children}
      <div className={styles.actions}>
        <Button type="submit" variant="filled" loading={busy}>
          {submit}
        </Button>
        {beside}
      </div>
      <div role="alert">{error ? <p className={styles.error}>{textOfFailure(failureOf(error))}</p> : null}</div>
    </form>
  )
}

/** A part of a page of settings: what it is on the left, its fields on the right. */
export function FormSection({ title, why, children }: { title: string; why?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div>
        <h2 className={styles.title}>{title}</h2>
        {why && <p className={styles.why}>{why}</p>}
      </div>
      <div className={styles.fields}>{children}</div>
    </section>
  )
}
