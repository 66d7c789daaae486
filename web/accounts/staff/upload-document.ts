import { ORPCError } from '@orpc/client'
import { WORKSPACE_HEADER } from '../../platform/api.ts'

const UPLOAD_TIMEOUT_MS = 60_000

/** The signed paper, as it is. Throws what the server said, in the shape of every other refusal. */
export async function uploadDocument(workspaceId: string, file: File): Promise<{ documentId: string }> {
  const answer = await fetch(`/files/staff-documents?${new URLSearchParams({ name: file.name })}`, {
    method: 'POST',
    headers: { [WORKSPACE_HEADER]: workspaceId, 'content-type': 'application/pdf' },
    body: file,
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  })
  if (answer.ok) return (await answer.json()) as { documentId: string }
  const said = (await answer.json().catch(() => null)) as { code?: string; params?: object } | null
  throw new ORPCError('BAD_REQUEST', {
    status: answer.status,
    data: { code: said?.code ?? 'internal', params: said?.params ?? {} },
  })
}
