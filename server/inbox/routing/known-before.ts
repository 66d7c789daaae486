import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** Of one account, the newest: whoever had more is known by these. */
const CONVERSATIONS_MAX = 50

/**
 * Which of these posts are of somebody whom we knew before they were heard. Everybody who writes to us begins as a person, so
 * that alone says nothing: known is whose person was in another conversation by then, on whichever account, or whose identity
 * a person confirmed, a file or system named, or the customer proved or told.
 */
export async function knownBefore(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (postIds.length === 0) return new Set()
  const { rows } = await ofKnown(tx.workspaceId, postIds).execute(tx.sql)
  return new Set(rows.map((row) => row.post_id))
}

/** Post by post, however few rows statistics tell of: served by author_person, conversation_author and person_link_stack. */
export const ofKnown = (workspaceId: string, postIds: readonly string[]): RawBuilder<{ post_id: string }> => sql`
  select g.post_id from unnest(${[...postIds]}::uuid[]) as g(post_id)
    cross join lateral (
      select p.heard_at, a.person_id from post p
        join author a on a.workspace_id = ${workspaceId} and a.author_id = p.author_id and a.person_id is not null
      where p.workspace_id = ${workspaceId} and p.post_id = g.post_id limit 1) p
    cross join lateral (
      select from author o
      where o.workspace_id = ${workspaceId} and o.person_id = p.person_id and (exists (
        select from (
          select conversation_id, opened_at from conversation
          where workspace_id = ${workspaceId} and author_id = o.author_id
          order by last_post_at desc, conversation_id desc limit ${CONVERSATIONS_MAX}) c
        where c.opened_at < p.heard_at and not exists (
          select from conversation_post cp where cp.workspace_id = ${workspaceId}
            and cp.conversation_id = c.conversation_id and cp.post_id = g.post_id))
        or exists (
        select from person_link l
        where l.workspace_id = ${workspaceId} and l.author_id = o.author_id and l.linked_at < p.heard_at
          and l.withdrawn_at is null and not l.shared and l.method not in ('wrote-to-us', 'suggested')))
      limit 1) known`
