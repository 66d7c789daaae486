import { Field, Form } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import { resetPassword } from './calls.ts'
import { leaveFor, Page, parameter } from './page.tsx'

export function ResetPage() {
  const t = useTexts('sign-in')
  const expired = parameter('error') || !parameter('token')
  if (expired)
    return (
      <Page title={t('reset.title')} lead={t('errors.link-expired')}>
        <a href="/sign-in">{t('forgot.back')}</a>
      </Page>
    )
  return (
    <Page title={t('reset.title')}>
      <Form
        leaves
        submitLabel={t('reset.submit')}
        submit={({ password = '' }) => resetPassword(parameter('token'), password)}
        done={() => leaveFor('/sign-in?password=changed')}
      >
        <Field
          label={t('reset.label')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          maxLength={128}
          hint={t('password-hint')}
        />
      </Form>
    </Page>
  )
}
