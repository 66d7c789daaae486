import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Occasion } from '../../routing/index.ts'

/** Acts of rules that are looked back on, of one conversation: the newest. */
const ACTS_MAX = 500

/** For which posts rules of one version acted. */
export interface Acted {
  has(ruleId: string, postId: string): boolean
  add(ruleId: string, postId: string): void
}

/**
 * What was told of a post before is told again when its author edits it, or the network shows it again. Only such occasions go
 * on in a conversation, so that what opens one asks nothing here. Served by event_conversation.
 */
export async function actedBefore(
  tx: WorkspaceTransaction,
  occasions: readonly (Pick<Occasion, 'kind'> & { conversationId: string })[],
  version: number,
): Promise<Acted> {
  const ids = occasions.filter(({ kind }) => kind === 'continued').map(({ conversationId }) => conversationId)
  const acts = new Set((ids.length > 0 ? await actsIn(tx, [...new Set(ids)], version) : []).flatMap(keysOf))
  return {
    has: (ruleId, postId) => acts.has(keyOf(ruleId, postId)),
    add: (ruleId, postId) => void acts.add(keyOf(ruleId, postId)),
  }
}

const keyOf = (ruleId: string, postId: string): string => `${ruleId} ${postId}`
const keysOf = ({ ruleId, postId, posts }: Act): string[] =>
  [postId, ...(posts ?? [])].map((each) => keyOf(ruleId, each))

interface Act {
  ruleId: string
  postId: string
  posts: string[] | null
}

async function actsIn(tx: WorkspaceTransaction, conversationIds: string[], version: number): Promise<Act[]> {
  return (await actsOf(tx.workspaceId, conversationIds, version).execute(tx.sql)).rows
}

export const actsOf = (workspaceId: string, conversationIds: string[], version: number): RawBuilder<Act> => sql`
    select e.subjects ->> 'ruleId' as "ruleId", e.subjects ->> 'postId' as "postId", e.subjects -> 'posts' as posts
    from unnest(${conversationIds}::text[]) as g(id) cross join lateral (
      select subjects from event where workspace_id = ${workspaceId} and conversation_id = g.id
        and type = 'conversation.routed' and codes ->> 'version' = ${String(version)}
      order by position desc limit ${ACTS_MAX}) e`
