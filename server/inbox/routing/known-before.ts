import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/**
 * Which of these posts are of somebody whom we knew before they were heard. Everybody who writes to us begins as a person, so
 * that alone says nothing: known is whose person was in another conversation by then, on whichever account, or whose identity
 * a person confirmed, a file or system named, or the customer proved or told. Served by author_person, conversation_author
 * and person_link_author.
 */
export async function knownBefore(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (postIds.length === 0) return new Set()
  const { rows } = await sql<{ post_id: string }>`
    select p.post_id from post p
      join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id and a.person_id is not null
    where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${[...postIds]}::uuid[]) and exists (
      select from author o
      where o.workspace_id = ${tx.workspaceId} and o.person_id = a.person_id and (exists (
        select from conversation c
        where c.workspace_id = ${tx.workspaceId} and c.author_id = o.author_id and c.opened_at < p.heard_at
          and not exists (select from conversation_post cp where cp.workspace_id = ${tx.workspaceId}
            and cp.conversation_id = c.conversation_id and cp.post_id = p.post_id))
        or exists (
        select from person_link l
        where l.workspace_id = ${tx.workspaceId} and l.author_id = o.author_id and l.linked_at < p.heard_at
          and l.withdrawn_at is null and not l.shared and l.method not in ('wrote-to-us', 'suggested'))))`.execute(
    tx.sql,
  )
  return new Set(rows.map((row) => row.post_id))
}
