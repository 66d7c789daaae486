import { type ClipboardEvent, type DragEvent, useState } from 'react'
import type { AnswerDraft } from './answer-draft.ts'
import { UploadRefused, useUpload } from './attachments.ts'

/** Pictures come by the button, from the clipboard, or are dropped anywhere on the composer. */
export function useAttaching(draft: AnswerDraft, attachmentsMax: number) {
  const upload = useUpload()
  const [problem, setProblem] = useState<unknown>(null)
  const [dropping, setDropping] = useState(false)

  const attach = async (files: Iterable<File>) => {
    setProblem(null)
    let ids = draft.attachmentIds
    for (const file of files) {
      if (ids.length >= attachmentsMax) return setProblem(new UploadRefused('attachments-too-many', { attachmentsMax }))
      const uploaded = await upload.mutateAsync(file).catch((error: unknown) => void setProblem(error))
      if (!uploaded) return
      ids = [...ids, uploaded.attachmentId]
      draft.changeAttachments(ids)
    }
  }
  const take = (event: { preventDefault(): void }, files: FileList) => {
    if (files.length === 0) return
    event.preventDefault()
    void attach([...files])
  }
  return {
    attach,
    problem,
    isPending: upload.isPending,
    full: draft.attachmentIds.length >= attachmentsMax,
    remove: (id: string) => {
      setProblem(null)
      draft.changeAttachments(draft.attachmentIds.filter((other) => other !== id))
    },
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData.files),
    /** For the element that files may be dropped on. */
    dropTarget: {
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
    },
  }
}
