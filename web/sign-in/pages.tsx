import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import {
  type Answer,
  acceptInvitation,
  beginProviderSignIn,
  type Invitation,
  nextAddress,
  type Refusal,
  readInvitation,
  readSession,
  readStatus,
  requestReset,
  resetPassword,
  sendCode,
  setUp,
  signIn,
  signInWithPasskey,
} from './calls.ts'
import { AccountFields, Field, Form, Refused } from './form.tsx'

const parameter = (name: string): string => new URLSearchParams(location.search).get(name) ?? ''
const leaveFor = (address: string) => location.assign(address)

/** Asks once when the page opens. Undefined: still asking. */
function useAnswer<T>(request: () => Promise<Answer<T>>): Answer<T> | undefined {
  const [answer, setAnswer] = useState<Answer<T>>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page asks once, when it opens.
  useEffect(() => void request().then(setAnswer), [])
  return answer
}

function Page({ title, lead, children }: { title: string; lead?: string; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words below the title are another page to the reader.
  useEffect(() => {
    document.title = `${title} · Rapport`
    // What had the focus went away with the step before; a field that asked for it keeps it.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [title, lead])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </>
  )
}

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

function CodePage({ done }: { done(): void }) {
  const t = useTexts('sign-in')
  const [kind, setKind] = useState<'totp' | 'backup'>('totp')
  return (
    <Page title={t('code.title')} lead={t(kind === 'totp' ? 'code.lead' : 'code.backup-lead')}>
      <Form
        key={kind}
        submitLabel={t('code.submit')}
        submit={({ code = '' }) => sendCode(code.trim(), kind)}
        done={done}
      >
        <Field
          label={t(kind === 'totp' ? 'code.label' : 'code.backup-label')}
          name="code"
          autoComplete="one-time-code"
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          autoFocus
          maxLength={40}
        />
      </Form>
      <button type="button" className="link" onClick={() => setKind(kind === 'totp' ? 'backup' : 'totp')}>
        {t(kind === 'totp' ? 'code.use-backup' : 'code.use-app')}
      </button>
    </Page>
  )
}

function ForgotPage({ back }: { back(): void }) {
  const t = useTexts('sign-in')
  const [sent, setSent] = useState(false)
  return (
    <Page title={t('forgot.title')} lead={t(sent ? 'forgot.sent' : 'forgot.lead')}>
      {!sent && (
        <Form
          submitLabel={t('forgot.submit')}
          submit={({ email = '' }) => requestReset(email)}
          done={() => setSent(true)}
        >
          <Field label={t('email')} name="email" type="email" autoComplete="username" autoFocus />
        </Form>
      )}
      <button type="button" className="link" onClick={back}>
        {t('forgot.back')}
      </button>
    </Page>
  )
}

export function ResetPage() {
  const t = useTexts('sign-in')
  const expired = parameter('error') || !parameter('token')
  if (expired)
    return (
      <Page title={t('reset.title')} lead={t('errors.link-expired')}>
        <a href="/sign-in">{t('forgot.back')}</a>
      </Page>
    )
  return (
    <Page title={t('reset.title')}>
      <Form
        submitLabel={t('reset.submit')}
        submit={({ password = '' }) => resetPassword(parameter('token'), password)}
        done={() => leaveFor('/sign-in?password=changed')}
      >
        <Field
          label={t('reset.label')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          maxLength={128}
          hint={t('password-hint')}
        />
      </Form>
    </Page>
  )
}

/** Set-up and sign-in in one go, so that nobody types the password twice. */
export function SetUpPage() {
  const t = useTexts('sign-in')
  const language = useLanguage()
  const submit = async ({ name = '', email = '', password = '' }: Record<string, string>): Promise<Answer<unknown>> => {
    const made = await setUp(parameter('token'), { name, email, password, language })
    return made.ok ? signIn(email, password) : made
  }
  return (
    <Page title={t('set-up.title')} lead={t('set-up.lead')}>
      <Form submitLabel={t('set-up.submit')} submit={submit} done={() => leaveFor('/')}>
        <AccountFields />
      </Form>
    </Page>
  )
}

export function InvitationPage() {
  const t = useTexts('sign-in')
  const invitation = useAnswer(() => readInvitation(parameter('token')))
  const session = useAnswer(readSession)
  if (!invitation || !session) return null
  if (!invitation.ok)
    return (
      <Page
        title={t('invitation.gone-title')}
        lead={t(invitation.code === 'invitation-unknown' ? 'invitation.gone' : 'errors.unreachable')}
      >
        <a href="/sign-in">{t('forgot.back')}</a>
      </Page>
    )
  const signedIn = session.ok && session.value ? session.value.user : null
  return (
    <Page
      title={t('invitation.title', { workspace: invitation.value.workspace })}
      lead={t(`invitation.as-${invitation.value.role}`)}
    >
      {signedIn ? <JoinAs name={signedIn.name} /> : <JoinWithAccount invitation={invitation.value} />}
    </Page>
  )
}

function JoinAs({ name }: { name: string }) {
  const t = useTexts('sign-in')
  return (
    <Form
      submitLabel={t('invitation.join-as', { name })}
      submit={() => acceptInvitation(parameter('token'))}
      done={({ slug }) => leaveFor(`/w/${slug}`)}
    >
      {null}
    </Form>
  )
}

function JoinWithAccount({ invitation }: { invitation: Invitation }) {
  const t = useTexts('sign-in')
  const language = useLanguage()
  const submit = async ({
    name = '',
    email = '',
    password = '',
  }: Record<string, string>): Promise<Answer<{ slug: string }>> => {
    const joined = await acceptInvitation(parameter('token'), { name, email, password, language })
    if (!joined.ok) return joined
    const entered = await signIn(email, password)
    return entered.ok ? joined : entered
  }
  const here = `${location.pathname}${location.search}`
  return (
    <>
      <Form submitLabel={t('invitation.join')} submit={submit} done={({ slug }) => leaveFor(`/w/${slug}`)}>
        <AccountFields email={invitation.email} />
      </Form>
      <a href={`/sign-in?${new URLSearchParams({ next: here })}`}>{t('invitation.have-account')}</a>
    </>
  )
}
