import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './ledger.module.css'

type Outputs = InferContractRouterOutputs<Contract>['listening']['ledger']
export type SourceLedger = Outputs['overview']['items'][number]
export type SourceDays = Outputs['ofSource']['days']

/** What stands out: silence, gaps, a quota that runs low, a stream's whole. */
export function SourceNotes({ ledger }: { ledger: SourceLedger }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { silentSince, gapsOpen, gapsLost, quota, streamHeard } = ledger
  return (
    <>
      {silentSince && (
        <p className={styles.note}>
          {t('ledger.silentSince')} <TimeAgo time={silentSince} />. {t('ledger.silentWhat')}
        </p>
      )}
      {gapsOpen > 0 && <p className={styles.note}>{t('ledger.gapsOpen', { count: gapsOpen })}</p>}
      {gapsLost > 0 && <p className={styles.note}>{t('ledger.gapsLost', { count: gapsLost })}</p>}
      {quota && (
        <p className={styles.note}>
          {t('ledger.quota', { left: formats.number(quota.left), limit: formats.number(quota.limit) })}{' '}
          <TimeAgo time={quota.resetsAt} />
        </p>
      )}
      {streamHeard !== null && (
        <p className={styles.note}>
          {t('ledger.ofStream', { count: streamHeard, number: formats.number(streamHeard) })}
        </p>
      )}
    </>
  )
}
