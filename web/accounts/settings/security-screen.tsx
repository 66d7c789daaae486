import { PasswordInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form, FormSection } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { changePassword, hasPassword } from './auth-calls.ts'
import { Passkeys } from './passkeys.tsx'
import { Sessions } from './sessions.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'
import { TwoFactor } from './two-factor.tsx'

export const passwordQuery = { queryKey: ['sign-in', 'password'], queryFn: hasPassword }
const PASSWORD_LENGTH_MIN = 10

export function SecurityScreen() {
  const t = useTexts('accounts')
  const password = useQuery(passwordQuery)
  if (password.error)
    return (
      <SettingsPlace section="security">
        <QueryError error={password.error} onRetry={() => void password.refetch()} />
      </SettingsPlace>
    )
  return (
    <SettingsPlace section="security">
      <FormSection title={t('security.password')} why={t('security.passwordWhy')}>
        {password.data === false ? <p className={styles.note}>{t('security.noPassword')}</p> : <PasswordForm />}
      </FormSection>
      <FormSection title={t('security.twoFactor')} why={t('security.twoFactorWhy')}>
        <TwoFactor hasPassword={password.data !== false} />
      </FormSection>
      <FormSection title={t('security.passkeys')} why={t('security.passkeysWhy')}>
        <Passkeys />
      </FormSection>
      <FormSection title={t('security.sessions')} why={t('security.sessionsWhy')}>
        <Sessions />
      </FormSection>
    </SettingsPlace>
  )
}

function PasswordForm() {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation({
    mutationFn: () => changePassword(current, next),
    meta: { shownInPlace: true },
    onSuccess: async () => {
      setCurrent('')
      setNext('')
      showDone(t('security.passwordChanged'))
      await queries.invalidateQueries({ queryKey: ['sign-in'] })
    },
  })
  const eye = { visibilityToggleButtonProps: { 'aria-label': t('security.showPassword') } }
  return (
    <Form
      submit={t('security.changePassword')}
      busy={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate()}
    >
      <PasswordInput
        label={t('security.currentPassword')}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        required
        autoComplete="current-password"
        {...eye}
      />
      <PasswordInput
        label={t('security.newPassword')}
        description={t('security.newPasswordWhy')}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        required
        minLength={PASSWORD_LENGTH_MIN}
        maxLength={128}
        autoComplete="new-password"
        {...eye}
      />
    </Form>
  )
}
