import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { readDraft, useDraft, writeDraft } from '../platform/drafts.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import type { Delivery } from '../publishing/shapes.ts'
import type { Opened } from './shapes.ts'
import { accountOf, type Begin, isStrand, readBegin, type Strand, strandOf } from './strand.ts'

/** The device keeps every keystroke; the server a moment of rest. */
const SAVE_AFTER_MS = 1_500

export const draftKey = (workspaceId: string, conversationId: string) => `${workspaceId}.reply.${conversationId}`

/**
 * What one is writing, on the device and on the server, with the version it is written against: the one that was on
 * screen when the first letter was typed. It moves on only when the writer says that the news was read.
 */
export function useAnswerDraft(opened: Opened) {
  const api = useApi()
  const { workspaceId } = useWorkspace()
  const { conversation, myDraft } = opened
  const { conversationId, version } = conversation
  const key = draftKey(workspaceId, conversationId)
  useState(() => adoptNewer(key, myDraft))
  const { text, change: changeText, clear: clearText, keptOnDevice } = useDraft(key, '')
  const [attachmentIds, setAttachmentIds] = useState<string[]>(myDraft?.attachmentIds ?? [])
  const [pinned, setPinned] = useState(() => readDraft(`${key}.version`)?.text ?? version)
  const [chosen, setChosen] = useState<Strand | null>(() => {
    const kept = readDraft(`${key}.strand`)?.text
    return isStrand(kept) ? kept : (myDraft?.strand ?? null)
  })
  const [begin, setBegin] = useState<Begin | null>(() => readBegin(`${key}.begin`))
  const strand = strandOf(opened, chosen, begin)
  const [savedAt, setSavedAt] = useState<Date | null>(myDraft?.savedAt ?? null)
  const empty = text.trim() === '' && attachmentIds.length === 0
  const againstVersion = empty ? version : pinned

  const save = useMutation(api.inbox.drafts.save.mutationOptions({ meta: { shownInPlace: true } }))
  /** The newest draft of the server that was shown or comes from here, by the server's clock. */
  const known = useRef(myDraft?.savedAt.getTime() ?? 0)
  const inFlight = useRef<Promise<unknown>>(Promise.resolve())
  const pending = useRef<{ timer: ReturnType<typeof setTimeout>; run(): void } | null>(null)
  const macroId = () => readDraft(`${key}.macro`)?.text
  const saveLater = (next: { text: string; attachmentIds: string[]; againstVersion: string; strand?: Strand }) => {
    clearTimeout(pending.current?.timer)
    const run = () => {
      pending.current = null
      inFlight.current = save
        .mutateAsync({ conversationId, strand, macroId: macroId() ?? null, ...next })
        .then((saved) => {
          known.current = Math.max(known.current, saved.savedAt.getTime())
          setSavedAt(saved.savedAt)
        })
        // Then it is kept on the device alone, and the composer says so.
        .catch(() => undefined)
    }
    pending.current = { timer: setTimeout(run, SAVE_AFTER_MS), run }
    setSavedAt(null)
  }
  const mounted = useRef(true)
  useEffect(
    () => () => {
      mounted.current = false
      // Whoever goes on to the next conversation in the middle of a word loses nothing.
      clearTimeout(pending.current?.timer)
      pending.current?.run()
    },
    [],
  )
  const forget = () => {
    clearTimeout(pending.current?.timer)
    pending.current = null
    known.current = Math.max(known.current, myDraft?.savedAt.getTime() ?? 0)
    for (const part of ['version', 'strand', 'begin', 'macro']) writeDraft(`${key}.${part}`, '')
    setChosen(null)
    setBegin(null)
    clearText()
    setAttachmentIds([])
    setSavedAt(null)
  }
  const pin = (to: string) => {
    setPinned(to)
    writeDraft(`${key}.version`, to)
  }
  const choose = (next: Strand) => {
    setChosen(next)
    writeDraft(`${key}.strand`, next)
  }
  const change = (next: string, ids = attachmentIds) => {
    const against = empty ? version : pinned
    if (empty) {
      pin(version)
      // A message that arrives meanwhile must not carry the text over into the other strand.
      choose(strand)
    }
    if (next.trim() === '') writeDraft(`${key}.macro`, '')
    changeText(next)
    setAttachmentIds(ids)
    saveLater({ text: next, attachmentIds: ids, againstVersion: against })
  }

  // The server gives a text back when its answer did not go out.
  const givenBack = myDraft && empty && savedAt === null ? myDraft : null
  useEffect(() => {
    if (!givenBack || givenBack.savedAt.getTime() <= known.current) return
    known.current = givenBack.savedAt.getTime()
    changeText(givenBack.text)
    setAttachmentIds(givenBack.attachmentIds)
    setChosen(givenBack.strand)
    setPinned(version)
  }, [givenBack, changeText, version])

  return {
    strand,
    begin,
    account: accountOf(opened, strand, begin),
    /** The text stays as it is: whoever changes the strand has chosen it. */
    chooseStrand: (next: Strand) => {
      setBegin(null)
      writeDraft(`${key}.begin`, '')
      choose(next)
      if (!empty) saveLater({ text, attachmentIds, againstVersion, strand: next })
    },
    /** Writes to the customer alone although they have not done so yet. */
    beginPrivate: (next: Begin) => {
      setBegin(next)
      writeDraft(`${key}.begin`, JSON.stringify(next))
      choose('private')
    },
    text,
    change,
    /** The macro whose text it holds: a crisis may hold it back until it is sent. */
    macroId,
    takenFrom: (macroId: string) => void writeDraft(`${key}.macro`, macroId),
    attachmentIds,
    changeAttachments: (ids: string[]) => change(text, ids),
    againstVersion,
    empty,
    savedAt,
    keptOnDevice,
    savedOnServer: savedAt !== null,
    saveFailed: save.isError,
    /** The writer has read what is new: from here on it is written against this version. */
    acknowledge: (to = version) => {
      pin(to)
      saveLater({ text, attachmentIds, againstVersion: to })
    },
    forget,
    /** Before sending: a save that arrives after the answer would bring the sent text back as a draft. */
    settle: () => {
      clearTimeout(pending.current?.timer)
      pending.current = null
      return inFlight.current
    },
    discard: () => {
      forget()
      save.mutate({ conversationId, text: '', attachmentIds: [], againstVersion: version, strand })
    },
    /** Undone while its conversation is still shown: the text stands here again. */
    restore: (written: string, ids: string[], where: Strand) => {
      if (!mounted.current) return
      change(written, ids)
      choose(where)
    },
    /** An answer was undone: its text is written again, without the sign-off that is appended anyway. */
    giveBack: (delivery: Delivery) => {
      const signOff = accountOf(opened, delivery.visibility, null)?.signOff ?? ''
      const written =
        signOff && delivery.text.endsWith(signOff) ? delivery.text.slice(0, -signOff.length).trimEnd() : delivery.text
      if (!empty) return
      change(
        written,
        delivery.attachments.map(({ attachmentId }) => attachmentId),
      )
      choose(delivery.visibility)
    },
  }
}
export type AnswerDraft = ReturnType<typeof useAnswerDraft>

/** Written last on another device: that text is the one to go on with. */
function adoptNewer(key: string, myDraft: Opened['myDraft']): null {
  const local = readDraft(key)
  if (myDraft && (!local || myDraft.savedAt.getTime() > local.at + SAVE_AFTER_MS * 2)) {
    writeDraft(key, myDraft.text)
    writeDraft(`${key}.version`, myDraft.againstVersion)
    // With its strand: what was begun here before may have been for the other one.
    writeDraft(`${key}.strand`, myDraft.strand)
    writeDraft(`${key}.macro`, myDraft.macroId ?? '')
    if (myDraft.strand === 'public') writeDraft(`${key}.begin`, '')
  }
  return null
}
