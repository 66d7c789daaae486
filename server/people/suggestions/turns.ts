import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/**
 * One transaction at a time opens and closes suggestions of a workspace, so that of two persons only one pair stands open. Whoever
 * has a stretch of work among others waits for the turn; whoever comes back in a second does not.
 */
const turnOf = (tx: WorkspaceTransaction): RawBuilder<unknown> =>
  sql`hashtextextended(${`suggestions ${tx.workspaceId}`}, 0)`

export async function waitForTurn(tx: WorkspaceTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${turnOf(tx)})`.execute(tx.sql)
}

export async function isTurnFree(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${turnOf(tx)}) as free`.execute(tx.sql)
  return rows[0]?.free ?? false
}
