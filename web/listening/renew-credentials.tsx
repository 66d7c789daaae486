import { PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Form } from '../ui/form.tsx'
import type { Source } from './shapes.ts'
import { SourceRefusal } from './use-add-source.tsx'

/** A new password for the same account; another account would be another source. */
export function RenewCredentials({ source }: { source: Source }) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const [identifier, setIdentifier] = useState('')
  const [appPassword, setAppPassword] = useState('')
  const update = useMutation(
    api.listening.sources.update.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        setAppPassword('')
        showDone(t('account.renewed'))
        await queries.invalidateQueries({ queryKey: api.listening.sources.key() })
      },
    }),
  )
  const isMail = source.network === 'mail'
  const credentials: Record<string, string> = isMail
    ? { user: identifier.trim(), password: appPassword }
    : { identifier: identifier.trim().replace(/^@/, ''), appPassword: appPassword.trim() }
  return (
    <Form
      submit={t('account.renewSave')}
      busy={update.isPending}
      onSubmit={() => update.mutate({ sourceId: source.sourceId, credentials })}
    >
      <TextInput
        label={t(isMail ? 'mailbox.user' : 'account.handle')}
        value={identifier}
        onChange={(event) => setIdentifier(event.currentTarget.value)}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        required
      />
      <PasswordInput
        label={t(isMail ? 'mailbox.password' : 'account.password')}
        value={appPassword}
        onChange={(event) => setAppPassword(event.currentTarget.value)}
        autoComplete="off"
        minLength={isMail ? 1 : 8}
        required
        visibilityToggleButtonProps={{ 'aria-label': t('account.showPassword') }}
      />
      <SourceRefusal error={update.error} />
    </Form>
  )
}
