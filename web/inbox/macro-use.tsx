import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import type { AnswerDraft } from './answer-draft.ts'
import type { Macro } from './shapes.ts'
import type { Suggestion } from './suggesting-textarea.tsx'

/** Macros in the composer: found by `/`, filled in by the server, their actions done; closing waits for the sending. */
export function useMacros(conversationId: string) {
  const t = useTexts('inbox')
  const api = useApi()
  const formats = useFormats()
  const { data } = useQuery(api.inbox.macros.list.queryOptions({ input: {} }))
  const { mutateAsync } = useMutation(api.inbox.macros.apply.mutationOptions())
  const [used, setUsed] = useState<{ macro: Macro; afterSending: ('close' | 'snooze')[] } | null>(null)
  const items = data?.items ?? []

  const suggestions: Suggestion[] = items.map(({ macroId, name, text, language, actions }) => ({
    id: macroId,
    label: name,
    ...(language ? { hint: formats.languageName(language) } : {}),
    preview: text || formats.list(actions.map(({ action }) => t(`macro.action.${action}`))),
  }))
  const apply = async (macroId: string, draft: AnswerDraft, rest: string, at: number) => {
    const macro = items.find((each) => each.macroId === macroId)
    const applied = await mutateAsync({ conversationId, macroId }).catch(() => null)
    if (!macro || !applied) return
    draft.change(rest.slice(0, at) + applied.text + rest.slice(at))
    if (applied.text !== '') draft.takenFrom(macroId)
    setUsed({ macro, afterSending: applied.afterSending })
    if (applied.missing.length > 0)
      showDone(t('macro.missing', { what: formats.list(applied.missing.map((each) => `{{${each}}}`)) }))
    if (applied.refused.length > 0)
      showDone(
        t('macro.refused', { what: formats.list(applied.refused.map(({ action }) => t(`macro.action.${action}`))) }),
      )
    if (applied.done.length > 0)
      showDone(t('macro.done', { what: formats.list(applied.done.map((each) => t(`macro.action.${each}`))) }))
  }
  /** Opens the list as if `/` had been typed. */
  const begin = (draft: AnswerDraft, field: HTMLTextAreaElement | null) => {
    if (!field) return
    const text = draft.text === '' || /\s$/.test(draft.text) ? `${draft.text}/` : `${draft.text} /`
    draft.change(text)
    requestAnimationFrame(() => {
      field.focus()
      field.setSelectionRange(text.length, text.length)
    })
  }
  const afterSending = used?.afterSending ?? []
  const snooze = used?.macro.actions.find((action) => action.action === 'snooze')
  return {
    suggestions,
    nothing: t('macro.none'),
    apply,
    begin,
    afterSending,
    afterSendingText: formats.list(afterSending.map((each) => t(`macro.action.${each}`))),
    dropAfterSending: () => setUsed(null),
    /** Hours to snooze for once it is sent; null: not asked for. */
    snoozeHours: afterSending.includes('snooze') ? (snooze?.hours ?? null) : null,
  }
}
export type Macros = ReturnType<typeof useMacros>
