import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { showDone } from './undo.tsx'

/** A change made in a form: when it is done, what it touched is read again, `said` tells so, and `onDone` closes the form. */
export function useFormSaved(queryKey: QueryKey, said: string, onDone: () => void = () => {}) {
  const queries = useQueryClient()
  return {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey })
      showDone(said)
      onDone()
    },
  }
}
