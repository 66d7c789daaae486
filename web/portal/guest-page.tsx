import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, Refusal } from '../plain/answer.ts'
import { Refused } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { ActionButton } from './actions.tsx'
import { decideAsGuest, type ForGuest, guestPicture, readAsGuest } from './guest-calls.ts'
import { useKindName } from './names.ts'

const KEPT_AS = 'rapport.guest'

/**
 * The link's secret, taken out of the address at once: it stays in no history and no picture of the screen. The tab keeps it,
 * because a phone that makes room loads the page anew.
 */
const token = (() => {
  if (location.pathname !== '/guest') return ''
  const given = location.hash.slice(1)
  if (given !== '') history.replaceState(null, '', location.pathname)
  try {
    if (given !== '') sessionStorage.setItem(KEPT_AS, given)
    return sessionStorage.getItem(KEPT_AS) ?? ''
  } catch {
    return given
  }
})()
/** The link itself is in order. */
const PASSING = ['unreachable', 'too-many-calls']

/** One text for somebody of another house: what it answers, how it will stand, and yes or no. */
export function GuestPage() {
  const t = useTexts('portal')
  const [answer, setAnswer] = useState<Answer<ForGuest>>()
  const read = useCallback(() => void readAsGuest(token).then(setAnswer), [])
  useEffect(read, [read])
  useEffect(() => {
    document.title = t('guest.title')
  }, [t])
  if (!answer) return <main className="page" aria-busy="true" />
  if (!answer.ok) return PASSING.includes(answer.code) ? <NotNow refusal={answer} onRetry={read} /> : <Gone />
  return <Decision text={answer.value} onDecided={(value) => setAnswer({ ok: true, value })} />
}

function Gone() {
  const t = useTexts('portal')
  return (
    <main className="page">
      <h1>{t('guest.gone')}</h1>
      <p>{t('guest.gone-why')}</p>
    </main>
  )
}

function NotNow({ refusal, onRetry }: { refusal: Refusal; onRetry(): void }) {
  const t = useTexts('portal')
  return (
    <main className="page">
      <h1>{t('guest.title')}</h1>
      <Refused refusal={refusal} />
      <button type="button" className="main" onClick={onRetry}>
        {t('guest.retry')}
      </button>
    </main>
  )
}

function Decision({ text, onDecided }: { text: ForGuest; onDecided(text: ForGuest): void }) {
  const t = useTexts('portal')
  const language = useLanguage()
  const kindName = useKindName()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(text.expiresAt),
  )
  const decide = (decision: 'approve' | 'decline') =>
    decideAsGuest({ token, version: text.version, decision, remark: reason ?? '' })
  return (
    <main className="page">
      <header>
        <p className="brand">{text.brand}</p>
        <h1>{t('guest.title')}</h1>
        <p className="lead">{t('guest.asks', { brand: text.brand, guest: text.guest })}</p>
      </header>
      {text.answers && (
        <section className="card">
          <h2>{t('guest.theirs', { name: text.answers.author ?? t('guest.nobody') })}</h2>
          <p className="words" lang={text.answers.language ?? undefined} dir="auto">
            {text.answers.text}
          </p>
        </section>
      )}
      <section className="card notice">
        <h2>{t('guest.ours')}</h2>
        <p className="words" lang={text.language ?? undefined} dir="auto">
          {text.text}
        </p>
        {text.pictures.map(({ index, alt }) => (
          <Picture key={index} index={index} alt={alt} />
        ))}
        <p className="hint">{t('guest.as', { account: text.account, network: kindName(text.network) })}</p>
      </section>
      {text.state !== 'open' ? (
        <p role="status">{t(`guest.${text.state}`)}</p>
      ) : (
        <section>
          <Refused refusal={refusal} />
          <p className="hint">{t('guest.until', { time })}</p>
          {reason === null ? (
            <div className="row">
              <ActionButton
                main
                act={() => decide('approve')}
                done={onDecided}
                refused={setRefusal}
                label={t('guest.approve')}
              />
              <button type="button" onClick={() => setReason('')}>
                {t('guest.decline')}
              </button>
            </div>
          ) : (
            <Declining
              reason={reason}
              onReason={setReason}
              decline={() => decide('decline')}
              onDecided={onDecided}
              onRefused={setRefusal}
            />
          )}
        </section>
      )}
    </main>
  )
}

interface DecliningProps {
  reason: string
  onReason(reason: string | null): void
  decline(): Promise<Answer<ForGuest>>
  onDecided(text: ForGuest): void
  onRefused(refusal: Refusal | null): void
}

function Declining({ reason, onReason, decline, onDecided, onRefused }: DecliningProps) {
  const t = useTexts('portal')
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => field.current?.focus(), [])
  return (
    <>
      <div className="field">
        <label htmlFor="reason">{t('guest.reason')}</label>
        <textarea
          id="reason"
          ref={field}
          rows={3}
          maxLength={2_000}
          value={reason}
          aria-describedby="reason-hint"
          onChange={(event) => onReason(event.currentTarget.value)}
        />
        <p className="hint" id="reason-hint">
          {t('guest.reason-why')}
        </p>
      </div>
      <div className="row">
        <ActionButton main act={decline} done={onDecided} refused={onRefused} label={t('guest.send')} />
        <button type="button" onClick={() => onReason(null)}>
          {t('guest.back')}
        </button>
      </div>
    </>
  )
}

/** Asked for with the link's secret in a header, which an address of a picture cannot carry. */
function Picture({ index, alt }: { index: number; alt: string }) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    void guestPicture(token, index).then((bytes) => {
      made = bytes && URL.createObjectURL(bytes)
      setAddress(made)
    })
    return () => {
      if (made) URL.revokeObjectURL(made)
    }
  }, [index])
  return address ? <img src={address} alt={alt} className="picture" /> : <p className="hint">{alt}</p>
}
