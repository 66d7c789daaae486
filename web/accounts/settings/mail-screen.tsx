import { Button, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { apiOf } from '../../platform/api.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

/** Where each kind of encryption usually answers. */
const PORTS = { tls: 465, starttls: 587, none: 25 } as const
const SECURITIES = ['tls', 'starttls', 'none'] as const
type Security = (typeof SECURITIES)[number]

const installation = apiOf(null).accounts.installation

export function MailScreen() {
  const t = useTexts('accounts')
  return (
    <SettingsPlace section="mail">
      <FormSection title={t('mail.title')} why={t('mail.why')}>
        <MailForm />
      </FormSection>
    </SettingsPlace>
  )
}

function MailForm() {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  const { mail } = useSuspenseQuery(installation.mail.queryOptions({ input: {} })).data
  const [host, setHost] = useState(mail?.host ?? '')
  const [port, setPort] = useState<number>(mail?.port ?? PORTS.starttls)
  const [security, setSecurity] = useState<Security>(mail?.security ?? 'starttls')
  const [user, setUser] = useState(mail?.user ?? '')
  const [password, setPassword] = useState('')
  const [from, setFrom] = useState(mail?.from ?? '')
  const test = useMutation(installation.testMail.mutationOptions({ meta: { shownInPlace: true } }))
  const save = useMutation(
    installation.updateMail.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        setPassword('')
        await queries.invalidateQueries({ queryKey: installation.mail.key() })
        showDone(t('saved'))
      },
    }),
  )
  const given = { host: host.trim(), port, security, user: user.trim(), from: from.trim() }
  // An absent password keeps the stored one; an empty one would forget it.
  const input = password === '' && mail?.hasPassword ? given : { ...given, password }
  const change = (set: () => void) => {
    set()
    test.reset()
  }
  const changeSecurity = (next: Security) => {
    if (port === PORTS[security]) setPort(PORTS[next])
    setSecurity(next)
  }
  return (
    <Form
      submit={t('save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate(input)}
      beside={
        <Button loading={test.isPending} disabled={!given.host || !given.from} onClick={() => test.mutate(input)}>
          {t('mail.test')}
        </Button>
      }
    >
      <TextInput
        label={t('mail.host')}
        placeholder="mail.example.org"
        value={host}
        onChange={(event) => change(() => setHost(event.currentTarget.value))}
        required
        maxLength={253}
        autoCapitalize="off"
        spellCheck={false}
      />
      <Select
        label={t('mail.security')}
        data={SECURITIES.map((value) => ({ value, label: t(`mail.securities.${value}`) }))}
        value={security}
        onChange={(chosen) => chosen && change(() => changeSecurity(chosen as Security))}
        allowDeselect={false}
      />
      <NumberInput
        label={t('mail.port')}
        value={port}
        onChange={(value) => change(() => setPort(Number(value) || 0))}
        min={1}
        max={65_535}
        allowDecimal={false}
        required
      />
      <TextInput
        label={t('mail.user')}
        description={t('mail.userWhy')}
        value={user}
        onChange={(event) => change(() => setUser(event.currentTarget.value))}
        maxLength={254}
        autoComplete="off"
      />
      <PasswordInput
        label={t('mail.password')}
        {...(mail?.hasPassword ? { description: t('mail.passwordKept') } : {})}
        value={password}
        onChange={(event) => change(() => setPassword(event.currentTarget.value))}
        maxLength={500}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('security.showPassword') }}
      />
      <TextInput
        type="email"
        label={t('mail.from')}
        description={t('mail.fromWhy')}
        value={from}
        onChange={(event) => change(() => setFrom(event.currentTarget.value))}
        required
        maxLength={254}
        autoComplete="off"
      />
      <div role="status">
        {test.data && <TestOutcome {...test.data} />}
        {test.error && <p className={styles.wrong}>{textOfFailure(failureOf(test.error))}</p>}
      </div>
    </Form>
  )
}

interface TestOutcomeProps {
  sentTo: string | null
  failure: string | null
  detail: string
}

/** What happened, what to do, and the server's own words for whoever runs it. */
function TestOutcome({ sentTo, failure, detail }: TestOutcomeProps) {
  const t = useTexts('accounts')
  if (failure === null)
    return (
      <div className={styles.box}>
        <span className={styles.good}>{t('mail.sent', { to: sentTo ?? '' })}</span>
      </div>
    )
  return (
    <div className={styles.box}>
      <span className={styles.wrong}>{t(`mail.failure.${failure}`)}</span>
      {detail && (
        <span className={styles.muted}>
          {t('mail.serverSaid')} <code>{detail}</code>
        </span>
      )}
    </div>
  )
}
