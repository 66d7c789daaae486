import type { Selectable } from 'kysely'
import type { Connection, Failure } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Source } from '../platform/database-types.generated.ts'
import { NotFound } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import { afterFailure } from './back-off.ts'
import { addToDay } from './ledger/days.ts'
import { beginGap } from './ledger/gaps.ts'
import { listeningChanged } from './listeners.ts'
import { connectorOf } from './networks.ts'

export type SourceRow = Selectable<Source>

export async function readSource(
  tx: WorkspaceTransaction,
  sourceId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<SourceRow> {
  const query = tx.sql
    .selectFrom('source')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('source_id', '=', sourceId)
    .where('removed_at', 'is', null)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotFound('source-unknown')
  return row
}

/** Whose secret it is goes into the ciphertext: moved to another source, it opens nothing. */
export const secretContext = (workspaceId: string, sourceId: string): string => `source ${workspaceId} ${sourceId}`

export const sealCredentials = (
  secrets: Secrets,
  workspaceId: string,
  sourceId: string,
  credentials: Record<string, unknown> | null,
): string | null => credentials && secrets.encrypt(JSON.stringify(credentials), secretContext(workspaceId, sourceId))

export const connectionOf = (secrets: Secrets, row: SourceRow): Connection => ({
  settings: row.settings as Record<string, unknown>,
  credentials:
    row.credentials === null
      ? null
      : JSON.parse(secrets.decrypt(row.credentials, secretContext(row.workspace_id, row.source_id))),
})

/** Writes down a failure of hearing or speaking, and when to try again. The state's change is an event. */
export async function noteFailure(
  services: Services,
  tx: WorkspaceTransaction,
  sourceId: string,
  failure: Failure,
): Promise<void> {
  const row = await readSource(tx, sourceId, { lock: true })
  const now = services.clock.now()
  const failures = row.failures + 1
  const pollEveryMs = (connectorOf(services, row.network)?.capabilities.pollEverySeconds ?? 0) * 1_000
  const next = afterFailure(failure, failures, pollEveryMs, now)
  const state = row.state === 'paused' ? 'paused' : next.state
  await tx.sql
    .updateTable('source')
    .set({
      state,
      failures,
      last_failure: failure.name,
      last_failure_detail: failure.detail,
      last_failure_at: now,
      failure_until: failure.name === 'rate-limited' ? failure.until : null,
      due_at: row.due_at === null ? null : next.dueAt,
      lease_until: null,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('source_id', '=', sourceId)
    .execute()
  await addToDay(tx, sourceId, now, { asked: 1, failed: 1 })
  if (state === row.state) return
  if (state !== 'active') await beginGap(tx, sourceId, 'failing')
  tx.record({ type: 'source.failing', subjects: { source: sourceId }, codes: { state, failure: failure.name } })
  if (row.hears_stream) await listeningChanged(tx)
}
