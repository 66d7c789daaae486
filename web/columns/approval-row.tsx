import type { Approval } from '../../contract/publishing-approvals.ts'
import { usePeopleHere } from '../inbox/people-here.ts'
import { useNetworkName } from '../listening/network-names.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { NetworkMark } from '../ui/network-mark.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './columns.module.css'

/** A text that waits: through which account, by whom, until when. One that was decided meanwhile says so. */
export function ApprovalRow({ approval }: { approval: Approval }) {
  const t = useTexts('columns')
  const formats = useFormats()
  const networkName = useNetworkName()
  const { nameOf } = usePeopleHere()
  const { state, expiresAt, author, language } = approval
  const name = author.kind === 'member' ? nameOf(author.id) : null
  const until = state === 'open' ? t('publishing:approval.until', { time: formats.toTheMinute(expiresAt) }) : null
  return (
    <div className={styles.approval} data-quiet={state === 'open' ? undefined : true}>
      <div className={styles.compactHead}>
        <span className={styles.compactName}>
          {approval.sourceName} <NetworkMark network={approval.network} name={networkName(approval.network)} />
        </span>
        <Tag tone={state === 'open' ? 'notice' : 'neutral'}>{t(`publishing:approval.state.${state}`)}</Tag>
      </div>
      <p className={styles.approvalText} lang={language ?? undefined} dir="auto">
        {approval.text}
      </p>
      <p className={styles.quiet}>{[name, until].filter(Boolean).join(' · ')}</p>
    </div>
  )
}
