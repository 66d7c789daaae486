import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { POSTS_AT_ONCE, type StoredPages, type StoredPlace, type StoredRow } from './stored-source.ts'

export interface StoredChoice {
  topicId?: string | undefined
  from?: Date | undefined
  until?: Date | undefined
}

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/** Stored posts heard before `asOf`, in short transactions. Tombstones have nothing to tell. */
export const storedPages =
  (inWorkspace: InWorkspace, choice: StoredChoice, asOf: Date): StoredPages =>
  (after) =>
    inWorkspace((tx) => readPage(tx, choice, asOf, after))

/** Served by post_published, or by mention_topic where a topic is chosen. */
async function readPage(
  tx: WorkspaceTransaction,
  { topicId, from, until }: StoredChoice,
  asOf: Date,
  after: StoredPlace | null,
): Promise<StoredRow[]> {
  const driver = topicId ? sql`m` : sql`p`
  const { rows } = await sql<StoredRow>`
    select p.post_id, p.author_id, p.network, p.scope, p.external_id, p.parent_external_id, p.direction, p.title, p.text,
      p.language, p.url, p.site, p.published_at, p.media, p.links, p.mentions,
      a.handle, a.name, a.network_id, a.followers::text as followers, a.own
    from ${
      topicId ? sql`mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id` : sql`post p`
    } join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where p.workspace_id = ${tx.workspaceId} and p.deleted_at is null and p.visibility = 'public' and p.heard_at <= ${asOf}
      ${topicId ? sql`and m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.state <> 'rejected'` : sql``}
      ${from ? sql`and ${driver}.published_at >= ${from}` : sql``}
      ${until ? sql`and ${driver}.published_at < ${until}` : sql``}
      ${after ? sql`and (${driver}.published_at, ${driver}.post_id) > (${after.at}, ${after.postId}::uuid)` : sql``}
    order by ${driver}.published_at, ${driver}.post_id limit ${POSTS_AT_ONCE}`.execute(tx.sql)
  return rows
}
