import { useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'

/** What a change does when it is done: everything of crises is read again, and the dialog closes. */
export function useSaved(onDone: () => void = () => {}) {
  const t = useTexts('crisis')
  const api = useApi()
  const queries = useQueryClient()
  return {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.crisis.key() })
      showDone(t('saved'))
      onDone()
    },
  }
}
