import { useFormSaved } from '../platform/form-saved.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

/** What a change does when it is done: everything of crises is read again, and the dialog closes. */
export function useSaved(onDone?: () => void) {
  const t = useTexts('crisis')
  return useFormSaved(useApi().crisis.key(), t('saved'), onDone)
}
