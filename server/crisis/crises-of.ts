import { sql } from 'kysely'
import type { CrisesOf, CrisisSpan } from '../inbox/index.ts'

/** The crises that conversations were or are in: by their topics, or because the whole workspace was. */
export const crisesOf: CrisesOf = async (tx, conversationIds) => {
  const { rows } = await sql<CrisisSpan>`
    select g.conversation_id as "conversationId", c.crisis_id as "crisisId", c.declared_at as "begunAt",
      c.ended_at as "endedAt"
    from crisis c cross join unnest(${[...conversationIds]}::uuid[]) as g(conversation_id)
    where c.workspace_id = ${tx.workspaceId} and (c.topic_id is null or exists (
      select from conversation_topic t where t.workspace_id = c.workspace_id and t.conversation_id = g.conversation_id
        and t.topic_id = c.topic_id))`.execute(tx.sql)
  return rows
}
