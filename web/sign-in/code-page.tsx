import { useState } from 'react'
import { Field, Form } from '../plain/form.tsx'
import { useTexts } from '../platform/i18n.ts'
import { sendCode } from './calls.ts'
import { Page } from './page.tsx'

export function CodePage({ done }: { done(): void }) {
  const t = useTexts('sign-in')
  const [kind, setKind] = useState<'totp' | 'backup'>('totp')
  return (
    <Page title={t('code.title')} lead={t(kind === 'totp' ? 'code.lead' : 'code.backup-lead')}>
      <Form
        leaves
        key={kind}
        submitLabel={t('code.submit')}
        submit={({ code = '' }) => sendCode(code.trim(), kind)}
        done={done}
      >
        <Field
          label={t(kind === 'totp' ? 'code.label' : 'code.backup-label')}
          name="code"
          autoComplete="one-time-code"
          inputMode={kind === 'totp' ? 'numeric' : 'text'}
          autoFocus
          maxLength={40}
        />
      </Form>
      <button type="button" className="link" onClick={() => setKind(kind === 'totp' ? 'backup' : 'totp')}>
        {t(kind === 'totp' ? 'code.use-backup' : 'code.use-app')}
      </button>
    </Page>
  )
}
