import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { type PostRow, type PostView, presentPosts } from './reading.ts'

const POSTS_MAX = 500
const CLIMB_MAX = 50

export interface ThreadPost extends PostView {
  depth: number
  parentPostId: string | null
  parentMissing: boolean
}

/**
 * Every stored post of a thread, each after what it answers, siblings by time. Climbs to the top first, because what a
 * file or a late message calls the root may itself be an answer. Served by the unique key and post_root.
 */
export async function readThread(
  tx: WorkspaceTransaction,
  postId: string,
): Promise<{ items: ThreadPost[]; more: boolean }> {
  const { rows: above } = await sql<{
    network: string
    scope: string
    external_id: string
    root_external_id: string | null
  }>`
    with recursive climb as (
      (select network, scope, external_id, parent_external_id, root_external_id, 0 as steps from post
       where workspace_id = ${tx.workspaceId} and post_id = ${postId})
      union all
      select p.network, p.scope, p.external_id, p.parent_external_id, p.root_external_id, c.steps + 1
      from climb c join post p on p.workspace_id = ${tx.workspaceId} and p.network = c.network and p.scope = c.scope
        and p.external_id = coalesce(nullif(c.root_external_id, c.external_id), c.parent_external_id)
      where c.steps < ${CLIMB_MAX})
    select network, scope, external_id, root_external_id from climb`.execute(tx.sql)
  const [start] = above
  if (!start) throw new NotFound('post-unknown')
  const roots = [...new Set(above.flatMap((row) => [row.external_id, row.root_external_id ?? row.external_id]))]
  const { network, scope } = start
  const place = sql`workspace_id = ${tx.workspaceId} and network = ${network} and scope = ${scope}`
  const { rows } = await sql<PostRow>`
    select p.* from (
      select post_id from post where ${place} and external_id = any(${roots}::text[])
      union
      select post_id from post where ${place} and root_external_id = any(${roots}::text[])) thread
      join post p on p.workspace_id = ${tx.workspaceId} and p.post_id = thread.post_id
    order by p.published_at, p.post_id limit ${POSTS_MAX + 1}`.execute(tx.sql)
  const placed = inOrder(rows.slice(0, POSTS_MAX))
  const views = await presentPosts(
    tx,
    placed.map(({ row }) => row),
  )
  const items = views.map((view, index) => {
    const { depth, parentPostId, row } = placed[index] as Placed
    return { ...view, depth, parentPostId, parentMissing: row.parent_external_id !== null && parentPostId === null }
  })
  return { items, more: rows.length > POSTS_MAX }
}

interface Placed {
  row: PostRow
  depth: number
  parentPostId: string | null
}

/** Depth first, without recursion: a thread can be a chain of hundreds. A loop of replies is entered once. */
function inOrder(rows: PostRow[]): Placed[] {
  const byExternalId = new Map(rows.map((row) => [row.external_id, row]))
  const parentOf = (row: PostRow) => {
    const parent = row.parent_external_id === null ? undefined : byExternalId.get(row.parent_external_id)
    return parent === row ? undefined : parent
  }
  const children = Map.groupBy(
    rows.filter((row) => parentOf(row)),
    (row) => parentOf(row) as PostRow,
  )
  const placed: Placed[] = []
  const seen = new Set<PostRow>()
  const roots = rows.filter((row) => !parentOf(row))
  // Posts that answer each other in a circle have no root; they come last, from wherever the circle is met.
  for (const begin of [...roots, ...rows]) {
    const waiting: Placed[] = [{ row: begin, depth: 0, parentPostId: null }]
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { row, depth } = next
      if (seen.has(row)) continue
      seen.add(row)
      placed.push(next)
      const answers = (children.get(row) ?? []).toReversed()
      for (const answer of answers) waiting.push({ row: answer, depth: depth + 1, parentPostId: row.post_id })
    }
  }
  return placed
}
