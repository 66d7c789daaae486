import { sql } from 'kysely'
import type { PersonFact } from '../people/index.ts'

/** Conversations with the identities of a person that nobody has closed (conversation_author). */
export const openConversationsFact: PersonFact = {
  fact: 'open-conversations',
  allow: 'inbox.read',
  count: async (tx, { authorIds }) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from conversation
      where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and state <> 'closed'`.execute(
      tx.sql,
    )
    return rows[0]?.count ?? 0
  },
}
