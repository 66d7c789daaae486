import { ORPCError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { writeDraft } from '../platform/drafts.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { showUndo } from '../platform/undo.tsx'
import { type Stopped, stoppedBy } from '../publishing/policy/stopped.ts'
import type { AlsoChosen } from './also-answers.tsx'
import { type AnswerDraft, draftKey } from './answer-draft.ts'
import { useChanges } from './change.ts'
import type { Macros } from './macro-use.tsx'
import type { News, Opened, ThreadPost } from './shapes.ts'

/** As long as the message with "Undo" stands. */
const UNDO_SECONDS = 8
const HOUR_MS = 3_600_000

interface SendAnswerOptions {
  opened: Opened
  draft: AnswerDraft
  /** Other conversations of the thread that it answers, with their versions. */
  also: AlsoChosen
  replyTo: ThreadPost | null
  macros: Macros
  onGone(ids: readonly string[]): () => void
}

/** Sends, moves on where it closes, and offers to take it back; refused, it keeps the text and says what is new. */
export function useSendAnswer({ opened, draft, also, replyTo, macros, onGone }: SendAnswerOptions) {
  const t = useTexts('inbox')
  const api = useApi()
  const { workspaceId, slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const { run, showAtOnce } = useChanges()
  /** Refused because somebody spoke: what is new, and whether it was to close. */
  const [refused, setRefused] = useState<{ news: News; closing: boolean } | null>(null)
  const news = refused?.news ?? null
  /** Not sent because of what the policy found in it. */
  const [stopped, setStopped] = useState<(Stopped & { closing: boolean }) | null>(null)
  /** Why one of the other conversations could not be looked at; nothing was sent then. */
  const [missed, setMissed] = useState<unknown>(null)
  const sending = useMutation(api.inbox.answers.send.mutationOptions({ meta: { shownInPlace: true } }))
  const asking = useMutation(api.inbox.answers.submit.mutationOptions({ meta: { shownInPlace: true } }))
  const cancel = useMutation(api.publishing.deliveries.cancel.mutationOptions())
  const { conversationId, language } = opened.conversation

  /** What goes out, as it stands now. Null: a version could not be had, and nothing goes out that was not meant so. */
  const written = async (closing: boolean) => {
    await draft.settle()
    const { text, attachmentIds, againstVersion, strand, begin } = draft
    const macroId = draft.macroId()
    const others = await Promise.all([...also].map(async ([id, version]) => [id, await version] as const)).catch(
      (failure: unknown) => {
        setMissed(failure)
        return null
      },
    )
    if (!others) return null
    setMissed(null)
    const close = closing || macros.afterSending.includes('close')
    const conversations = [
      {
        conversationId,
        againstVersion: news?.find((one) => one.conversationId === conversationId)?.version ?? againstVersion,
      },
      ...others.map(([id, version]) => ({
        conversationId: id,
        againstVersion: news?.find((one) => one.conversationId === id)?.version ?? version,
      })),
    ]
    return {
      ...{ conversations, text, language, attachmentIds, close, strand },
      ...(begin ? { begin } : {}),
      ...(macroId ? { macroId } : {}),
      ...(replyTo ? { replyToPostId: replyTo.postId } : {}),
    }
  }
  const refuse = (closing: boolean) => (error: unknown) => {
    const fresh = newsOf(error)
    setRefused(fresh && { news: fresh, closing })
    const because = stoppedBy(error)
    setStopped(because && { ...because, closing })
    return null
  }

  const send = async (closing: boolean, confirmed?: string) => {
    const answer = await written(closing)
    if (!answer) return
    const { conversations, close, text, attachmentIds, strand, begin, macroId } = answer
    const sent = await sending
      .mutateAsync({ ...answer, undoSeconds: UNDO_SECONDS, ...(confirmed ? { confirmed } : {}) })
      .catch(refuse(closing))
    if (!sent) return
    setStopped(null)
    setRefused(null)
    draft.forget()
    const ids = conversations.map((one) => one.conversationId)
    const then = close ? onGone(ids) : () => {}
    if (close) showAtOnce(ids, { change: 'close' })
    void queries.invalidateQueries({ queryKey: api.inbox.conversations.get.key({ input: { conversationId } }) })
    then()
    if (macros.snoozeHours !== null && !close)
      void run(
        { conversationIds: ids },
        { change: 'snooze', until: new Date(Date.now() + macros.snoozeHours * HOUR_MS) },
      )
    macros.dropAfterSending()
    showUndo({
      message: close ? t('answer.goesAndCloses', { count: ids.length }) : t('answer.goes'),
      undoLabel: t('undo'),
      undo: async () => {
        const undone = await cancel.mutateAsync({ deliveryId: sent.delivery.deliveryId }).catch(() => null)
        if (!undone) return
        // Back to where it was written, with the text; whoever already writes something new keeps that.
        writeDraft(draftKey(workspaceId, conversationId), text)
        writeDraft(`${draftKey(workspaceId, conversationId)}.strand`, strand)
        if (macroId) writeDraft(`${draftKey(workspaceId, conversationId)}.macro`, macroId)
        if (begin) writeDraft(`${draftKey(workspaceId, conversationId)}.begin`, JSON.stringify(begin))
        void queries.invalidateQueries({ queryKey: api.inbox.conversations.key() })
        draft.restore(text, attachmentIds, strand)
        void navigate({
          to: '/w/$slug/inbox/$conversationId',
          params: { slug, conversationId },
          search: (search: object) => search,
        })
      },
    })
  }
  /** Gives it to somebody else to look at; the draft is theirs to let go then. */
  const ask = async (given: { note: string; askedMemberId: string | null }): Promise<boolean> => {
    const answer = await written(stopped?.closing ?? false)
    const asked = answer && (await asking.mutateAsync({ ...answer, ...given }).catch(refuse(answer.close)))
    if (!asked) return false
    setStopped(null)
    draft.forget()
    void queries.invalidateQueries({ queryKey: api.inbox.conversations.get.key({ input: { conversationId } }) })
    void queries.invalidateQueries({ queryKey: api.publishing.approvals.key() })
    return true
  }
  return {
    send,
    ask,
    stopped,
    confirm: () => void send(stopped?.closing ?? false, stopped?.judgement.confirm),
    dismissStopped: () => setStopped(null),
    isPending: sending.isPending || asking.isPending,
    error:
      missed ?? [sending.error, asking.error].find((error) => error && !newsOf(error) && !stoppedBy(error)) ?? null,
    news,
    dismissNews: () => setRefused(null),
    /** As it is, now that what is new was read. */
    sendAgain: () => send(refused?.closing ?? false),
  }
}

/** What a refused answer carries: what was said since. Null: it was refused for something else. */
function newsOf(error: unknown): News | null {
  if (!(error instanceof ORPCError)) return null
  const data = error.data as { code?: string; news?: News } | undefined
  return data?.code === 'newer-post' && Array.isArray(data.news) ? data.news : null
}
