import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { goToSignIn, useMe } from '../../platform/session.ts'
import { endSession, signOut } from '../../shell/sign-out.ts'
import { FormSection } from '../../ui/form.tsx'
import { Passkeys, passkeysQuery } from './passkeys.tsx'
import styles from './second-factor-screen.module.css'
import { passwordQuery } from './security-screen.tsx'
import { TwoFactor } from './two-factor.tsx'

const slugIn = (address: string) => /^\/w\/([^/?#]+)/.exec(address)?.[1]

/** Before a workspace that demands two factors: to set one up here, or to sign in again with the one that there is. */
export function SecondFactorScreen() {
  const t = useTexts('accounts')
  const { next = '/' }: { next?: string } = useSearch({ from: '/second-factor' })
  const me = useMe()
  const workspace = me.workspaces.find(({ slug }) => slug === slugIn(next))
  const password = useQuery(passwordQuery)
  const passkeys = useQuery(passkeysQuery)
  const title = t('secondFactor.title', { workspace: workspace?.name ?? '' })
  useEffect(() => {
    document.title = `${title} · Rapport`
  }, [title])
  // An address of ours without a workspace: nothing asks for a second factor there.
  if (!workspace) return <Navigate to="/" replace />
  const hasFactor = me.twoFactor || (passkeys.data ?? []).length > 0
  return (
    <main className={styles.page}>
      <p className={styles.brand}>
        <img src="/icon.svg" alt="" width="22" height="22" />
        Rapport
      </p>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.lead}>{workspace.closed ? t('secondFactor.why') : t('secondFactor.done')}</p>
      <div className={styles.actions} role="status">
        {!workspace.closed && (
          <Button component="a" href={next} variant="filled">
            {t('secondFactor.open', { workspace: workspace.name })}
          </Button>
        )}
        {workspace.closed && hasFactor && (
          <>
            <span>{t('secondFactor.again')}</span>
            <Button variant="filled" onClick={() => void endSession().then(() => goToSignIn(next))}>
              {t('security.signInAgain')}
            </Button>
          </>
        )}
      </div>
      {/* Stays when it is done: the backup codes are shown in its dialog. */}
      <FormSection title={t('secondFactor.app')} why={t('secondFactor.appWhy')}>
        <TwoFactor hasPassword={password.data !== false} />
      </FormSection>
      {workspace.closed && (
        <FormSection
          title={t('security.passkeys')}
          why={`${t('security.passkeysWhy')} ${t('secondFactor.passkeyNext')}`}
        >
          <Passkeys />
        </FormSection>
      )}
      <p>
        <Button onClick={() => void signOut()}>{t('shell:account.signOut')}</Button>
      </p>
    </main>
  )
}
