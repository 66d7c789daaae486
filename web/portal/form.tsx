import { type FormEvent, type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import type { Answer, Refusal } from './calls.ts'

/** What was refused, and what to do. Takes the focus, so that it is read and seen. */
export function Refused({ refusal }: { refusal: Refusal | null }) {
  const t = useTexts('portal')
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

interface FormProps<T> {
  submitLabel: string
  submit(values: Record<string, string>): Promise<Answer<T>>
  done(value: T): void
  children: ReactNode
}

/** Sends once at a time; what was typed stays when it is refused. */
export function Form<T>({ submitLabel, submit, done, children }: FormProps<T>) {
  const t = useTexts('portal')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
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
    setBusy(false)
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

interface ActionProps<T> {
  label: string
  main?: boolean
  act(): Promise<Answer<T>>
  done(value: T): void
  refused(refusal: Refusal | null): void
}

export function ActionButton<T>({ label, main = false, act, done, refused }: ActionProps<T>) {
  const t = useTexts('portal')
  const [busy, setBusy] = useState(false)
  const press = async () => {
    if (busy) return
    setBusy(true)
    refused(null)
    const answer = await act()
    setBusy(false)
    if (answer.ok) done(answer.value)
    else refused(answer)
  }
  return (
    <button type="button" className={main ? 'main' : undefined} aria-disabled={busy} onClick={() => void press()}>
      {busy ? t('one-moment') : label}
    </button>
  )
}

/** Something to be carried elsewhere: selectable, and with a button where the browser can copy. */
export function Copyable({ text, label }: { text: string; label: string }) {
  const t = useTexts('portal')
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  return (
    <div className="copyable">
      <span className="unseen">{label}</span>
      <code>{text}</code>
      {'clipboard' in navigator && (
        <button type="button" onClick={copy}>
          {t(copied ? 'copied' : 'copy')}
        </button>
      )}
    </div>
  )
}
