import { sql } from 'kysely'
import type { HeardAuthor } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { rememberAuthors } from './authors.ts'
import type { AccountIdentity } from './suppression.ts'

/** Accounts of a network whose profile was never read, or changed since. Served by author_profile_due. */
export async function profilesToRead(
  tx: WorkspaceTransaction,
  network: string,
  limit: number,
): Promise<AccountIdentity[]> {
  const rows = await tx.sql
    .selectFrom('author')
    .select(['network', 'scope', 'network_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('network', '=', network)
    .where('profile_read_at', 'is', null)
    .where('stable', '=', true)
    .where('state', '=', 'active')
    .orderBy('author_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ network: row.network, scope: row.scope, networkId: row.network_id }))
}

/**
 * Keeps what was read. An account that the network does not know any more is marked as read too, so that nobody asks for
 * it again and again; that it is gone is said by the network as a fact of its own.
 */
export async function noteProfiles(
  tx: WorkspaceTransaction,
  read: readonly { account: AccountIdentity; profile: HeardAuthor | null }[],
  at: Date,
): Promise<void> {
  const profiles = read.flatMap(({ profile }) => (profile ? [profile] : []))
  const { byKey } = await rememberAuthors(tx, profiles, at, { onlyKnown: true })
  await markProfiles(
    tx,
    read.map(({ account }) => account),
    at,
  )
  const authors = [...byKey.values()].map(({ authorId }) => authorId)
  if (profiles.length > 0)
    tx.record({ type: 'authors.profiled', subjects: { authors }, codes: { count: profiles.length } })
}

/** The network said that these accounts changed without saying how. */
export const staleProfiles = (tx: WorkspaceTransaction, accounts: readonly AccountIdentity[]): Promise<void> =>
  markProfiles(tx, accounts, null)

async function markProfiles(
  tx: WorkspaceTransaction,
  accounts: readonly AccountIdentity[],
  at: Date | null,
): Promise<void> {
  if (accounts.length === 0) return
  await sql`
    update author a set profile_read_at = ${at}
    from unnest(${accounts.map(({ network }) => network)}::text[], ${accounts.map(({ scope }) => scope)}::text[],
      ${accounts.map(({ networkId }) => networkId)}::text[]) as g(network, scope, network_id)
    where a.workspace_id = ${tx.workspaceId} and a.network = g.network and a.scope = g.scope
      and a.network_id = g.network_id`.execute(tx.sql)
}
