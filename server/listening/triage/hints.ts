import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Subscription } from '../../platform/subscriptions.ts'

/** How a conversation stands, as the inbox tells it: the customer's posts, and what became of them. */
export interface SettledConversation {
  postIds: string[]
  /** answered: by us; laid-aside: closed by hand without any answer; open: neither yet. */
  outcome: 'answered' | 'laid-aside' | 'open'
}

/** Handed up by the inbox, which lies below (server/modules.ts). */
export type SettledConversations = (
  tx: WorkspaceTransaction,
  conversationIds: string[],
) => Promise<SettledConversation[]>

/**
 * What the inbox does hints at what is for us: an answer at yes, a closing without one at no. It follows how the
 * conversation stands now, so that events told late, twice or out of order lead to the same.
 */
export const hintsSubscription = (settled: SettledConversations): Subscription => ({
  name: 'listening.hints',
  types: ['answer.sent', 'conversation.answered-elsewhere', 'conversation.closed', 'conversation.reopened'],
  handle: async (tx, events) => {
    const ids = events.flatMap(({ subjects }) => subjects.conversationId ?? [])
    if (ids.length === 0 || !(await anyLearns(tx))) return
    for (const conversation of await settled(tx, [...new Set(ids)].sort())) await hint(tx, conversation)
  },
})

async function anyLearns(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql`select from topic_relevance where workspace_id = ${tx.workspaceId} limit 1`.execute(tx.sql)
  return rows.length > 0
}

/** Only topics that learn keep hints; their scorers are learned again by the loop. */
async function hint(tx: WorkspaceTransaction, { postIds, outcome }: SettledConversation): Promise<void> {
  const side = { answered: 'for-us', 'laid-aside': 'not-for-us', open: null }[outcome]
  const { rows: topics } = await sql<{ topic_id: string }>`
    select r.topic_id from topic_relevance r where r.workspace_id = ${tx.workspaceId} and r.topic_id in (
      select topic_id from mention where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[]))
    order by r.topic_id for update`.execute(tx.sql)
  const topicIds = topics.map((row) => row.topic_id)
  if (topicIds.length === 0) return
  const { rows: changed } = side
    ? await sql<{ topic_id: string }>`
        insert into relevance_hint as h (workspace_id, topic_id, post_id, side, hinted_at)
        select ${tx.workspaceId}, m.topic_id, m.post_id, ${side}, now() from mention m
        where m.workspace_id = ${tx.workspaceId} and m.topic_id = any(${topicIds}::uuid[]) and m.post_id = any(${postIds}::uuid[])
        on conflict (workspace_id, topic_id, post_id) do update set side = excluded.side, hinted_at = excluded.hinted_at
          where h.side <> excluded.side
        returning h.topic_id`.execute(tx.sql)
    : await sql<{ topic_id: string }>`
        delete from relevance_hint where workspace_id = ${tx.workspaceId} and topic_id = any(${topicIds}::uuid[])
          and post_id = any(${postIds}::uuid[]) returning topic_id`.execute(tx.sql)
  await sql`update topic_relevance set version = version + 1 where workspace_id = ${tx.workspaceId}
    and topic_id = any(${[...new Set(changed.map((row) => row.topic_id))]}::uuid[])`.execute(tx.sql)
}
