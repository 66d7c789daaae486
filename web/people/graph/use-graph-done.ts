import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone, showUndo } from '../../platform/undo.tsx'

/** Everything that shows persons is asked for again. */
export function useRefreshPeople() {
  const api = useApi()
  const queries = useQueryClient()
  return () =>
    Promise.all(
      [api.people.key(), api.listening.timelines.key(), api.inbox.persons.key()].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    )
}

/** After an act: says what was done, with the way back beside it. */
export function useGraphDone() {
  const t = useTexts('people')
  const api = useApi()
  const refresh = useRefreshPeople()
  const undo = useMutation(
    api.people.graph.undo.mutationOptions({
      onSuccess: async () => {
        showDone(t('graph.undone'))
        await refresh()
      },
    }),
  )
  return async (message: string, operationId: string) => {
    showUndo({
      message,
      undoLabel: t('graph.undo.action'),
      undo: () => undo.mutate({ operationId, reason: t('graph.undo.atOnce') }),
    })
    await refresh()
  }
}
