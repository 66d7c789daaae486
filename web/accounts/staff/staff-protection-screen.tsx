import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import styles from '../settings/settings.module.css'
import { SettingsPlace } from '../settings/settings-place.tsx'
import { AgreementDialog } from './agreement-dialog.tsx'
import { AgreementRow } from './agreement-row.tsx'
import { type Agreement, memberFigures } from './agreement-shapes.ts'
import { AnalysesList } from './analyses-list.tsx'
import { AnalysisDialog } from './analysis-dialog.tsx'
import { StaffRecord } from './staff-record.tsx'

/** What is recorded about those who work here, what was agreed, and who looked: for each member, the council, and the lead. */
export function StaffProtectionScreen() {
  const t = useTexts('accounts')
  const agreements = useSuspenseQuery(useApi().accounts.agreements.list.queryOptions({ input: {} })).data.items
  const mayAnalyse = useMay('staff.analyse')
  const isCouncil = useMay('staff.council')
  const [recording, setRecording] = useState(false)
  const [used, setUsed] = useState<Agreement | null>(null)
  return (
    <SettingsPlace
      section="staff-protection"
      action={
        mayAnalyse ? (
          <Button variant="filled" onClick={() => setRecording(true)}>
            {t('staff.record')}
          </Button>
        ) : null
      }
    >
      <p className={styles.note}>{t('staff.why')}</p>
      <FormSection title={t('staff.aboutMe')} why={t('staff.aboutMeWhy')}>
        <AnalysesList of="me" />
      </FormSection>
      <FormSection title={t('staff.agreements')} why={t('staff.agreementsWhy')}>
        {agreements.length === 0 ? (
          <p className={styles.note}>{t('staff.noAgreements')}</p>
        ) : (
          <ul className={styles.rows}>
            {agreements.map((agreement) => (
              <AgreementRow
                key={agreement.agreementId}
                agreement={agreement}
                {...(mayAnalyse && agreement.state === 'valid' && memberFigures(agreement).length > 0
                  ? { onUse: () => setUsed(agreement) }
                  : {})}
              />
            ))}
          </ul>
        )}
      </FormSection>
      {isCouncil && (
        <>
          <FormSection title={t('staff.uses')} why={t('staff.usesWhy')}>
            <AnalysesList of="all" />
          </FormSection>
          <FormSection title={t('staff.register')} why={t('staff.registerWhy')}>
            <StaffRecord />
          </FormSection>
        </>
      )}
      {recording && <AgreementDialog onClose={() => setRecording(false)} />}
      {used && <AnalysisDialog agreement={used} onClose={() => setUsed(null)} />}
    </SettingsPlace>
  )
}
