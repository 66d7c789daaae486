import { useTexts } from '../platform/i18n.ts'
import { Tag } from '../ui/tag.tsx'
import type { Audit } from './audit-query.ts'

/** In one word; how far it is stands on its page. */
export function AuditStateTag({ state }: Pick<Audit, 'state'>) {
  const t = useTexts('measurement')
  return <Tag>{t(`state.${state}`)}</Tag>
}
