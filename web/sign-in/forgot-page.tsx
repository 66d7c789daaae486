import { useState } from 'react'
import { Field, Form } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import { requestReset } from './calls.ts'
import { Page } from './page.tsx'

export function ForgotPage({ back }: { back(): void }) {
  const t = useTexts('sign-in')
  const [sent, setSent] = useState(false)
  return (
    <Page title={t('forgot.title')} lead={t(sent ? 'forgot.sent' : 'forgot.lead')}>
      {!sent && (
        <Form
          leaves
          submitLabel={t('forgot.submit')}
          submit={({ email = '' }) => requestReset(email)}
          done={() => setSent(true)}
        >
          <Field label={t('email')} name="email" type="email" autoComplete="username" autoFocus />
        </Form>
      )}
      <button type="button" className="link" onClick={back}>
        {t('forgot.back')}
      </button>
    </Page>
  )
}
