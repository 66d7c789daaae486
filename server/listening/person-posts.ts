import { sql } from 'kysely'
import type { PersonFact } from '../people/index.ts'

/** More than that is a crowd, whatever the figure. */
const POSTS_COUNTED_MAX = 10_000

/** What the identities of a person said (post_author). */
export const postsFact: PersonFact = {
  fact: 'posts',
  allow: 'posts.read',
  count: async (tx, { authorIds }) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from (
        select from unnest(${authorIds}::uuid[]) as g(author_id)
          join post p on p.workspace_id = ${tx.workspaceId} and p.author_id = g.author_id
        limit ${POSTS_COUNTED_MAX}) counted`.execute(tx.sql)
    return rows[0]?.count ?? 0
  },
}
