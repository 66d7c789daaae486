import { sql } from 'kysely'
import { indexTerms } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { loadStored } from './stored-posts.ts'

const POSTS_AT_ONCE = 250

/**
 * Writes the terms of posts that have none yet, or whose content changed; intake never waits for it, and search reads the
 * rest without the index. Rows are locked and passed over by others, so any number of workers index side by side.
 * Returns how many posts were indexed; fewer than POSTS_AT_ONCE means that none are left.
 */
export async function indexSome(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ post_id: string; published_at: Date }>`
    select post_id, published_at from post where workspace_id = ${tx.workspaceId} and not indexed
    order by post_id limit ${POSTS_AT_ONCE} for update skip locked`.execute(tx.sql)
  if (rows.length === 0) return 0
  const ids = rows.map((row) => row.post_id)
  const posts = await loadStored(
    tx,
    rows.map((row) => ({ postId: row.post_id, publishedAt: row.published_at })),
    { withoutDeleted: true },
  )
  const terms = posts.flatMap(({ row, prepared }) =>
    indexTerms(prepared()).map((term) => ({ term, publishedAt: row.published_at, postId: row.post_id })),
  )
  await sql`delete from post_term where workspace_id = ${tx.workspaceId} and post_id = any(${ids}::uuid[])`.execute(
    tx.sql,
  )
  await sql`
    insert into post_term (workspace_id, term, published_at, post_id)
    select ${tx.workspaceId}, * from unnest(${terms.map((t) => t.term)}::text[],
      ${terms.map((t) => t.publishedAt)}::timestamptz[], ${terms.map((t) => t.postId)}::uuid[])
    on conflict do nothing`.execute(tx.sql)
  await sql`update post set indexed = true where workspace_id = ${tx.workspaceId} and post_id = any(${ids}::uuid[])`.execute(
    tx.sql,
  )
  return rows.length
}

/** Everything that waits in a workspace. */
export async function indexAll(services: Services, workspaceId: string, signal?: AbortSignal): Promise<number> {
  for (let count = 0; ; ) {
    const some = await services.database.inWorkspace(workspaceId, SYSTEM, indexSome)
    count += some
    if (some < POSTS_AT_ONCE || signal?.aborted) return count
  }
}
