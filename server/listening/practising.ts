import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import { servicesOf } from '../platform/fence.ts'
import type { Services } from '../platform/services.ts'
import { requireChecked, type SourceInput } from './source-check.ts'
import { createSource, pauseSource } from './sources.ts'

/** What a rehearsal needs of sources: one account that is connected, heard without patience, and rests in the end. */

/** The account that the workspace has had longest; null: it speaks nowhere. */
export async function mainAccountId(tx: WorkspaceTransaction): Promise<string | null> {
  const row = await tx.sql
    .selectFrom('source')
    .select('source_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('own_author_id', 'is not', null)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return row?.source_id ?? null
}

/** Connects an account as a member would, within the workspace's fence. Returns the id of its source. */
export async function connectAccount(
  everybodys: Services,
  workspaceId: string,
  input: SourceInput & { sourceId?: string | undefined },
): Promise<string> {
  const services = await servicesOf(everybodys, workspaceId)
  const checked = await requireChecked(services, input)
  return services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    createSource(tx, services, { ...input, keeps: 'everything' }, checked),
  )
}

/** Every source is due: the next poll does not wait for its turn. */
export const hearNow = (tx: WorkspaceTransaction, at: Date) =>
  sql`update source set due_at = ${at} where workspace_id = ${tx.workspaceId} and removed_at is null and due_at > ${at}
    and state in ('active', 'failing')`.execute(tx.sql)

export async function restSources(tx: WorkspaceTransaction): Promise<void> {
  const rows = await tx.sql
    .selectFrom('source')
    .select('source_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .execute()
  for (const { source_id } of rows) await pauseSource(tx, source_id)
}
