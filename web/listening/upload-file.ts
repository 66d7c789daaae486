import { WORKSPACE_HEADER } from '../platform/api.ts'
import type { Failure } from '../platform/failures.ts'

export type UploadOutcome =
  | { kind: 'done'; importId: string }
  | { kind: 'cancelled' }
  | { kind: 'failed'; failure: Failure }

export interface Upload {
  outcome: Promise<UploadOutcome>
  cancel(): void
}

/** Sends a file as it is (contract/listening.ts). By XMLHttpRequest, because fetch() does not tell how far it is. */
export function uploadFile(
  file: File,
  workspaceId: string,
  onShare: (share: number) => void,
  path = '/files/imports',
): Upload {
  const request = new XMLHttpRequest()
  const outcome = new Promise<UploadOutcome>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onload = () => resolve(outcomeOf(request.status, request.responseText))
    request.onabort = () => resolve({ kind: 'cancelled' })
    request.onerror = () => resolve(failed('unreachable', 0))
  })
  request.open('POST', `${path}?${new URLSearchParams({ name: file.name })}`)
  request.setRequestHeader(WORKSPACE_HEADER, workspaceId)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.send(file)
  return { outcome, cancel: () => request.abort() }
}

/** What the server said, whatever it said. */
export function outcomeOf(status: number, body: string): UploadOutcome {
  const answer = parsed(body)
  if (status === 201 && typeof answer.importId === 'string') return { kind: 'done', importId: answer.importId }
  const code = typeof answer.code === 'string' ? answer.code : status === 413 ? 'too-large' : 'internal'
  return failed(code, status, answer.params as Failure['params'] | undefined)
}

const failed = (code: string, status: number, params: Failure['params'] = {}): UploadOutcome => ({
  kind: 'failed',
  failure: { code, params, status },
})

function parsed(body: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body)
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
