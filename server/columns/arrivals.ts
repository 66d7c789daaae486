import type { Column } from '../../contract/columns-shapes.ts'
import { presentConversations, whichQueues } from '../inbox/index.ts'
import { loadPosts, whichLists } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden } from '../platform/errors.ts'
import type { Veil } from '../platform/procedures.ts'
import { getLayout } from './layouts.ts'

/** What the search would be asked for a column of posts. */
const listOf = (column: Exclude<Column, { kind: 'queue' | 'approvals' }>) => ({
  listId: column.columnId,
  query: column.kind === 'search' ? column.query : undefined,
  filter: {
    ...column.filters,
    ...(column.kind === 'topic' && { topicId: column.topicId }),
    ...(column.kind === 'person' && { personId: column.personId }),
    ...(column.kind === 'mentions' && { addressed: true }),
  },
})

interface ArrivedPosts {
  layoutId: string
  postIds: readonly string[]
  shownPostIds: readonly string[]
  countedColumnIds: readonly string[]
}

/** Live events say which posts there are; here a layout asks, once for all its columns, which of them are for whom. */
export async function arrivedPosts(tx: WorkspaceTransaction, input: ArrivedPosts, veil: Veil | undefined) {
  const { columns } = await getLayout(tx, input.layoutId)
  const lists = columns.flatMap((column) =>
    column.kind === 'queue' || column.kind === 'approvals' ? [] : [listOf(column)],
  )
  const allowed = await allowedBy(veil, tx, lists, ({ query }) => ({ query }))
  const found = await whichLists(tx, input.postIds, allowed)
  const counted = new Set(input.countedColumnIds)
  const drawn = found.filter(({ listId }) => !counted.has(listId)).map(({ postId }) => postId)
  return {
    matches: found.map(({ listId, ...match }) => ({ columnId: listId, ...match })),
    posts: await loadPosts(tx, [...new Set([...drawn, ...input.shownPostIds])]),
  }
}

interface ArrivedConversations {
  layoutId: string
  conversationIds: readonly string[]
  shownConversationIds: readonly string[]
}

export async function arrivedConversations(
  tx: WorkspaceTransaction,
  input: ArrivedConversations,
  veil: Veil | undefined,
) {
  const { columns } = await getLayout(tx, input.layoutId)
  const lists = columns.flatMap((column) => {
    if (column.kind !== 'queue') return []
    const { columnId, filters, order } = column
    return [{ listId: columnId, filters, order }]
  })
  const allowed = await allowedBy(veil, tx, lists, ({ filters: { text } }) =>
    text?.startsWith('@') ? { handle: text } : {},
  )
  const found = await whichQueues(tx, input.conversationIds, allowed)
  return {
    matches: found.map(({ listId, conversationId }) => ({ columnId: listId, conversationId })),
    conversations: await presentConversations(tx, [...input.shownConversationIds]),
  }
}

/** Whoever sees pseudonyms is told nothing of columns that ask by account, as the lists themselves refuse it. */
async function allowedBy<List>(
  veil: Veil | undefined,
  tx: WorkspaceTransaction,
  lists: List[],
  questionOf: (list: List) => unknown,
): Promise<List[]> {
  if (!veil) return lists
  const allowed: List[] = []
  for (const list of lists)
    try {
      await veil.ask(tx, questionOf(list))
      allowed.push(list)
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error
    }
  return allowed
}
