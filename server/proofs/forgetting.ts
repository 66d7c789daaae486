import { sql } from 'kysely'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'

/** What was claimed and never proven is nobody's but the typist's: it goes soon. Proofs are kept in the graph's ledger. */
const UNPROVEN_DAYS = 2
const ENDED_DAYS = 30
const AT_ONCE = 5_000

/** Deletes attempts, visits and invitations that are over. Safe to run twice. */
export async function forgetEnded(services: Services, workspaceIds: string[]): Promise<void> {
  const now = services.clock.now().getTime()
  const daysAgo = (days: number) => new Date(now - days * 86_400_000)
  for (const workspaceId of workspaceIds)
    await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      await sql`
        delete from proof where workspace_id = ${workspaceId} and proof_id in (
          select proof_id from proof where workspace_id = ${workspaceId} and began_at < ${daysAgo(UNPROVEN_DAYS)}
            and (state in ('open', 'refused', 'given-up') or began_at < ${daysAgo(ENDED_DAYS)})
          limit ${AT_ONCE})`.execute(tx.sql)
      await sql`
        delete from customer_session where workspace_id = ${workspaceId} and customer_session_id in (
          select customer_session_id from customer_session where workspace_id = ${workspaceId}
            and expires_at < ${daysAgo(ENDED_DAYS)} limit ${AT_ONCE})`.execute(tx.sql)
    })
}
