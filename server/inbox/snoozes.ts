import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { reopen } from './changing.ts'

const POLL_MS = 5_000
const AT_ONCE = 500

/** Brings conversations back whose snooze ended, on the database's clock. */
export async function runSnoozes(services: Services, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await endSnoozes(services).catch((error: unknown) => services.log.error({ err: error }, 'could not end snoozes'))
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** Returns how many came back. */
export async function endSnoozes(services: Services): Promise<number> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_ended_snoozes() as w(workspace_id)`.execute(services.database.system)
  let ended = 0
  for (const { workspace_id } of rows)
    ended += await services.database.inWorkspace(workspace_id, SYSTEM, async (tx) => {
      const due = await tx.sql
        .selectFrom('conversation')
        .select('conversation_id')
        .where('workspace_id', '=', tx.workspaceId)
        .where('state', '=', 'snoozed')
        .where('snoozed_until', '<=', sql<Date>`now()`)
        .orderBy('conversation_id')
        .limit(AT_ONCE)
        .forUpdate()
        .skipLocked()
        .execute()
      const ids = due.map((row) => row.conversation_id)
      return (await reopen(tx, ids, 'snooze-ended')).length
    })
  return ended
}
