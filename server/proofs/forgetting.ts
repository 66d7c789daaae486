import { sql } from 'kysely'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'

/** What was claimed and never proven is nobody's but the typist's: it goes soon, whatever the rule for visits says. */
const UNPROVEN_DAYS = 2
const AT_ONCE = 5_000

/** Deletes attempts that came to nothing. Safe to run twice. */
export async function forgetUnproven(services: Services, workspaceIds: string[]): Promise<void> {
  const before = new Date(services.clock.now().getTime() - UNPROVEN_DAYS * 86_400_000)
  for (const workspaceId of workspaceIds)
    await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      sql`
        delete from proof where workspace_id = ${workspaceId} and proof_id in (
          select proof_id from proof where workspace_id = ${workspaceId} and began_at < ${before}
            and state in ('open', 'refused', 'given-up') limit ${AT_ONCE})`.execute(tx.sql),
    )
}
