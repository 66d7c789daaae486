import { Button, Checkbox, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import styles from './listening.module.css'
import { CheckRefusal, SourceRefusal, useAddSource } from './use-add-source.tsx'

const SECURITIES = ['tls', 'starttls', 'none'] as const
type Security = (typeof SECURITIES)[number]

const EMPTY = {
  address: '',
  name: '',
  imapHost: '',
  imapPort: 993,
  imapSecurity: 'tls' as Security,
  smtpHost: '',
  smtpPort: 465,
  smtpSecurity: 'tls' as Security,
  plusAddresses: true,
  user: '',
  password: '',
}
type Mailbox = typeof EMPTY

/** A mailbox of ours: letters to it are heard, and answered in its name. Tried once, before anything is kept. */
export function NewMailbox({ onAdded }: { onAdded(sourceId: string): void }) {
  const t = useTexts('listening')
  const [box, setBox] = useState(EMPTY)
  const check = useMutation(useApi().listening.sources.check.mutationOptions({ meta: { shownInPlace: true } }))
  const add = useAddSource(onAdded)
  const { user, password, ...settings } = box
  const credentials = { user: user.trim() || box.address.trim(), password }
  const change = (changed: Partial<Mailbox>) => {
    setBox((before) => ({ ...before, ...changed }))
    check.reset()
    add.reset()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const tried = await check.mutateAsync({ network: 'mail', settings, credentials }).catch(() => null)
    if (tried?.ok) add.mutate({ network: 'mail', settings: tried.settings, credentials })
  }
  return (
    <form className={styles.sourceForm} onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('mailbox.address')}
        placeholder="help@brand.example"
        type="email"
        value={box.address}
        onChange={(event) => change({ address: event.currentTarget.value })}
        autoComplete="off"
        required
      />
      <TextInput
        label={t('mailbox.name')}
        description={t('mailbox.nameWhy')}
        value={box.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        maxLength={100}
        autoComplete="off"
      />
      <Server box={box} which="imap" onChange={change} />
      <Server box={box} which="smtp" onChange={change} />
      <TextInput
        label={t('mailbox.user')}
        description={t('mailbox.userWhy')}
        value={box.user}
        onChange={(event) => change({ user: event.currentTarget.value })}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
      />
      <PasswordInput
        label={t('mailbox.password')}
        description={t('mailbox.passwordWhy')}
        value={box.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
        autoComplete="off"
        required
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <Checkbox
        label={t('mailbox.plus')}
        description={t('mailbox.plusWhy')}
        checked={box.plusAddresses}
        onChange={(event) => change({ plusAddresses: event.currentTarget.checked })}
      />
      <div className={styles.buttons}>
        <Button type="submit" variant="filled" loading={check.isPending || add.isPending}>
          {t('mailbox.add')}
        </Button>
      </div>
      <div role="status">
        <CheckRefusal check={check.data} />
      </div>
      <SourceRefusal error={check.error ?? add.error} />
    </form>
  )
}

interface ServerProps {
  box: Mailbox
  which: 'imap' | 'smtp'
  onChange(changed: Partial<Mailbox>): void
}

/** Where letters lie, or where they go out. */
function Server({ box, which, onChange }: ServerProps) {
  const t = useTexts('listening')
  return (
    <fieldset className={styles.server}>
      <legend>{t(`mailbox.${which}`)}</legend>
      <TextInput
        label={t('mailbox.host')}
        placeholder={`${which}.brand.example`}
        value={box[`${which}Host`]}
        onChange={(event) => onChange({ [`${which}Host`]: event.currentTarget.value })}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        required
      />
      <NumberInput
        label={t('mailbox.port')}
        value={box[`${which}Port`]}
        onChange={(value) => onChange({ [`${which}Port`]: Number(value) || 0 })}
        min={1}
        max={65_535}
        hideControls
        required
      />
      <Select
        label={t('mailbox.security')}
        data={SECURITIES.map((value) => ({ value, label: t(`mailbox.securities.${value}`) }))}
        value={box[`${which}Security`]}
        onChange={(value) => value && onChange({ [`${which}Security`]: value as Security })}
        allowDeselect={false}
      />
    </fieldset>
  )
}
