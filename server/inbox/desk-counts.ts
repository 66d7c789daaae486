import { sql } from 'kysely'
import type { DeskChecks, GoalFigures } from '../plan/index.ts'

const DAYS = 30
const DAY_MS = 86_400_000

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

/** Of the team as a whole, never of one of its members. */
export const inboxFigures: GoalFigures = {
  /** Of conversations that moved in the last 30 days, the share that was answered ever (conversation_newest). */
  'answered-share': async (tx, now) => {
    const { rows } = await sql<{ all: string; answered: string }>`
      select count(*) as all, count(answered_at) as answered from conversation
      where workspace_id = ${tx.workspaceId} and last_post_at >= ${new Date(+now - DAYS * DAY_MS)}`.execute(tx.sql)
    const all = Number(rows[0]?.all ?? 0)
    return all === 0 ? null : Number(rows[0]?.answered ?? 0) / all
  },
  /** Open now (conversation_state). */
  'open-conversations': async (tx) => {
    const { rows } = await sql<{ open: string }>`
      select count(*) as open from conversation
      where workspace_id = ${tx.workspaceId} and state = 'open'`.execute(tx.sql)
    return Number(rows[0]?.open ?? 0)
  },
}
