import { useFormSaved } from '../platform/form-saved.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

/** What a change does when it is done: everything of crises is read again, and the dialog closes. `said`: what happened, where more did than that something is kept. */
export function useSaved(onDone?: () => void, said?: string) {
  const t = useTexts('crisis')
  return useFormSaved(useApi().crisis.key(), said ?? t('saved'), onDone)
}
