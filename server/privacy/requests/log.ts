import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'

export type RequestStep =
  | 'received'
  | 'noted'
  | 'identity-confirmed'
  | 'identity-failed'
  | 'extended'
  | 'assigned'
  | 'matched'
  | 'closed'

/** The log of a request: what was done, when and by whom. Only erasure empties its notes. */
export async function logEntry(
  tx: WorkspaceTransaction,
  requestId: string,
  what: RequestStep,
  note: string,
  at: Date,
): Promise<void> {
  await tx.sql
    .insertInto('privacy_request_entry')
    .values({
      workspace_id: tx.workspaceId,
      request_id: requestId,
      entry_id: newId(),
      at,
      what,
      note,
      by_kind: tx.actor.kind,
      by_id: tx.actor.id,
    })
    .execute()
}
