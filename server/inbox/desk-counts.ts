import { sql } from 'kysely'
import type { DeskChecks, GoalFigures } from '../plan/index.ts'

/** What a desk has to answer with, and by when. */
export const inboxChecks: DeskChecks = {
  macro: async (tx) => {
    const { count } = await tx.sql
      .selectFrom('macro')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('workspace_id', '=', tx.workspaceId)
      .executeTakeFirstOrThrow()
    return Number(count)
  },
  promise: async (tx) => {
    const { count } = await tx.sql
      .selectFrom('clock_policy')
      .select((select) => select.fn.countAll<string>().as('count'))
      .where('workspace_id', '=', tx.workspaceId)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow()
    return Number(count)
  },
}

/** What customers wait for now, which is nobody's work yet. */
export const inboxFigures: GoalFigures = {
  /** Open now (conversation_state). */
  'open-conversations': async (tx) => {
    const { rows } = await sql<{ open: string }>`
      select count(*) as open from conversation
      where workspace_id = ${tx.workspaceId} and state = 'open'`.execute(tx.sql)
    return Number(rows[0]?.open ?? 0)
  },
}
