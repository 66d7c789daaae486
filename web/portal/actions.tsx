import { useState } from 'react'
import type { Answer, Refusal } from '../plain/answer.ts'
import { useTexts } from '../platform/i18n.ts'

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
