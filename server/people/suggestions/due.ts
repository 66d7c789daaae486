import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { startRun } from './runs.ts'
import { isTurnFree } from './turns.ts'

/**
 * Whoever changes what an identity says of its holder, or to whom it belongs, says so here, in the same transaction: its
 * keys and suggestions follow. Where the policy is "no inference" nothing is noted.
 */
export async function identitiesChanged(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<void> {
  if (authorIds.length === 0) return
  await sql`
    insert into identity_due (workspace_id, author_id)
    select ${tx.workspaceId}, a.author_id from inference_policy p
      join author a on a.workspace_id = p.workspace_id and a.author_id = any(${[...new Set(authorIds)]}::uuid[])
    where p.workspace_id = ${tx.workspaceId} and p.mode <> 'none'`.execute(tx.sql)
}

/** The same for everything that belongs to these persons, whichever of their merged persons is named. */
export async function personsChanged(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`
    insert into identity_due (workspace_id, author_id)
    select ${tx.workspaceId}, a.author_id from inference_policy i
      join person p on p.workspace_id = i.workspace_id and p.person_id = any(${[...new Set(personIds)]}::uuid[])
      join author a on a.workspace_id = p.workspace_id and a.person_id = p.current_id
    where i.workspace_id = ${tx.workspaceId} and i.mode <> 'none'`.execute(tx.sql)
}

/**
 * The next identities to look at again, each once, however often it changed; what changes meanwhile comes again. Two
 * processes take different ones.
 */
export async function takeDue(tx: WorkspaceTransaction, limit: number): Promise<string[]> {
  const { rows } = await sql<{ author_id: string }>`
    with taken as (
      select due_id, author_id from identity_due where workspace_id = ${tx.workspaceId} order by due_id limit ${limit}
      for update skip locked)
    delete from identity_due d using taken t
    where d.workspace_id = ${tx.workspaceId} and d.due_id = t.due_id returning d.author_id`.execute(tx.sql)
  return [...new Set(rows.map(({ author_id }) => author_id))].sort()
}

/** One by one they take some five minutes; everything at once takes less. */
const FLOOD_MIN = 20_000
const TAKEN_AT_ONCE = 200_000

/**
 * After a big import everything is compared anew instead: what was noted is then known, and a walk that is under way begins
 * again. Returns whether it is so.
 */
export async function compareAllWhenFlooded(
  tx: WorkspaceTransaction,
  now: Date,
  floodMin = FLOOD_MIN,
): Promise<boolean> {
  const { rows } = await sql<{ due_id: string }>`
    select due_id from identity_due where workspace_id = ${tx.workspaceId} order by due_id offset ${floodMin - 1} limit 1`.execute(
    tx.sql,
  )
  if (rows.length === 0 || !(await isTurnFree(tx))) return false
  await startRun(tx, now)
  await takeDue(tx, TAKEN_AT_ONCE)
  return true
}
