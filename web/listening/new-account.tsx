import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './listening.module.css'
import type { SourceCheck } from './shapes.ts'
import { CheckRefusal, SourceRefusal, useAddSource } from './use-add-source.tsx'

const APP_PASSWORDS = 'https://bsky.app/settings/app-passwords'

interface SignIn {
  identifier: string
  appPassword: string
  /** Empty: the network's own service. */
  service: string
}

/** An account of ours: what is said to it is heard, and answers go out in its name. Signed in once to see whose it is. */
export function NewAccount({ onAdded }: { onAdded(sourceId: string): void }) {
  const t = useTexts('listening')
  const [signIn, setSignIn] = useState<SignIn>({ identifier: '', appPassword: '', service: '' })
  const check = useMutation(useApi().listening.sources.check.mutationOptions({ meta: { shownInPlace: true } }))
  const add = useAddSource(onAdded)
  const service = signIn.service.trim()
  const credentials = { identifier: signIn.identifier.trim().replace(/^@/, ''), appPassword: signIn.appPassword.trim() }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.reset()
    check.mutate({ network: 'bluesky', settings: service ? { service } : {}, credentials })
  }
  const change = (changed: Partial<SignIn>) => {
    setSignIn((before) => ({ ...before, ...changed }))
    check.reset()
    add.reset()
  }
  const found = check.data?.ok ? check.data : null
  return (
    <form className={styles.sourceForm} onSubmit={submit}>
      <SignInFields signIn={signIn} onChange={change} />
      <div className={styles.buttons}>
        <Button type="submit" variant={found ? 'default' : 'filled'} loading={check.isPending}>
          {t('account.signIn')}
        </Button>
      </div>
      <div role="status">
        <CheckRefusal check={check.data} />
        {found && (
          <FoundAccount
            found={found}
            adding={add.isPending}
            onAdd={() => add.mutate({ network: 'bluesky', settings: found.settings, credentials })}
          />
        )}
      </div>
      <SourceRefusal error={check.error ?? add.error} />
    </form>
  )
}

interface SignInFieldsProps {
  signIn: SignIn
  onChange(changed: Partial<SignIn>): void
}

function SignInFields({ signIn, onChange }: SignInFieldsProps) {
  const t = useTexts('listening')
  return (
    <>
      <TextInput
        label={t('account.handle')}
        placeholder="brand.example.social"
        value={signIn.identifier}
        onChange={(event) => onChange({ identifier: event.currentTarget.value })}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        required
      />
      <PasswordInput
        label={t('account.password')}
        description={
          <>
            {t('account.passwordWhy')}{' '}
            <Anchor href={APP_PASSWORDS} target="_blank" rel="noopener noreferrer" size="xs" underline="always">
              {t('account.passwordWhere')}
            </Anchor>
          </>
        }
        value={signIn.appPassword}
        onChange={(event) => onChange({ appPassword: event.currentTarget.value })}
        autoComplete="off"
        minLength={8}
        required
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <details className={styles.further}>
        <summary>{t('account.further')}</summary>
        <TextInput
          label={t('account.service')}
          description={t('account.serviceWhy')}
          placeholder="https://bsky.social"
          value={signIn.service}
          onChange={(event) => onChange({ service: event.currentTarget.value })}
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
        />
      </details>
    </>
  )
}

interface FoundAccountProps {
  found: Extract<SourceCheck, { ok: true }>
  adding: boolean
  onAdd(): void
}

function FoundAccount({ found: { name: called, account }, adding, onAdd }: FoundAccountProps) {
  const t = useTexts('listening')
  const name = account?.name ?? called
  return (
    <div className={styles.found}>
      <div className={styles.inLine}>
        <Avatar name={name} />
        <p>{t('account.found', { name, handle: account?.handle ?? called })}</p>
      </div>
      <Button className={styles.addButton} variant="filled" loading={adding} onClick={onAdd}>
        {t('sources.addThis')}
      </Button>
    </div>
  )
}
