import { sql } from 'kysely'
import { changeConversations } from '../inbox/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'

/** What lies open at the beginning is handed over in one go up to so many; the rest follows as it goes on. */
const HANDED_OVER_MAX = 500

/** While a crisis goes on, its conversations come to its group; what somebody has already stays with them. */
export const conversationsSubscription = (services: Services): Subscription => ({
  name: 'crisis.conversations',
  types: ['conversation.opened', 'conversation.continued', 'conversation.reopened'],
  handle: async (tx, events) => {
    const ids = [...new Set(events.flatMap(({ subjects }) => subjects.conversationId ?? []))].sort()
    if (ids.length === 0) return
    const { rows } = await sql<{ topic_id: string | null; team_id: string }>`
      select topic_id, team_id from crisis where workspace_id = ${tx.workspaceId} and ended_at is null
        and team_id is not null order by topic_id nulls last`.execute(tx.sql)
    for (const { topic_id, team_id } of rows)
      await assignAmong(tx, { topicId: topic_id, teamId: team_id }, ids, services.clock.now())
  },
})

interface Scope {
  topicId: string | null
  teamId: string
}

export const handToGroup = (tx: WorkspaceTransaction, scope: Scope, now: Date): Promise<void> =>
  assignAmong(tx, scope, null, now)

async function assignAmong(tx: WorkspaceTransaction, scope: Scope, ids: string[] | null, now: Date): Promise<void> {
  const { topicId, teamId } = scope
  const { rows } = await sql<{ conversation_id: string }>`
    select c.conversation_id from conversation c
    where c.workspace_id = ${tx.workspaceId} and c.state = 'open' and c.assigned_member_id is null
      and c.assigned_team_id is null and (${ids === null} or c.conversation_id = any(${ids ?? []}::uuid[]))
      and (${topicId}::uuid is null or exists (select from conversation_topic t where t.workspace_id = c.workspace_id
        and t.conversation_id = c.conversation_id and t.topic_id = ${topicId}))
    order by c.last_post_at desc limit ${HANDED_OVER_MAX}`.execute(tx.sql)
  if (rows.length === 0) return
  const which = { conversationIds: rows.map(({ conversation_id }) => conversation_id) }
  await changeConversations(tx, which, { change: 'assign', memberId: null, teamId }, { now, mayManage: true })
}
