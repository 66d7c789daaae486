import { useFormSaved } from '../platform/form-saved.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

/** What a change of the plan does when it is done: everything of the plan is read again, and the dialog closes. */
export function useSaved(onDone: () => void) {
  const t = useTexts('plan')
  return useFormSaved(useApi().plan.key(), t('saved'), onDone)
}
