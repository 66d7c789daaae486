import { Anchor, Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import styles from './first-run.module.css'
import { SourceFailure, textOfSourceError } from './source-row.tsx'

const APP_PASSWORDS = 'https://bsky.app/settings/app-passwords'

/** A page address is enough: the feed behind it is found first, shown, and added only then. */
export function AddFeed() {
  const t = useTexts('accounts')
  const api = useApi()
  const [address, setAddress] = useState('')
  const [everything, setEverything] = useState(false)
  const check = useMutation(api.listening.sources.check.mutationOptions({ meta: { shownInPlace: true } }))
  const add = useAddSource(() => {
    setAddress('')
    check.reset()
  })
  const found = check.data?.ok ? check.data : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.reset()
    check.mutate({ network: 'feed', settings: { address: address.trim() } })
  }
  return (
    <>
      <form className={styles.row} onSubmit={submit}>
        <TextInput
          className={styles.grow}
          label={t('firstRun.feed.address')}
          placeholder="https://example.org/blog"
          value={address}
          onChange={(event) => {
            setAddress(event.currentTarget.value)
            check.reset()
          }}
          required
          inputMode="url"
          autoCapitalize="off"
          spellCheck={false}
        />
        <Button type="submit" loading={check.isPending}>
          {t('firstRun.feed.check')}
        </Button>
      </form>
      <div role="status">
        {check.data?.ok === false && (
          <div className={styles.said}>
            <SourceFailure {...check.data.failure} />
          </div>
        )}
        {found && (
          <div className={styles.said}>
            <p className={styles.good}>{t('firstRun.feed.found', { name: found.name })}</p>
            <p className={styles.quiet}>{String(found.settings.address ?? '')}</p>
            <Checkbox
              my="sm"
              label={t('firstRun.feed.everything')}
              description={t('firstRun.feed.everythingWhy')}
              checked={everything}
              onChange={(event) => setEverything(event.currentTarget.checked)}
            />
            <Button
              variant="filled"
              loading={add.isPending}
              onClick={() =>
                add.mutate({ network: 'feed', settings: found.settings, keeps: everything ? 'everything' : 'matches' })
              }
            >
              {t('firstRun.feed.add')}
            </Button>
          </div>
        )}
      </div>
      <Refusal error={check.error ?? add.error} />
    </>
  )
}

/** Our own account: what is said to us is heard, and we can answer. */
export function AddAccount() {
  const t = useTexts('accounts')
  const [identifier, setIdentifier] = useState('')
  const [appPassword, setAppPassword] = useState('')
  const add = useAddSource(() => {
    setIdentifier('')
    setAppPassword('')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    add.mutate({ network: 'bluesky', settings: {}, credentials: { identifier: identifier.trim(), appPassword } })
  }
  return (
    <>
      <form className={styles.row} onSubmit={submit}>
        <TextInput
          className={styles.grow}
          label={t('firstRun.account.handle')}
          placeholder="brand.bsky.social"
          value={identifier}
          onChange={(event) => setIdentifier(event.currentTarget.value)}
          required
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
        />
        <PasswordInput
          className={styles.grow}
          label={t('firstRun.account.password')}
          placeholder="xxxx-xxxx-xxxx-xxxx"
          value={appPassword}
          onChange={(event) => setAppPassword(event.currentTarget.value)}
          required
          minLength={8}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('security.showPassword') }}
        />
        <Button type="submit" loading={add.isPending}>
          {t('firstRun.account.add')}
        </Button>
      </form>
      <p className={`${styles.said} ${styles.quiet}`}>
        {t('firstRun.account.how')}{' '}
        <Anchor href={APP_PASSWORDS} target="_blank" rel="noreferrer" underline="always">
          {t('firstRun.account.where')}
        </Anchor>
      </p>
      <Refusal error={add.error} />
    </>
  )
}

/** Every public post of the network passes by; only what a topic asks for is kept. */
export function SwitchOnStream() {
  const t = useTexts('accounts')
  const api = useApi()
  const sources = useSuspenseQuery(api.listening.sources.list.queryOptions({ input: {} })).data.items
  const add = useAddSource()
  if (sources.some(({ network }) => network === 'bluesky-stream'))
    return <p className={`${styles.said} ${styles.good}`}>{t('firstRun.stream.on')}</p>
  return (
    <>
      <Button
        loading={add.isPending}
        onClick={() => add.mutate({ network: 'bluesky-stream', name: t('firstRun.stream.name'), settings: {} })}
      >
        {t('firstRun.stream.switchOn')}
      </Button>
      <Refusal error={add.error} />
    </>
  )
}

function Refusal({ error }: { error: unknown }) {
  return (
    <div role="alert">
      {error ? <p className={`${styles.said} ${styles.wrong}`}>{textOfSourceError(error)}</p> : null}
    </div>
  )
}

function useAddSource(onAdded?: () => void) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation(
    api.listening.sources.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        onAdded?.()
        showDone(t('firstRun.sources.added'))
        await queries.invalidateQueries({ queryKey: api.listening.sources.list.key() })
      },
    }),
  )
}
