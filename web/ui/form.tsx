import { Button } from '@mantine/core'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import styles from './form.module.css'

interface FormProps {
  /** The one main action: "Save", "Invite". Null: whoever reads may not change anything. */
  submit: string | null
  /** Something goes for good. */
  danger?: boolean
  /** It stands below the main work of its page, and its button is not the page's main action. */
  aside?: boolean
  busy: boolean
  /** What the server said, shown beside the button; fields show their own faults. */
  error?: unknown
  /** From useFields(): the form is sent only when none has a fault. */
  fields?: { showFaults(): string | null }
  /** Other buttons, after the main one. */
  beside?: ReactNode
  onSubmit(): void
  children: ReactNode
}

/** A refusal below the fold would look like a button that does nothing. */
const bringIntoView = (node: HTMLElement | null) => node?.scrollIntoView({ block: 'nearest' })

/** Fields above, one main action below. With a fault it stays, and the first faulty field gets the focus. */
export function Form({
  submit,
  danger = false,
  aside = false,
  busy,
  error,
  fields,
  beside,
  onSubmit,
  children,
}: FormProps) {
  const form = useRef<HTMLFormElement>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const faulty = fields?.showFaults() ?? null
    if (faulty === null) onSubmit()
    else form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(faulty)}"]`)?.focus()
  }
  return (
    <form ref={form} className={styles.form} onSubmit={send} noValidate={fields !== undefined}>
      {children}
      {submit !== null && (
        <div className={styles.actions}>
          <Button
            type="submit"
            variant={aside ? 'default' : 'filled'}
            {...(danger ? { color: 'red' } : {})}
            loading={busy}
          >
            {submit}
          </Button>
          {beside}
        </div>
      )}
      <div role="alert">
        {error ? (
          <p ref={bringIntoView} className={styles.error}>
            {textOfFailure(failureOf(error))}
          </p>
        ) : null}
      </div>
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
