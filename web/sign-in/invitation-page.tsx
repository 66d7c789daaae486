import type { Answer } from '../plain/answer.ts'
import { Form } from '../plain/form.tsx'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { AccountFields } from './account-fields.tsx'
import { acceptInvitation, type Invitation, readInvitation, readSession, signIn } from './calls.ts'
import { leaveFor, Page, parameter, useAnswer } from './page.tsx'

export function InvitationPage() {
  const t = useTexts('sign-in')
  const invitation = useAnswer(() => readInvitation(parameter('token')))
  const session = useAnswer(readSession)
  if (!invitation || !session) return null
  if (!invitation.ok)
    return (
      <Page
        title={t('invitation.gone-title')}
        lead={t(invitation.code === 'invitation-unknown' ? 'invitation.gone' : 'errors.unreachable')}
      >
        <a href="/sign-in">{t('forgot.back')}</a>
      </Page>
    )
  const signedIn = session.ok && session.value ? session.value.user : null
  const { role, roleName } = invitation.value
  return (
    <Page
      title={t('invitation.title', { workspace: invitation.value.workspace })}
      lead={role ? t(`invitation.as-${role}`) : t('invitation.as-own-role', { role: roleName })}
    >
      {signedIn ? <JoinAs name={signedIn.name} /> : <JoinWithAccount invitation={invitation.value} />}
    </Page>
  )
}

function JoinAs({ name }: { name: string }) {
  const t = useTexts('sign-in')
  return (
    <Form
      leaves
      submitLabel={t('invitation.join-as', { name })}
      submit={() => acceptInvitation(parameter('token'))}
      done={({ slug }) => leaveFor(`/w/${slug}`)}
    >
      {null}
    </Form>
  )
}

function JoinWithAccount({ invitation }: { invitation: Invitation }) {
  const t = useTexts('sign-in')
  const language = useLanguage()
  const submit = async ({
    name = '',
    email = '',
    password = '',
  }: Record<string, string>): Promise<Answer<{ slug: string }>> => {
    const joined = await acceptInvitation(parameter('token'), { name, email, password, language })
    if (!joined.ok) return joined
    const entered = await signIn(email, password)
    return entered.ok ? joined : entered
  }
  const here = `${location.pathname}${location.search}`
  return (
    <>
      <Form leaves submitLabel={t('invitation.join')} submit={submit} done={({ slug }) => leaveFor(`/w/${slug}`)}>
        <AccountFields email={invitation.email} />
      </Form>
      <a href={`/sign-in?${new URLSearchParams({ next: here })}`}>{t('invitation.have-account')}</a>
    </>
  )
}
