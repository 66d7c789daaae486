import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import styles from './listening.module.css'
import { FailureSentence } from './source-health.tsx'
import { SourceRefusal, useAddSource } from './use-add-source.tsx'

const APP_PASSWORDS = 'https://bsky.app/settings/app-passwords'

/** An account of ours: what is said to it is heard, and answers go out in its name. Signed in once to see whose it is. */
export function NewAccount({ onAdded }: { onAdded(sourceId: string): void }) {
  const t = useTexts('listening')
  const [identifier, setIdentifier] = useState('')
  const [appPassword, setAppPassword] = useState('')
  const [service, setService] = useState('')
  const check = useMutation(useApi().listening.sources.check.mutationOptions({ meta: { shownInPlace: true } }))
  const add = useAddSource(onAdded)
  const credentials = { identifier: identifier.trim().replace(/^@/, ''), appPassword: appPassword.trim() }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.reset()
    check.mutate({ network: 'bluesky', settings: service.trim() ? { service: service.trim() } : {}, credentials })
  }
  const changed = () => {
    check.reset()
    add.reset()
  }
  const account = check.data?.ok ? check.data.account : null
  return (
    <form className={styles.sourceForm} onSubmit={submit}>
      <TextInput
        label={t('account.handle')}
        placeholder="kobaltfon.example.social"
        value={identifier}
        onChange={(event) => {
          setIdentifier(event.currentTarget.value)
          changed()
        }}
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
        value={appPassword}
        onChange={(event) => {
          setAppPassword(event.currentTarget.value)
          changed()
        }}
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
          value={service}
          onChange={(event) => {
            setService(event.currentTarget.value)
            changed()
          }}
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
        />
      </details>
      <div className={styles.buttons}>
        <Button type="submit" variant={check.data?.ok ? 'default' : 'filled'} loading={check.isPending}>
          {t('account.signIn')}
        </Button>
      </div>
      <div role="status">
        {check.data?.ok === false && (
          <p className={styles.wrong}>
            <FailureSentence failure={check.data.failure} />
          </p>
        )}
        {check.data?.ok && (
          <div className={styles.found}>
            <div className={styles.inLine}>
              <Avatar name={account?.name ?? check.data.name} />
              <p>
                {t('account.found', {
                  name: account?.name ?? check.data.name,
                  handle: account?.handle ?? check.data.name,
                })}
              </p>
            </div>
            <Button
              className={styles.addButton}
              variant="filled"
              loading={add.isPending}
              onClick={() =>
                add.mutate({ network: 'bluesky', settings: check.data?.ok ? check.data.settings : {}, credentials })
              }
            >
              {t('sources.addThis')}
            </Button>
          </div>
        )}
      </div>
      <SourceRefusal error={check.error ?? add.error} />
    </form>
  )
}
