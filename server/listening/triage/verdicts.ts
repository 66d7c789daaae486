import { sql } from 'kysely'
import type { z } from 'zod'
import type { triage as contract } from '../../../contract/listening-triage.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import { loadPosts } from '../reading.ts'

export type VerdictView = NonNullable<
  z.infer<(typeof contract.sort)['~orpc']['outputSchema'] & z.ZodType>['items'][number]['verdict']
>

export interface VerdictRow {
  verdictId: string
  postId: string
  topicId: string
  version: string
  side: VerdictView['side']
  reason: VerdictView['reason']
  words: string | null
  byKind: string
  by: string | null
  at: Date
}

const COLUMNS = sql`v.verdict_id as "verdictId", v.post_id as "postId", v.topic_id as "topicId", v.version, v.side, v.reason,
  v.words, v.sorted_by_kind as "byKind", v.sorted_by as "by", v.sorted_at as "at"`

export const presentVerdict = ({ verdictId, side, reason, words, byKind, by, at }: VerdictRow): VerdictView => ({
  verdictId,
  side,
  reason,
  words,
  by: { kind: byKind, id: by },
  at,
})

/** Of each post the verdict that stands: the latest that was not taken back. Served by verdict_post. */
export async function standingVerdicts(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
  topicId: string | null,
): Promise<VerdictRow[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<VerdictRow>`
    select distinct on (v.post_id, v.topic_id) ${COLUMNS} from verdict v
    where v.workspace_id = ${tx.workspaceId} and v.post_id = any(${postIds}::uuid[])
      ${topicId === null ? sql`` : sql`and v.topic_id = ${topicId}`} and v.taken_back_at is null
    order by v.post_id, v.topic_id, v.version desc`.execute(tx.sql)
  return rows
}

export interface VerdictsOptions {
  topicId: string
  side?: VerdictView['side'] | undefined
  after?: string | undefined
  limit: number
}

/** Only what stands; a post that was sorted twice is listed once. Served by verdict_newest. */
export async function listVerdicts(tx: WorkspaceTransaction, { topicId, side, after, limit }: VerdictsOptions) {
  const cursor = readCursor(after, 2)
  const { rows } = await sql<VerdictRow>`
    select ${COLUMNS} from verdict v
    where v.workspace_id = ${tx.workspaceId} and v.topic_id = ${topicId} and v.taken_back_at is null
      ${side ? sql`and v.side = ${side}` : sql``}
      ${cursor ? sql`and (v.version < ${cursor[0]}::bigint or (v.version = ${cursor[0]}::bigint and v.post_id > ${cursor[1]}::uuid))` : sql``}
      and not exists (select from verdict later where later.workspace_id = v.workspace_id and later.post_id = v.post_id
        and later.topic_id = v.topic_id and later.version > v.version and later.taken_back_at is null)
    order by v.version desc, v.post_id limit ${limit + 1}`.execute(tx.sql)
  const page = pageOf(rows, limit, (row) => writeCursor(row.version, row.postId))
  const posts = await loadPosts(
    tx,
    page.items.map(({ postId }) => postId),
  )
  const byId = new Map(posts.map((post) => [post.postId, post]))
  return {
    items: page.items.map((row) => ({ ...presentVerdict(row), post: byId.get(row.postId) ?? null })),
    nextCursor: page.nextCursor,
  }
}
