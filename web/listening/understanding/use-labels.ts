import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { labelSchema } from '../../../contract/listening-labels.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import type { LabelledFact } from './understood-words.ts'

export type Label = z.infer<typeof labelSchema>

/** Saying what a post is, and taking it back. Screens follow by the event; where this one stands, the answer is awaited. */
export function useLabels(postId: string) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const reload = async () => {
    const shown = [api.listening.posts.thread, api.listening.posts.get, api.inbox.conversations.get]
    await Promise.all(shown.map((procedure) => queries.invalidateQueries({ queryKey: procedure.key() })))
  }
  const giving = useMutation({ ...api.listening.labels.give.mutationOptions(), onSuccess: reload })
  const taking = useMutation({ ...api.listening.labels.takeBack.mutationOptions(), onSuccess: reload })
  const takeBack = (what: LabelledFact) => taking.mutate({ postId, what })
  return {
    busy: giving.isPending || taking.isPending,
    give: (label: Label) =>
      giving.mutate(
        { postId, label },
        {
          onSuccess: () =>
            showUndo({
              message: t('understood.given'),
              undoLabel: t('understood.takeBack'),
              undo: () => takeBack(label.what),
            }),
        },
      ),
    takeBack,
  }
}
