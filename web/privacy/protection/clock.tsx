import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Tag } from '../../ui/tag.tsx'
import type { PrivacyRequest } from './shapes.ts'

const DAY_MS = 86_400_000
/** A week is what an answer by letter takes. */
const SOON_DAYS = 7

/** How long is left to answer a request. */
export function Clock({ request: { dueAt, overdue } }: { request: Pick<PrivacyRequest, 'dueAt' | 'overdue'> }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const days = Math.ceil(Math.abs(dueAt.getTime() - Date.now()) / DAY_MS)
  if (overdue)
    return <Tag tone="urgent">{t('protection.request.overdue', { count: days, days: formats.number(days) })}</Tag>
  return (
    <Tag tone={days <= SOON_DAYS ? 'notice' : 'neutral'}>
      {t('protection.request.due', { count: days, days: formats.number(days), date: formats.date(dueAt) })}
    </Tag>
  )
}
