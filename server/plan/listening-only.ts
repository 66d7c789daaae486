import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Sleep } from '../platform/procedures.ts'

/** A workspace that only listens says nothing, whoever asks; what was queued before stays in the outbox's hands, which refuses it. */
export async function onlyListens(tx: WorkspaceTransaction): Promise<Sleep | null> {
  const row = await tx.sql
    .selectFrom('workspace')
    .select('kind')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row?.kind === 'listen-only' ? { reason: 'listen-only' } : null
}
