import { type FormEvent, type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import type { Answer, Refusal } from './calls.ts'

/** A labelled input; its error stands below it and is announced with it. */
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
  const t = useTexts('sign-in')
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
  /** Shown until something else is refused: the identity provider's answer in the address. */
  refused?: Refusal | null
  children: ReactNode
}

/** Sends once at a time; what was typed stays when it is refused. */
export function Form<T>({ submitLabel, submit, done, refused = null, children }: FormProps<T>) {
  const t = useTexts('sign-in')
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
    if (answer.ok) return done(answer.value)
    setBusy(false)
    setRefusal(answer)
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

export function AccountFields({ email }: { email?: string | null }) {
  const t = useTexts('sign-in')
  return (
    <>
      <Field label={t('name')} name="name" autoComplete="name" maxLength={200} />
      <Field
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        defaultValue={email ?? ''}
        readOnly={Boolean(email)}
      />
      <Field
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        hint={t('password-hint')}
      />
    </>
  )
}
