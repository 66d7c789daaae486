import { useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'

/** What a change of the plan does when it is done: everything of the plan is read again, and the dialog closes. */
export function useSaved(onDone: () => void) {
  const t = useTexts('plan')
  const api = useApi()
  const queries = useQueryClient()
  return {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.plan.key() })
      showDone(t('saved'))
      onDone()
    },
  }
}
