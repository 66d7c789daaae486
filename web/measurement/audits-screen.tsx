import { Button } from '@mantine/core'
import { IconReportAnalytics } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { type Audit, auditsOptions } from './audit-query.ts'
import { AuditStateTag } from './audit-state.tsx'
import styles from './measurement.module.css'
import { MeasurementPlace } from './measurement-place.tsx'

/** What was measured before, newest first. */
export function AuditsScreen() {
  const t = useTexts('measurement')
  const list = useSuspenseInfiniteQuery(auditsOptions(useApi()))
  const audits = list.data.pages.flatMap(({ items }) => items)
  return (
    <MeasurementPlace title={t('title')} action={<NewAudit />}>
      {audits.length === 0 ? (
        <Empty icon={IconReportAnalytics} title={t('empty.title')}>
          {t('empty.why')}
        </Empty>
      ) : (
        <ul className={styles.list}>
          {audits.map((audit) => (
            <AuditRow key={audit.auditId} audit={audit} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
    </MeasurementPlace>
  )
}

function NewAudit() {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  if (!useMay('audits.run')) return null
  return (
    <Button
      variant="filled"
      renderRoot={(props) => <Link to="/w/$slug/measure/audits/new" params={{ slug }} {...props} />}
    >
      {t('new.title')}
    </Button>
  )
}

function AuditRow({ audit }: { audit: Audit }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { auditId, brand, competitors, source } = audit
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <Link to="/w/$slug/measure/audits/$auditId" params={{ slug, auditId }} className={styles.name}>
          {brand}
        </Link>
        <AuditStateTag state={audit.state} />
      </div>
      <p className={styles.quiet}>
        {source.name ?? t('storedPosts')} · <TimeAgo time={audit.createdAt} />
        {competitors.length > 0 && ` · ${t('against', { brands: formats.list(competitors) })}`}
      </p>
    </li>
  )
}
