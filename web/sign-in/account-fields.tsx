import { Field } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'

/** Of whoever has no account yet. */
export function AccountFields({ email }: { email?: string | null }) {
  const t = useTexts('sign-in')
  return (
    <>
      <Field label={t('name')} name="name" autoComplete="name" maxLength={200} />
      <Field
        label={t('email')}
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        defaultValue={email ?? ''}
        readOnly={Boolean(email)}
      />
      <Field
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={128}
        hint={t('password-hint')}
      />
    </>
  )
}
