import { sql } from 'kysely'
import type { ModeratingAction, NotBegun } from '../../../contract/moderation-words.ts'
import { connectorOf } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'

/** Accounts are few; more are not looked at. */
const ACCOUNTS_MAX = 200
/** About whoever wrote a post, not about the post. */
export const ABOUT_AUTHORS: readonly ModeratingAction[] = ['block', 'mute']

/** What networks know of public posts alone. */
const OF_PUBLIC_POSTS: readonly ModeratingAction[] = ['like', 'hide', 'delete']

/** A post, with what decides what can be done with it. */
export interface Target {
  postId: string
  network: string
  sourceId: string | null
  authorId: string
  /** Who began the thread; null: it is not stored. */
  rootAuthorId: string | null
  direction: 'in' | 'out'
  visibility: 'public' | 'private'
  deleted: boolean
  conversationId: string | null
}

export interface OwnAccount {
  sourceId: string
  network: string
  authorId: string
  name: string
}

/** Served by post's keys and conversation_post_post. */
export async function loadTargets(tx: WorkspaceTransaction, postIds: string[]): Promise<Map<string, Target>> {
  const { rows } = await sql<Target>`
    select p.post_id as "postId", p.network, p.source_id as "sourceId", p.author_id as "authorId", p.direction, p.visibility,
      p.deleted_at is not null as deleted,
      case when p.root_external_id is null then p.author_id else (select r.author_id from post r
        where r.workspace_id = p.workspace_id and r.network = p.network and r.scope = p.scope
          and r.external_id = p.root_external_id) end as "rootAuthorId",
      (select cp.conversation_id from conversation_post cp where cp.workspace_id = p.workspace_id
        and cp.post_id = p.post_id order by cp.conversation_id limit 1) as "conversationId"
    from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${postIds}::uuid[])`.execute(tx.sql)
  return new Map(rows.map((row) => [row.postId, row]))
}

/**
 * The newest standing post of the customer in each conversation; where something was said in public, of that: what a batch is
 * after is what everybody reads, not the letter that came since. Served by the primary keys.
 */
export async function newestOf(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ conversationId: string; postId: string }>`
    select distinct on (cp.conversation_id) cp.conversation_id as "conversationId", cp.post_id as "postId"
    from conversation_post cp join conversation c on c.workspace_id = cp.workspace_id
      and c.conversation_id = cp.conversation_id
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = any(${conversationIds}::uuid[])
      and cp.direction = 'in' and not cp.deleted
    order by cp.conversation_id, p.visibility = 'public' desc, cp.published_at desc, cp.post_id desc`.execute(tx.sql)
  return new Map(rows.map((row) => [row.conversationId, row.postId]))
}

export async function ownAccounts(tx: WorkspaceTransaction): Promise<OwnAccount[]> {
  const rows = await tx.sql
    .selectFrom('source')
    .select(['source_id', 'network', 'own_author_id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('own_author_id', 'is not', null)
    .orderBy('created_at')
    .limit(ACCOUNTS_MAX)
    .execute()
  return rows.map((row) => ({
    sourceId: row.source_id,
    network: row.network,
    authorId: row.own_author_id ?? '',
    name: row.name,
  }))
}

/** Which account of ours does it, or why none can. */
export function accountFor(
  services: Services,
  target: Target,
  action: ModeratingAction,
  accounts: readonly OwnAccount[],
  mayAct: (sourceId: string) => boolean,
): OwnAccount | NotBegun {
  const ours = accounts.some(({ authorId }) => authorId === target.authorId)
  if (target.deleted && !ABOUT_AUTHORS.includes(action)) return 'post-deleted'
  if (action === 'delete' && !ours) return 'not-ours'
  if (action !== 'delete' && ours) return 'ours'
  if (target.visibility === 'private' && OF_PUBLIC_POSTS.includes(action)) return 'private-post'
  const there = accounts.filter(({ network }) => network === target.network)
  if (there.length === 0) return 'no-account'
  const able = there.filter(({ network }) => isAble(services, network, action))
  if (able.length === 0) return 'not-possible-there'
  const account = chosen(able, target, action)
  if (!account) return action === 'hide' ? 'not-in-our-thread' : 'no-account'
  return mayAct(account.sourceId) ? account : 'not-at-this-source'
}

function isAble(services: Services, network: string, action: ModeratingAction): boolean {
  const connector = connectorOf(services, network)
  if (action === 'delete') return connector?.remove !== undefined
  return connector?.capabilities.moderates?.includes(action) ?? false
}

function chosen(able: OwnAccount[], target: Target, action: ModeratingAction): OwnAccount | undefined {
  if (action === 'delete') return able.find(({ authorId }) => authorId === target.authorId)
  if (action === 'hide') return able.find(({ authorId }) => authorId === target.rootAuthorId)
  return (
    able.find(({ authorId }) => authorId === target.rootAuthorId) ??
    able.find(({ sourceId }) => sourceId === target.sourceId) ??
    able[0]
  )
}
