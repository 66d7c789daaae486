import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** What was told to wait a moment by its guard, for an answer before it, is still on its way. */
const ON_THE_WAY_SECONDS = 2

/** What waits for nothing but the time in which it can be taken back: nobody has looked at it yet. */
const revocable = sql`state = 'queued' and undo_until > clock_timestamp()`

export async function countRevocable(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from delivery
    where workspace_id = ${tx.workspaceId} and ${revocable}`.execute(tx.sql)
  return rows[0]?.count ?? 0
}

/** Lets go at once what could still be taken back. Returns how many deliveries are on their way then. */
export async function sendRevocable(tx: WorkspaceTransaction): Promise<number> {
  await sql`update delivery set undo_until = clock_timestamp(), due_at = clock_timestamp()
    where workspace_id = ${tx.workspaceId} and ${revocable}`.execute(tx.sql)
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from delivery
    where workspace_id = ${tx.workspaceId} and state in ('queued', 'sending')
      and due_at <= clock_timestamp() + make_interval(secs => ${ON_THE_WAY_SECONDS})`.execute(tx.sql)
  return rows[0]?.count ?? 0
}
