import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { AuthorState } from './authors.ts'
import type { AccountIdentity } from './suppression.ts'

export interface AccountStateChange extends AccountIdentity {
  state: AuthorState
  at: Date
}

/**
 * Writes what a network says of accounts that the workspace knows: gone, deactivated, back. Older news than what is known
 * change nothing, so that disorder does no harm. What an account showed of itself goes with it; its handle and name stay
 * while there is a reason to keep them. Returns the ids of the authors whose state changed.
 */
export async function changeAccountStates(
  tx: WorkspaceTransaction,
  changes: AccountStateChange[],
): Promise<{ authorId: string; state: AuthorState }[]> {
  if (changes.length === 0) return []
  const { rows } = await sql<{ author_id: string; state: AuthorState }>`
    with given as (
      select distinct on (network, scope, network_id) * from unnest(${changes.map((c) => c.network)}::text[],
        ${changes.map((c) => c.scope)}::text[], ${changes.map((c) => c.networkId)}::text[],
        ${changes.map((c) => c.state)}::text[], ${changes.map((c) => c.at)}::timestamptz[])
      as g(network, scope, network_id, state, at) order by network, scope, network_id, at desc)
    update author a set state = g.state, state_since = g.at, bio = case when g.state = 'active' then a.bio end,
      avatar_url = case when g.state = 'active' then a.avatar_url end, url = case when g.state = 'active' then a.url end
    from given g
    where a.workspace_id = ${tx.workspaceId} and a.network = g.network and a.scope = g.scope
      and a.network_id = g.network_id and a.state <> g.state and (a.state_since is null or a.state_since < g.at)
    returning a.author_id, a.state`.execute(tx.sql)
  const changed = rows.map((row) => ({ authorId: row.author_id, state: row.state }))
  for (const { authorId, state } of changed)
    tx.record({
      type: state === 'active' ? 'author.back' : 'author.gone',
      subjects: { author: authorId },
      codes: { state },
    })
  return changed
}

/** Marks an account as ours: what it says is outbound. */
export async function ownAccount(tx: WorkspaceTransaction, authorId: string): Promise<void> {
  await tx.sql
    .updateTable('author')
    .set({ own: true })
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .execute()
}

/** Accounts of ours, few. Served by author_own. */
export async function ownAccounts(tx: WorkspaceTransaction): Promise<(AccountIdentity & { authorId: string })[]> {
  const rows = await tx.sql
    .selectFrom('author')
    .select(['author_id', 'network', 'scope', 'network_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('own', '=', true)
    .limit(OWN_ACCOUNTS_MAX)
    .execute()
  return rows.map((row) => ({
    authorId: row.author_id,
    network: row.network,
    scope: row.scope,
    networkId: row.network_id,
  }))
}
const OWN_ACCOUNTS_MAX = 1_000
