import { useState } from 'react'
import type { Refusal } from '../plain/answer.ts'
import { Field, Form, Refused } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { ActionButton, Copyable } from './actions.tsx'
import { type Attempt, enterCode, giveUp, look } from './calls.ts'
import { useKindName } from './names.ts'
import { rememberedCode } from './posted-code.ts'
import type { Portal } from './shapes.ts'

/** What is under way, and what came of what was. */
export function Attempts(portal: Portal) {
  const t = useTexts('portal')
  const shown = portal.page.attempts.filter(
    ({ state, way }) => state !== 'proven' && !(way === 'sign-in' && state === 'open'),
  )
  if (shown.length === 0) return null
  return (
    <section aria-labelledby="under-way">
      <h2 id="under-way">{t('attempts.title')}</h2>
      <ul className="list">
        {shown.map((attempt) => (
          <li key={attempt.proofId} className="card">
            <One {...portal} attempt={attempt} />
          </li>
        ))}
      </ul>
    </section>
  )
}

type OneProps = Portal & { attempt: Attempt }

function One(props: OneProps) {
  const { attempt, again, described } = props
  const t = useTexts('portal')
  const kindName = useKindName()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { state, way } = attempt
  return (
    <>
      <p className="kind">{kindName(attempt.network)}</p>
      {attempt.shown && <p className="value">{attempt.shown}</p>}
      {state !== 'open' ? (
        <p>{t(`attempts.${state}`, { brand: described.brand })}</p>
      ) : way === 'mail-code' || way === 'phone-code' ? (
        <EnterCode {...props} />
      ) : way === 'reply-code' ? (
        <PostCode {...props} />
      ) : (
        <LinkBack {...props} />
      )}
      {state === 'open' && (
        <>
          <Refused refusal={refusal} />
          <ActionButton
            label={t('attempts.give-up')}
            act={() => giveUp(attempt.proofId)}
            done={() => void again()}
            refused={setRefusal}
          />
        </>
      )}
    </>
  )
}

function EnterCode({ attempt, again }: OneProps) {
  const t = useTexts('portal')
  const sending = attempt.sending === 'failed' ? 'failed' : attempt.sending === 'sent' ? 'sent' : 'due'
  return (
    <>
      <p>{t(`attempts.sending-${sending}`)}</p>
      <Form
        submitLabel={t('code.submit')}
        submit={({ code = '' }) => enterCode(attempt.proofId, code)}
        done={({ outcome }) => void again(t(`outcome.${outcome}`))}
      >
        <Field
          label={t('code.label')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          hint={t('code.hint')}
        />
      </Form>
    </>
  )
}

function PostCode({ attempt, described }: OneProps) {
  const t = useTexts('portal')
  const language = useLanguage()
  const code = rememberedCode(attempt.proofId)
  const ours = described.accounts.filter(({ network }) => network === attempt.network)
  const accounts = new Intl.ListFormat(language, { type: 'disjunction' }).format(ours.map(({ handle }) => `@${handle}`))
  if (!code) return <p>{t('post.lost')}</p>
  return (
    <>
      <p>{t('post.how', { accounts, brand: described.brand })}</p>
      <Copyable text={code} label={t('post.code')} />
      <p className="hint">{t('post.warning')}</p>
      <p className="hint">{t('post.waiting')}</p>
    </>
  )
}

function LinkBack({ attempt, again }: OneProps) {
  const t = useTexts('portal')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [outcome, setOutcome] = useState('')
  const { way, place } = attempt
  const done = (value: { outcome: string }) => {
    setOutcome(value.outcome)
    if (value.outcome === 'proven' || value.outcome === 'before-staff') void again(t(`outcome.${value.outcome}`))
  }
  return (
    <>
      <p>{t(`link.${way}`)}</p>
      {place && way === 'site-link' && <Copyable text={`<a rel="me" href="${place}">…</a>`} label={t('link.markup')} />}
      {place && way === 'profile-link' && <Copyable text={place} label={t('link.address')} />}
      <Refused refusal={refusal} />
      <p role="status">{outcome && t(`outcome.${outcome}`)}</p>
      <ActionButton label={t('link.look')} main act={() => look(attempt.proofId)} done={done} refused={setRefusal} />
    </>
  )
}
