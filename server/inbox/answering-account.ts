import { connectorOf } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'

export interface AnsweringAccount {
  sourceId: string
  name: string
  network: string
  charactersMax: number | null
  attachmentsMax: number
}

/** Accounts are few; more of one network are not looked at. */
const ACCOUNTS_MAX = 50

/**
 * Which account of ours answers a post: the one that heard it, the one that spoke in the thread before, else the oldest
 * account on that network that can speak. Null: none can.
 */
export async function answeringAccount(
  services: Services,
  tx: WorkspaceTransaction,
  postId: string,
): Promise<AnsweringAccount | null> {
  const post = await tx.sql
    .selectFrom('post')
    .select(['network', 'scope', 'source_id', 'external_id', 'root_external_id', 'visibility'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  if (!post) return null
  const accounts = await tx.sql
    .selectFrom('source')
    .select(['source_id', 'name', 'network', 'own_author_id', 'state'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .where('own_author_id', 'is not', null)
    .orderBy('created_at')
    .limit(ACCOUNTS_MAX)
    .execute()
  const speaking = accounts.flatMap((account) => {
    const connector = connectorOf(services, account.network)
    const limits = post.visibility === 'private' ? connector?.capabilities.private : connector?.capabilities
    return connector?.capabilities.speaks && limits && account.network === post.network ? [{ account, limits }] : []
  })
  if (speaking.length === 0) return null
  const spoken = await authorsOfThread(tx, post.network, post.scope, post.root_external_id ?? post.external_id)
  const chosen =
    speaking.find(({ account }) => account.source_id === post.source_id) ??
    speaking.find(({ account }) => account.own_author_id !== null && spoken.has(account.own_author_id)) ??
    speaking.find(({ account }) => account.state === 'active') ??
    speaking[0]
  if (!chosen) return null
  return {
    sourceId: chosen.account.source_id,
    name: chosen.account.name,
    network: post.network,
    charactersMax: chosen.limits.textCharactersMax,
    attachmentsMax: chosen.limits.pictures?.countMax ?? 0,
  }
}

async function authorsOfThread(
  tx: WorkspaceTransaction,
  network: string,
  scope: string,
  rootExternalId: string,
): Promise<Set<string>> {
  const rows = await tx.sql
    .selectFrom('post')
    .select('author_id')
    .distinct()
    .where('workspace_id', '=', tx.workspaceId)
    .where('network', '=', network)
    .where('scope', '=', scope)
    .where('root_external_id', '=', rootExternalId)
    .where('direction', '=', 'out')
    .limit(ACCOUNTS_MAX)
    .execute()
  return new Set(rows.map((row) => row.author_id))
}
