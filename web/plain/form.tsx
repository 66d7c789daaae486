import { type FormEvent, type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import type { Answer, Refusal } from './answer.ts'
import { usePageTexts } from './page-texts.ts'

/** A labelled input; what it is for stands below it and is announced with it. */
export function Field({
  label,
  hint,
  ...input
}: { label: string; hint?: string } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} required aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** What was refused, and what to do. Takes the focus, so that it is read and seen. */
export function Refused({ refusal }: { refusal: Refusal | null }) {
  const t = usePageTexts()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal) box.current?.focus()
  }, [refusal])
  if (!refusal) return null
  return (
    <div className="refused" role="alert" tabIndex={-1} ref={box}>
      {t([`errors.${refusal.code}`, 'errors.refused'], refusal.params)}
    </div>
  )
}

interface FormProps<T> {
  submitLabel: string
  submit(values: Record<string, string>): Promise<Answer<T>>
  done(value: T): void
  /** Shown until something else is refused: an identity provider's answer in the address. */
  refused?: Refusal | null
  /** What is done leads away from the page: nothing is sent a second time meanwhile. */
  leaves?: boolean
  children: ReactNode
}

/** Sends once at a time; what was typed stays when it is refused. */
export function Form<T>({ submitLabel, submit, done, refused = null, leaves = false, children }: FormProps<T>) {
  const t = usePageTexts()
  const [refusal, setRefusal] = useState<Refusal | null>(refused)
  const [busy, setBusy] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setRefusal(null)
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    )
    const answer = await submit(values)
    if (!answer.ok || !leaves) setBusy(false)
    if (answer.ok) done(answer.value)
    else setRefusal(answer)
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <Refused refusal={refusal} />
      {children}
      <button type="submit" className="main" aria-disabled={busy}>
        {busy ? t('one-moment') : submitLabel}
      </button>
    </form>
  )
}
