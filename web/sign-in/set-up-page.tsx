import { useLanguage, useTexts } from '../platform/i18n.ts'
import { type Answer, setUp, signIn } from './calls.ts'
import { AccountFields, Form } from './form.tsx'
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
      <Form submitLabel={t('set-up.submit')} submit={submit} done={() => leaveFor('/')}>
        <AccountFields />
      </Form>
    </Page>
  )
}
