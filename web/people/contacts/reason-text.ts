import { useTexts } from '../../platform/i18n.ts'
import type { Reason } from './shapes.ts'

/** "same mail address anna@example.org", "same phone number …, proven". */
export function useReasonText(): (reason: Reason) => string {
  const t = useTexts('people')
  return ({ kind, value, proven }) =>
    t(proven && kind !== 'customer-number' ? 'contacts.provenReason' : 'contacts.reason', {
      what: t(`contacts.reasons.${kind}`),
      value,
    })
}
