import { sql } from 'kysely'
import type { z } from 'zod'
import type { shownPostSchema } from '../../../contract/listening-workbench-answers.ts'
import { type Because, becauseOf, evaluate, explain, type PreparedPost, type Query } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Place } from '../candidates.ts'
import { spansOf } from '../search.ts'
import { loadStored } from '../stored-posts.ts'

export type ShownPost = z.infer<typeof shownPostSchema>

interface Known {
  relevance: number | null
  verdict: ShownPost['verdict']
}

/**
 * Posts with the reason why they match or do not. `highlighted` is the query whose finds are marked, where it is not the one
 * that is explained: of a near miss, what it did find.
 */
export async function showPosts(
  tx: WorkspaceTransaction,
  topicId: string | undefined,
  places: readonly Place[],
  explained: Query,
  highlighted: Query = explained,
): Promise<ShownPost[]> {
  const posts = await loadStored(tx, [...places], { withoutDeleted: true })
  const ids = posts.map(({ row }) => row.post_id)
  const known = topicId === undefined ? new Map<string, Known>() : await knownOf(tx, topicId, ids)
  return posts.map((post) => {
    const { row } = post
    const prepared = post.prepared()
    return {
      postId: row.post_id,
      sampledId: null,
      network: row.network,
      handle: prepared.post.author.handle,
      url: row.url,
      title: row.title,
      text: row.text,
      language: row.language,
      publishedAt: row.published_at,
      ...reasonsOf(prepared, explained, highlighted),
      ...(known.get(row.post_id) ?? { relevance: null, verdict: null }),
    }
  })
}

export const reasonsOf = (prepared: PreparedPost, explained: Query, highlighted: Query) => ({
  spans: spansOf(evaluate(highlighted, prepared)?.spans ?? []),
  because: becauseOf(explain(explained, prepared)).map(presentBecause),
})

const presentBecause = ({ from, to, ...because }: Because): ShownPost['because'][number] => ({
  ...because,
  start: from,
  end: to,
})

/** What the topic has learned of the posts, and what people said. */
export async function knownOf(
  tx: WorkspaceTransaction,
  topicId: string,
  ids: readonly string[],
): Promise<Map<string, Known>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ postId: string; relevance: number | null; verdict: ShownPost['verdict'] }>`
    select g.post_id as "postId", m.relevance, coalesce(case m.state when 'kept' then 'for-us' when 'rejected' then 'not-for-us' end,
      l.side) as verdict
    from unnest(${ids}::uuid[]) as g(post_id)
      left join mention m on m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.post_id = g.post_id
      left join workbench_label l on l.workspace_id = ${tx.workspaceId} and l.topic_id = ${topicId} and l.subject_id = g.post_id`.execute(
    tx.sql,
  )
  return new Map(rows.map(({ postId, relevance, verdict }) => [postId, { relevance, verdict }]))
}
