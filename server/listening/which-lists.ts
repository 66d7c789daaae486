import type { z } from 'zod'
import type { spanSchema } from '../../contract/listening-topics.ts'
import { evaluate, Matcher, type Query } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { readQuery, workspaceLanguages } from './query.ts'
import { spansOf } from './search.ts'
import { loadWithTests, type PostFilter, type StoredPost, type TestedPost } from './stored-posts.ts'

/** A list that somebody has open: what the search would be asked for it. */
export interface OpenList {
  listId: string
  query?: string | undefined
  filter: Omit<PostFilter, 'withoutDeleted'>
}

export interface ListedPost {
  listId: string
  postId: string
  /** Why the list's query matched. */
  spans: z.infer<typeof spanSchema>[]
}

/**
 * In which of several open lists posts belong, with the same answer as the search gives for each list: conditions of all
 * lists are one statement, queries of all lists are asked of a post at once. What the reader may not see belongs nowhere.
 */
export async function whichLists(
  tx: WorkspaceTransaction,
  postIds: readonly string[],
  lists: readonly OpenList[],
): Promise<ListedPost[]> {
  if (postIds.length === 0 || lists.length === 0) return []
  const queries = await queriesOf(tx, lists)
  // A query that no longer reads finds nothing, as it does in the search.
  const readable = lists.filter(({ listId, query }) => query === undefined || queries.has(listId))
  const posts = await loadWithTests(
    tx,
    postIds,
    readable.map(({ filter }) => ({ ...filter, withoutDeleted: true })),
  )
  const matcher = new Matcher<string>()
  for (const [listId, query] of queries) matcher.add(listId, query)
  return posts.flatMap((post) => listsOf(post, readable, queries, matcher))
}

async function queriesOf(tx: WorkspaceTransaction, lists: readonly OpenList[]): Promise<Map<string, Query>> {
  if (lists.every(({ query }) => query === undefined)) return new Map()
  const languages = await workspaceLanguages(tx)
  return new Map(
    lists.flatMap(({ listId, query }) => {
      const read = query === undefined ? null : readQuery(query, languages)
      return read?.ok ? [[listId, read.query] as const] : []
    }),
  )
}

function listsOf(
  { stored, passes }: TestedPost,
  lists: readonly OpenList[],
  queries: ReadonlyMap<string, Query>,
  matcher: Matcher<string>,
): ListedPost[] {
  const passed = lists.filter((_, index) => passes[index])
  const asked = passed.some(({ listId }) => queries.has(listId))
  const matched = new Set(asked ? matcher.match(stored.prepared()) : [])
  return passed
    .filter(({ listId }) => !queries.has(listId) || matched.has(listId))
    .map(({ listId }) => ({ listId, postId: stored.row.post_id, spans: spansIn(stored, queries.get(listId)) }))
}

const spansIn = (stored: StoredPost, query: Query | undefined): ListedPost['spans'] =>
  query ? spansOf(evaluate(query, stored.prepared())?.spans ?? []) : []
