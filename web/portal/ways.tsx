import { type ReactNode, useState } from 'react'
import type { Answer } from '../plain/answer.ts'
import { Field, Form } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import {
  proveAccount,
  proveBySignIn,
  proveDomainHandle,
  proveMail,
  provePhone,
  proveProfile,
  proveSite,
} from './calls.ts'
import { useKindName } from './names.ts'
import { rememberCode } from './posted-code.ts'
import type { Portal } from './shapes.ts'

/** What can be proven, each with what one agrees to beside its button. One is open at a time. */
export function Ways(portal: Portal) {
  const t = useTexts('portal')
  const [open, setOpen] = useState<string | null>(null)
  const { offered, issuers, accounts } = portal.described
  const provenSite = portal.page.connections.some(({ network, masked }) => network === 'site' && !masked)
  const ways: [id: string, label: string, form: ReactNode][] = []
  const begun = () => {
    setOpen(null)
    void portal.again(t('ways.begun'))
  }
  if (offered.includes('mail')) ways.push(['mail', t('ways.mail'), <Mail key="mail" {...portal} begun={begun} />])
  if (offered.includes('phone')) ways.push(['phone', t('ways.phone'), <Phone key="phone" {...portal} begun={begun} />])
  if (offered.includes('account') && accounts.length > 0)
    ways.push(['account', t('ways.account'), <Account key="account" {...portal} begun={begun} />])
  if (offered.includes('sign-in'))
    for (const { issuerId, name } of issuers)
      ways.push([
        issuerId,
        t('ways.sign-in', { name }),
        <SignIn key={issuerId} {...portal} issuerId={issuerId} name={name} />,
      ])
  if (offered.includes('site')) {
    ways.push(['site', t('ways.site'), <Site key="site" {...portal} begun={begun} />])
    ways.push(['profile', t('ways.profile'), <Profile key="profile" {...portal} begun={begun} />])
    if (provenSite) ways.push(['domain', t('ways.domain'), <Domain key="domain" {...portal} begun={begun} />])
  }
  if (ways.length === 0) return <p>{t('ways.none')}</p>
  return (
    <section aria-labelledby="connect">
      <h2 id="connect">{t(portal.page.known ? 'ways.more' : 'ways.title')}</h2>
      <ul className="list">
        {ways.map(([id, label, form]) => (
          <li key={id} className="card way">
            <button type="button" aria-expanded={open === id} onClick={() => setOpen(open === id ? null : id)}>
              {label}
            </button>
            {open === id && form}
          </li>
        ))}
      </ul>
    </section>
  )
}

type WayProps = Portal & { begun(): void }

function WayForm<T>({
  described,
  submitLabel,
  submit,
  done,
  children,
}: Pick<Portal, 'described'> & {
  submitLabel: string
  submit(values: Record<string, string>): Promise<Answer<T>>
  done(value: T): void
  children: ReactNode
}) {
  return (
    <Form submitLabel={submitLabel} submit={submit} done={done}>
      {children}
      <p className="statement">{described.statements.consent.text}</p>
    </Form>
  )
}

function Mail({ described, agreed, begun }: WayProps) {
  const t = useTexts('portal')
  return (
    <WayForm
      described={described}
      submitLabel={t('agree.code')}
      submit={({ address = '' }) => proveMail({ ...agreed('consent'), address })}
      done={begun}
    >
      <Field label={t('field.mail')} name="address" type="email" autoComplete="email" maxLength={254} autoFocus />
    </WayForm>
  )
}

function Phone({ described, agreed, begun }: WayProps) {
  const t = useTexts('portal')
  return (
    <WayForm
      described={described}
      submitLabel={t('agree.code')}
      submit={({ number = '' }) => provePhone({ ...agreed('consent'), number })}
      done={begun}
    >
      <Field
        label={t('field.phone')}
        name="number"
        type="tel"
        autoComplete="tel"
        maxLength={40}
        hint={t('field.phone-hint')}
        autoFocus
      />
    </WayForm>
  )
}

function Account({ described, agreed, begun }: WayProps) {
  const t = useTexts('portal')
  const kindName = useKindName()
  const networks = [...new Set(described.accounts.map(({ network }) => network))]
  const submit = async ({ network = networks[0] ?? '', handle = '' }: Record<string, string>) => {
    const answer = await proveAccount({ ...agreed('consent'), network, handle })
    if (answer.ok) rememberCode(answer.value.proofId, answer.value.code)
    return answer
  }
  return (
    <WayForm described={described} submitLabel={t('agree.account')} submit={submit} done={begun}>
      <p>{t('field.account-how', { brand: described.brand })}</p>
      {networks.length > 1 && (
        <label className="field">
          {t('field.network')}
          <select name="network">
            {networks.map((network) => (
              <option key={network} value={network}>
                {kindName(network)}
              </option>
            ))}
          </select>
        </label>
      )}
      <Field
        label={t('field.handle', { network: networks.length === 1 ? kindName(networks[0] ?? '') : '' })}
        name="handle"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={200}
        autoFocus
      />
    </WayForm>
  )
}

function Site({ described, agreed, begun }: WayProps) {
  const t = useTexts('portal')
  return (
    <WayForm
      described={described}
      submitLabel={t('agree.link')}
      submit={({ address = '' }) => proveSite({ ...agreed('consent'), address })}
      done={begun}
    >
      <Field
        label={t('field.site')}
        name="address"
        inputMode="url"
        autoComplete="url"
        autoCapitalize="none"
        maxLength={500}
        placeholder="https://"
        autoFocus
      />
    </WayForm>
  )
}

function Profile({ described, agreed, begun }: WayProps) {
  const t = useTexts('portal')
  return (
    <WayForm
      described={described}
      submitLabel={t('agree.link')}
      submit={({ account = '' }) => proveProfile({ ...agreed('consent'), account })}
      done={begun}
    >
      <Field
        label={t('field.profile')}
        name="account"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={300}
        hint={t('field.profile-hint')}
        autoFocus
      />
    </WayForm>
  )
}

function Domain({ described, agreed, begun }: WayProps) {
  const t = useTexts('portal')
  return (
    <WayForm
      described={described}
      submitLabel={t('agree.link')}
      submit={({ handle = '' }) => proveDomainHandle({ ...agreed('consent'), handle })}
      done={begun}
    >
      <Field
        label={t('field.domain')}
        name="handle"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        hint={t('field.domain-hint')}
        autoFocus
      />
    </WayForm>
  )
}

function SignIn({ described, agreed, issuerId, name }: Portal & { issuerId: string; name: string }) {
  const t = useTexts('portal')
  return (
    <WayForm
      described={described}
      submitLabel={t('agree.sign-in', { name })}
      submit={() => proveBySignIn({ ...agreed('consent'), issuerId })}
      done={({ address }) => location.assign(address)}
    >
      <p>{t('field.sign-in-how', { name })}</p>
    </WayForm>
  )
}
