import { useSuspenseQuery } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FormSection } from '../../ui/form.tsx'
import { ProofIssuers } from './proof-issuers.tsx'
import { ProofOffer } from './proof-offer.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

/** What customers may prove and see on their own page, in which words, and through whom codes and sign-ins go. */
export function ConnectionsScreen() {
  const t = useTexts('accounts')
  const { page, ...offer } = useSuspenseQuery(useApi().proofs.settings.get.queryOptions({ input: {} })).data
  return (
    <SettingsPlace section="connections">
      <FormSection title={t('proofs.page')} why={t('proofs.pageWhy')}>
        <div className={styles.box}>
          <span className={styles.secret}>
            <code>{page}</code>
            <CopyButton text={page} label={t('proofs.copyPage')} />
          </span>
          {offer.settings === null && <span className={styles.muted}>{t('proofs.notYet')}</span>}
        </div>
      </FormSection>
      <ProofOffer offer={offer} />
      <ProofIssuers issuers={offer.issuers} redirectAddress={offer.redirectAddress} />
    </SettingsPlace>
  )
}
