import { createHmac } from 'node:crypto'
import type { HeardAuthor } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'

/** An account is (network, scope, networkId); handle and name change. */
export type AccountIdentity = Pick<HeardAuthor, 'network' | 'scope' | 'networkId'>

export const accountKey = (account: AccountIdentity): string =>
  `${account.network}\n${account.scope}\n${account.networkId}`

/**
 * A suppressed account is known by a hash alone, keyed with a secret of the installation and the workspace, so that a
 * copy of the database tells nobody who asked to be forgotten, and two workspaces cannot be compared.
 */
export function identityHash(secrets: Secrets, workspaceId: string, account: AccountIdentity): string {
  return createHmac('sha256', suppressionKey(secrets, workspaceId)).update(accountKey(account)).digest('base64url')
}

/** Keys (accountKey) of those who must not be collected. */
export const suppressedAmong = async (
  tx: WorkspaceTransaction,
  secrets: Secrets,
  accounts: AccountIdentity[],
): Promise<Set<string>> => new Set((await suppressedSince(tx, secrets, accounts)).keys())

/** The same, each with since when: what they say to us of their own accord afterwards is not what they asked to be forgotten. */
export async function suppressedSince(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  accounts: AccountIdentity[],
): Promise<Map<string, Date>> {
  if (accounts.length === 0) return new Map()
  // Most workspaces have none, and hashing a batch takes longer than asking.
  const some = await tx.sql
    .selectFrom('suppression')
    .select('since')
    .where('workspace_id', '=', tx.workspaceId)
    .limit(1)
    .executeTakeFirst()
  if (!some) return new Map()
  const byHash = new Map(
    accounts.map((account) => [identityHash(secrets, tx.workspaceId, account), accountKey(account)]),
  )
  const rows = await tx.sql
    .selectFrom('suppression')
    .select(['identity_hash', 'since'])
    .where('workspace_id', '=', tx.workspaceId)
    .where(({ eb, fn, val }) => eb('identity_hash', '=', fn.any(val([...byHash.keys()]))))
    .execute()
  return new Map(rows.map((row) => [byHash.get(row.identity_hash) as string, row.since]))
}

/** Whether this one must not be collected. */
export const isForgotten = async (
  tx: WorkspaceTransaction,
  secrets: Secrets,
  account: AccountIdentity,
): Promise<boolean> => (await suppressedAmong(tx, secrets, [account])).size > 0

/** How many; which, nobody can tell. */
export async function suppressedCount(tx: WorkspaceTransaction): Promise<number> {
  const { count } = await tx.sql
    .selectFrom('suppression')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function suppress(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  account: AccountIdentity,
  reason: 'erasure' | 'objection',
): Promise<void> {
  await tx.sql
    .insertInto('suppression')
    .values({
      workspace_id: tx.workspaceId,
      identity_hash: identityHash(secrets, tx.workspaceId, account),
      reason,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The person themself proved that it is theirs, and agreed: it may be known again. Nothing of what was erased comes back. */
export async function comeBack(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  authorId: string,
  account: AccountIdentity,
): Promise<void> {
  const { numDeletedRows } = await tx.sql
    .deleteFrom('suppression')
    .where('workspace_id', '=', tx.workspaceId)
    .where('identity_hash', '=', identityHash(secrets, tx.workspaceId, account))
    .executeTakeFirst()
  if (numDeletedRows > 0n) tx.record({ type: 'identity.returned', subjects: { author: authorId } })
}

const keys = new WeakMap<Secrets, Map<string, string>>()

/** Deriving takes 30 µs, hashing 2: a batch asks for hundreds. */
function suppressionKey(secrets: Secrets, workspaceId: string): string {
  const known = keys.get(secrets) ?? new Map<string, string>()
  keys.set(secrets, known)
  let key = known.get(workspaceId)
  if (key === undefined) {
    key = secrets.derive(`suppression ${workspaceId}`)
    known.set(workspaceId, key)
  }
  return key
}
