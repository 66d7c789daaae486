import { useQuery } from '@tanstack/react-query'
import { apiOf } from '../../platform/api.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useMay, useMe, useWorkspace } from '../../platform/session.ts'
import { ButtonLink } from '../button-link.tsx'
import { InviteForm } from '../settings/invite-form.tsx'
import { PendingInvitations } from '../settings/pending-invitations.tsx'
import styles from './first-run.module.css'
import { FirstRunFrame } from './first-run-frame.tsx'

/** What makes it a team: colleagues, and a mail server that reaches them. */
export function TeamScreen() {
  const t = useTexts('accounts')
  const { slug } = useWorkspace()
  const { installationAdmin } = useMe()
  const mayInvite = useMay('members.manage')
  return (
    <FirstRunFrame step="team" slug={slug} title={t('firstRun.team.title')} why={t('firstRun.team.why')}>
      {mayInvite && (
        <section className={styles.panel} aria-labelledby="invite">
          <div className={styles.panelHead}>
            <h2 id="invite">{t('firstRun.team.invite')}</h2>
          </div>
          <InviteForm />
          <PendingInvitations />
        </section>
      )}
      {installationAdmin && <MailServer slug={slug} />}
      <div className={styles.next}>
        <ButtonLink variant="filled" to="/w/$slug" params={{ slug }}>
          {t('firstRun.team.done')}
        </ButtonLink>
      </div>
    </FirstRunFrame>
  )
}

function MailServer({ slug }: { slug: string }) {
  const t = useTexts('accounts')
  const mail = useQuery(apiOf(null).accounts.installation.mail.queryOptions({ input: {} })).data?.mail
  return (
    <section className={styles.panel} aria-labelledby="mail">
      <div className={styles.panelHead}>
        <h2 id="mail">{t('mail.title')}</h2>
      </div>
      <p className={styles.panelText}>
        {mail ? t('firstRun.team.mailSet', { host: mail.host, from: mail.from }) : t('firstRun.team.mailMissing')}
      </p>
      <ButtonLink to="/w/$slug/settings/mail" params={{ slug }}>
        {mail ? t('firstRun.team.mailChange') : t('firstRun.team.mailSetUp')}
      </ButtonLink>
    </section>
  )
}
