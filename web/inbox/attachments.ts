import { useMutation } from '@tanstack/react-query'
import { WORKSPACE_HEADER } from '../platform/api.ts'
import type { Failure } from '../platform/failures.ts'
import { useWorkspace } from '../platform/session.ts'

/** As the server limits them; refused here before a long upload. */
const BYTES_MAX = 20 * 1024 * 1024
const UPLOAD_MS_MAX = 60_000
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp']

export interface Uploaded {
  attachmentId: string
  name: string
  alt: string
}

export const attachmentAddress = (attachmentId: string, workspaceId: string): string =>
  `/files/attachments/${attachmentId}?workspace=${workspaceId}`

/** What is wrong with a file, as an error code that has a text; null: nothing. */
export function faultOfFile(file: Pick<File, 'type' | 'size'>): string | null {
  if (file.type === 'image/gif') return 'attachment-moves'
  if (!IMAGE_TYPES.includes(file.type)) return 'attachment-type'
  if (file.size === 0) return 'attachment-empty'
  return file.size > BYTES_MAX ? 'attachment-too-large' : null
}

export class UploadRefused extends Error {
  readonly code: string
  readonly params: Failure['params']
  constructor(code: string, params: Failure['params'] = {}) {
    super(code)
    this.code = code
    this.params = params
  }
}

/** The raw bytes go up; who may, is the session's and the header's business. */
export function useUpload() {
  const { workspaceId } = useWorkspace()
  return useMutation({
    meta: { shownInPlace: true },
    mutationFn: async (file: File): Promise<Uploaded> => {
      const fault = faultOfFile(file)
      if (fault) throw new UploadRefused(fault)
      const answer = await fetch(`/files/attachments?${new URLSearchParams({ name: file.name })}`, {
        method: 'POST',
        body: file,
        headers: { [WORKSPACE_HEADER]: workspaceId },
        signal: AbortSignal.timeout(UPLOAD_MS_MAX),
      })
      const said = (await answer.json().catch(() => ({}))) as Partial<Uploaded & Failure>
      if (!answer.ok || !said.attachmentId) throw new UploadRefused(said.code ?? 'unreachable', said.params)
      return { attachmentId: said.attachmentId, name: said.name ?? file.name, alt: said.alt ?? '' }
    },
  })
}
