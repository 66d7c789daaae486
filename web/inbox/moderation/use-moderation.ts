import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ModeratingAction, NotBegun } from '../../../contract/moderation-words.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone, showUndo } from '../../platform/undo.tsx'
import type { ModerationInput } from './shapes.ts'

/** Asks for acts and says exactly what was begun and what was not; what can be taken back can be taken back at once. */
export function useModeration() {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const { mutateAsync: ask, isPending } = useMutation(api.inbox.moderation.act.mutationOptions())
  const { mutateAsync: askUndo } = useMutation(api.inbox.moderation.undo.mutationOptions())
  const refresh = () => queries.invalidateQueries({ queryKey: api.inbox.moderation.key() })

  const undo = async (moderationIds: string[]) => {
    const { items } = await askUndo({ moderationIds })
    const kept = items.filter(({ because }) => because !== null).length
    await refresh()
    if (kept > 0) showDone(t('moderation.notUndone', { count: kept }))
  }

  /** True: something was begun. */
  const act = async (input: ModerationInput): Promise<boolean> => {
    const asked = await ask(input).catch(() => null)
    if (!asked) return false
    await refresh()
    const begun = asked.items.flatMap(({ moderationId }) => moderationId ?? [])
    const message = report(input.action, begun.length, asked.items)
    if (begun.length === 0 || input.action === 'delete' || input.action === 'report') showDone(message)
    else showUndo({ message, undoLabel: t('undo'), undo: () => undo(begun) })
    return begun.length > 0
  }

  const report = (action: ModeratingAction, begun: number, items: readonly { because: NotBegun | null }[]): string => {
    const refused = Map.groupBy(
      items.flatMap(({ because }) => because ?? []),
      (because) => because,
    )
    const sentences = [
      ...(begun > 0 ? [t(`moderation.begun.${action}`, { count: begun })] : []),
      ...[...refused].map(([because, all]) =>
        items.length === 1
          ? t(`moderation.because.${because}`)
          : t('moderation.refusedSome', { count: all.length, why: t(`moderation.because.${because}`) }),
      ),
    ]
    return sentences.join(' ')
  }
  return { act, undo, isPending }
}
