import { sql } from 'kysely'
import type { Freeze } from '../publishing/index.ts'

/**
 * Whether crisis `c` holds delivery `d` back. Of our own accord is what everybody reads: the message that takes one customer
 * aside answers no post either, and is no announcement.
 */
export const holds = sql`
  case when d.reply_to_post_id is null and d.visibility = 'public' then c.freezes_posts
    else c.freezes_automatic and d.created_by_kind <> 'member' and (c.topic_id is null or exists (
      select from answer a join conversation_topic t on t.workspace_id = a.workspace_id
        and t.conversation_id = a.conversation_id and t.topic_id = c.topic_id
      where a.workspace_id = d.workspace_id and a.delivery_id = d.delivery_id)) end
  and not exists (select from crisis_release r where r.workspace_id = c.workspace_id
    and r.crisis_id = c.crisis_id and r.what = 'delivery' and r.frozen_id = d.delivery_id)`

/**
 * What waits because of a crisis, asked by publishing before a delivery goes and by the inbox before a macro is applied.
 * What a member answers by hand never waits: in a crisis that is what is needed.
 */
export const freeze: Freeze = {
  delivery: async (tx, deliveryId) => {
    const { rows } = await sql<{ crisis_id: string; name: string }>`
      select c.crisis_id, c.name from delivery d join crisis c on c.workspace_id = d.workspace_id and c.ended_at is null
      where d.workspace_id = ${tx.workspaceId} and d.delivery_id = ${deliveryId} and ${holds}
      order by c.declared_at limit 1`.execute(tx.sql)
    return named(rows[0])
  },
  macro: async (tx, macroId, conversationId) => {
    const { rows } = await sql<{ crisis_id: string; name: string }>`
      select c.crisis_id, c.name from crisis c
      where c.workspace_id = ${tx.workspaceId} and c.ended_at is null and c.freezes_macros
        and (c.topic_id is null or exists (select from conversation_topic t where t.workspace_id = c.workspace_id
          and t.conversation_id = ${conversationId} and t.topic_id = c.topic_id))
        and not exists (select from crisis_release r where r.workspace_id = c.workspace_id
          and r.crisis_id = c.crisis_id and r.what = 'macro' and r.frozen_id = ${macroId})
      order by c.declared_at limit 1`.execute(tx.sql)
    return named(rows[0])
  },
}

const named = (row: { crisis_id: string; name: string } | undefined) =>
  row ? { crisisId: row.crisis_id, name: row.name } : null
