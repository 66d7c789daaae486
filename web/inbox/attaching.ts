import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ClipboardEvent, type DragEvent, useLayoutEffect, useRef, useState } from 'react'
import { useApi } from '../platform/session.ts'
import type { AnswerDraft } from './answer-draft.ts'
import { UploadRefused, useUpload } from './attachments.ts'

/** Pictures come by the button, from the clipboard, or are dropped anywhere on the composer. */
export function useAttaching(draft: AnswerDraft, attachmentsMax: number) {
  const upload = useUpload()
  const [problem, setProblem] = useState<unknown>(null)
  const [underWay, setUnderWay] = useState(0)
  const descriptions = useDescriptions()
  /** An upload takes its time, and the writer goes on writing meanwhile. */
  const now = useRef(draft)
  useLayoutEffect(() => {
    now.current = draft
  })
  const previous = useRef<Promise<unknown>>(Promise.resolve())

  const one = async (file: File) => {
    if (now.current.attachmentIds.length >= attachmentsMax)
      throw new UploadRefused('attachments-too-many', { attachmentsMax })
    const { attachmentId } = await upload.mutateAsync(file)
    const attachmentIds = [...now.current.attachmentIds, attachmentId]
    now.current.changeAttachments(attachmentIds)
    // The next file may be looked at before this is drawn.
    now.current = { ...now.current, attachmentIds }
  }
  /** One after the other, also when more come while some are on their way. */
  const attach = (files: Iterable<File>) => {
    setProblem(null)
    for (const file of files) {
      setUnderWay((count) => count + 1)
      previous.current = previous.current
        .then(() => one(file))
        .catch(setProblem)
        .finally(() => setUnderWay((count) => count - 1))
    }
  }
  const take = (event: { preventDefault(): void }, files: FileList) => {
    if (files.length === 0) return
    event.preventDefault()
    attach([...files])
  }
  return {
    attach,
    problem,
    isPending: underWay > 0,
    full: draft.attachmentIds.length >= attachmentsMax,
    remove: (id: string) => {
      setProblem(null)
      draft.changeAttachments(draft.attachmentIds.filter((other) => other !== id))
    },
    describe: descriptions.describe,
    /** Before sending: what was typed last must be there first. False: it could not be kept, and that is shown. */
    keepDescriptions: () =>
      descriptions.keep().then(
        () => true,
        (error: unknown) => {
          setProblem(error)
          return false
        },
      ),
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData.files),
    dropTarget: useDropTarget(take),
  }
}

/** The words for those who do not see a picture, kept when the field is left and before the answer goes. */
function useDescriptions() {
  const api = useApi()
  const queries = useQueryClient()
  const typed = useRef(new Map<string, string>())
  const keeping = useRef<Promise<unknown>>(Promise.resolve())
  const describing = useMutation(api.publishing.attachments.describe.mutationOptions({ meta: { shownInPlace: true } }))
  const keepAll = async () => {
    for (const [attachmentId, alt] of typed.current) {
      await describing.mutateAsync({ attachmentId, alt })
      if (typed.current.get(attachmentId) === alt) typed.current.delete(attachmentId)
      void queries.invalidateQueries({ queryKey: api.publishing.attachments.get.key({ input: { attachmentId } }) })
    }
  }
  return {
    describe: (attachmentId: string, alt: string) => void typed.current.set(attachmentId, alt),
    keep: (): Promise<void> => {
      const work = keeping.current.then(keepAll)
      keeping.current = work.catch(() => undefined)
      return work
    },
  }
}

/** For the element that files may be dropped on. */
function useDropTarget(take: (event: DragEvent, files: FileList) => void) {
  const [dropping, setDropping] = useState(false)
  return {
    'data-dropping': dropping || undefined,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setDropping(true)
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false)
    },
    onDrop: (event: DragEvent) => {
      setDropping(false)
      take(event, event.dataTransfer.files)
    },
  }
}
