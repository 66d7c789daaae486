import { sql } from 'kysely'
import type { ClockName } from '../../../contract/clock-words.ts'
import type { Database } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'

const MINUTE = 60_000

export interface Done {
  /** Who closed it; null: a rule. */
  by: string | null
  network: string
  /** Of the list. */
  week: number
  minutes: number
  state?: 'met' | 'breached'
  team?: string
}

/** Waits of the weeks whose Mondays are given, ended by somebody after so many minutes, half of them in service time. */
export const settling =
  (database: Pick<Database, 'inWorkspace'>, workspaceId: string) =>
  (weeks: readonly string[], done: readonly Done[], clock: ClockName = 'resolution') =>
    database.inWorkspace(workspaceId, { kind: 'system', id: null }, async (tx) => {
      for (const one of done) {
        const conversationId = newId()
        const threadId = newId()
        const at = new Date(Date.parse(`${weeks[one.week]}T10:00:00Z`) + 86_400_000)
        await sql`insert into thread (workspace_id, thread_id, network, root_external_id)
          values (${workspaceId}, ${threadId}, ${one.network}, ${threadId})`.execute(tx.sql)
        await sql`insert into conversation (workspace_id, conversation_id, thread_id, author_id, network, opened_because, last_post_at)
          values (${workspaceId}, ${conversationId}, ${threadId}, ${newId()}, ${one.network}, 'mention', ${at})`.execute(
          tx.sql,
        )
        const eventId = newId()
        await sql`insert into event (workspace_id, position, event_id, at, type, actor_kind, actor_id, subjects)
          select ${workspaceId}, least(coalesce(min(position), 0), 0) - 1, ${eventId}, ${at}, 'conversation.closed',
            ${one.by ? 'member' : 'rule'}, ${one.by ?? newId()}, ${JSON.stringify({ conversationId })}
          from event where workspace_id = ${workspaceId}`.execute(tx.sql)
        await sql`insert into clock (workspace_id, conversation_id, kind, epoch, clock_policy_id, policy_version, started_at, ended_at,
            ended_by, ended_with, state, target_minutes, counted_ms, priority, team_id, read_at)
          values (${workspaceId}, ${conversationId}, ${clock}, 'start', ${newId()}, 1, ${at},
            ${new Date(at.getTime() + one.minutes * MINUTE)}, 'closed', ${eventId}, ${one.state ?? 'met'}, 60,
            ${(one.minutes * MINUTE) / 2}, 'normal', ${one.team ?? null}, ${at})`.execute(tx.sql)
      }
    })
