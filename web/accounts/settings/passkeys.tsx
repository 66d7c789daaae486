import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { addPasskey, deletePasskey, listPasskeys, type Passkey } from './auth-calls.ts'
import { describeDevice } from './device.ts'
import styles from './settings.module.css'
import { SignInAgain } from './sign-in-again.tsx'

export const passkeysQuery = { queryKey: ['sign-in', 'passkeys'], queryFn: listPasskeys }

/** Sign-in with the device's own lock instead of a password. */
export function Passkeys() {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  const passkeys = useQuery(passkeysQuery)
  const [name, setName] = useState(() => describeDevice(navigator.userAgent) ?? '')
  const [removed, setRemoved] = useState<Passkey | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: passkeysQuery.queryKey })
  const add = useMutation({
    mutationFn: () => addPasskey(name.trim()),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      showDone(t('security.passkeyAdded'))
      await refresh()
    },
  })
  const remove = useMutation({ mutationFn: deletePasskey, meta: { shownInPlace: true }, onSettled: refresh })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!add.isPending) add.mutate()
  }
  const nameOf = (passkey: Passkey) => passkey.name ?? t('security.passkeyUnnamed')
  if (passkeys.error) return <QueryError error={passkeys.error} onRetry={() => void passkeys.refetch()} />
  return (
    <div className={styles.stack}>
      {(passkeys.data ?? []).length > 0 && (
        <ul className={styles.rows}>
          {passkeys.data?.map((passkey) => (
            <li key={passkey.id} className={styles.row}>
              <span className={styles.main}>
                <span className={styles.strong}>{nameOf(passkey)}</span>
                <span className={styles.muted}>
                  {t('security.added')} <TimeAgo time={new Date(passkey.createdAt)} />
                  {passkey.backedUp && ` · ${t('security.passkeySynced')}`}
                </span>
              </span>
              <Button onClick={() => setRemoved(passkey)} aria-label={t('removeNamed', { name: nameOf(passkey) })}>
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className={styles.inline} onSubmit={submit}>
        <TextInput
          label={t('security.passkeyName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={100}
          autoComplete="off"
        />
        <Button type="submit" loading={add.isPending}>
          {t('security.addPasskey')}
        </Button>
      </form>
      <SignInAgain error={add.error} />
      {removed && (
        <ConfirmByName
          opened
          onClose={() => setRemoved(null)}
          title={t('removeNamed', { name: nameOf(removed) })}
          name={nameOf(removed)}
          action={t('security.removePasskey')}
          onConfirm={() => remove.mutateAsync(removed.id)}
        >
          {t('security.removePasskeyWhat')}
        </ConfirmByName>
      )}
    </div>
  )
}
