import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { NewEvent } from '../../platform/events.ts'

const CONVERSATIONS_AT_ONCE = 200
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * Hours or promises changed: whatever was not over before `since` is read anew, some conversations at a time, by whichever
 * worker comes first. A change during it begins anew from the earlier of both.
 */
export async function askForRecount(tx: WorkspaceTransaction, since: Date): Promise<void> {
  await sql`
    insert into clock_recount as r (workspace_id, since, after_id) values (${tx.workspaceId}, ${since}, ${BEFORE_ALL})
    on conflict (workspace_id) do update set since = least(r.since, excluded.since), after_id = ${BEFORE_ALL}`.execute(
    tx.sql,
  )
}

export async function isRecounting(tx: WorkspaceTransaction): Promise<boolean> {
  const row = await tx.sql
    .selectFrom('clock_recount')
    .select('workspace_id')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row !== undefined
}

export type Keeping = (tx: WorkspaceTransaction, conversationIds: readonly string[]) => Promise<void>

/** One stretch. Its place moves in the same transaction; the last one ends it. Returns how many were read. */
export async function recountSome(tx: WorkspaceTransaction, keep: Keeping): Promise<number> {
  const place = await tx.sql
    .selectFrom('clock_recount')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!place) return 0
  const { rows } = await sql<{ conversation_id: string; concerned: boolean }>`
    select conversation_id, closed_at is null or closed_at >= ${place.since} as concerned from conversation
    where workspace_id = ${tx.workspaceId} and conversation_id > ${place.after_id}
    order by conversation_id limit ${CONVERSATIONS_AT_ONCE}`.execute(tx.sql)
  const concerned = rows.filter((row) => row.concerned).map((row) => row.conversation_id)
  await keep(tx, concerned)
  const last = rows.at(-1)
  if (last && rows.length === CONVERSATIONS_AT_ONCE)
    await tx.sql
      .updateTable('clock_recount')
      .set({ after_id: last.conversation_id })
      .where('workspace_id', '=', tx.workspaceId)
      .execute()
  else await tx.sql.deleteFrom('clock_recount').where('workspace_id', '=', tx.workspaceId).execute()
  return concerned.length
}

/**
 * One after the other, each by itself in the same transaction: what cannot be read stays as it was, is told of, and keeps none
 * of the others waiting. Slower than all at once: for a stretch in which something failed.
 */
export const oneByOne =
  (keep: Keeping, passOver: (conversationId: string, error: unknown) => void): Keeping =>
  async (tx, conversationIds) => {
    for (const conversationId of conversationIds) {
      const recorded: NewEvent[] = []
      await sql`savepoint one`.execute(tx.sql)
      try {
        await keep({ ...tx, record: (event) => void recorded.push(event) }, [conversationId])
        await sql`release savepoint one`.execute(tx.sql)
        for (const event of recorded) tx.record(event)
      } catch (error) {
        await sql`rollback to savepoint one`.execute(tx.sql)
        passOver(conversationId, error)
      }
    }
  }
