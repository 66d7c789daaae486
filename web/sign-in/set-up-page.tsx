import type { Answer } from '../plain/answer.ts'
import { Form } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { AccountFields } from './account-fields.tsx'
import { setUp, signIn } from './calls.ts'
import { leaveFor, Page, parameter } from './page.tsx'

/** Set-up and sign-in in one go, so that nobody types the password twice. */
export function SetUpPage() {
  const t = useTexts('sign-in')
  const language = useLanguage()
  const submit = async ({ name = '', email = '', password = '' }: Record<string, string>): Promise<Answer<unknown>> => {
    const made = await setUp(parameter('token'), { name, email, password, language })
    return made.ok ? signIn(email, password) : made
  }
  return (
    <Page title={t('set-up.title')} lead={t('set-up.lead')}>
      <Form leaves submitLabel={t('set-up.submit')} submit={submit} done={() => leaveFor('/')}>
        <AccountFields />
      </Form>
    </Page>
  )
}
