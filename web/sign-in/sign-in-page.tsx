import { useState } from 'react'
import type { Refusal } from '../plain/answer.ts'
import { Field, Form, Refused } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import { beginProviderSignIn, nextAddress, readStatus, signIn, signInWithPasskey } from './calls.ts'
import { CodePage } from './code-page.tsx'
import { ForgotPage } from './forgot-page.tsx'
import { leaveFor, Page, parameter, useAnswer } from './page.tsx'

export function SignInPage() {
  const t = useTexts('sign-in')
  const [step, setStep] = useState<'password' | 'code' | 'reset'>(
    // The identity provider brought somebody back who has an authenticator app here.
    parameter('step') === 'code' ? 'code' : 'password',
  )
  const status = useAnswer(readStatus)
  const done = () => leaveFor(nextAddress(location.search))
  if (status?.ok && status.value.needsSetUp)
    return <Page title={t('set-up.waiting-title')} lead={t('set-up.waiting')} />
  if (step === 'code') return <CodePage done={done} />
  if (step === 'reset') return <ForgotPage back={() => setStep('password')} />
  const provider = status?.ok ? status.value.identityProvider : null
  return (
    <Page title={t('sign-in.title')} {...(parameter('password') === 'changed' ? { lead: t('reset.done') } : {})}>
      <Form
        leaves
        submitLabel={t('sign-in.submit')}
        refused={fromProvider()}
        submit={({ email = '', password = '' }) => signIn(email, password)}
        done={(value) => (value.twoFactorRedirect ? setStep('code') : done())}
      >
        <Field label={t('email')} name="email" type="email" autoComplete="username webauthn" autoFocus />
        <Field label={t('password')} name="password" type="password" autoComplete="current-password" />
      </Form>
      <OtherWays provider={provider} done={done} />
      <p>
        <button type="button" className="link" onClick={() => setStep('reset')}>
          {t('sign-in.forgot')}
        </button>
      </p>
    </Page>
  )
}

/** The identity provider's refusal comes back in the address. */
function fromProvider(): Refusal | null {
  const error = parameter('error')
  if (!error) return null
  const code = /not.?verified|account.not.linked/i.test(error)
    ? 'address-not-verified'
    : /not.?invited|unable_to_create_user|signup/i.test(error)
      ? 'not-invited'
      : 'provider-refused'
  return { ok: false, code, params: {} }
}

function OtherWays({ provider, done }: { provider: { name: string } | null; done(): void }) {
  const t = useTexts('sign-in')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const withPasskey = async () => {
    setRefusal(null)
    const answer = await signInWithPasskey()
    if (answer.ok) done()
    else setRefusal(answer)
  }
  const withProvider = async () => {
    const answer = await beginProviderSignIn(nextAddress(location.search))
    if (answer.ok) leaveFor(answer.value.url)
    else setRefusal(answer)
  }
  return (
    <>
      <p className="or">
        <span>{t('sign-in.or')}</span>
      </p>
      <Refused refusal={refusal} />
      {provider && (
        <button type="button" onClick={() => void withProvider()}>
          {t('sign-in.provider', { name: provider.name })}
        </button>
      )}
      <button type="button" onClick={() => void withPasskey()}>
        {t('sign-in.passkey')}
      </button>
    </>
  )
}
