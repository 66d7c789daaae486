import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { keysOf } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { IDENTITY_SCHEMA } from './fields.ts'
import type { Identity } from './identities.ts'

/** A key that more identities share tells nobody apart; it is passed over whole. */
export const BLOCK_MAX = 60
/** Identities that are compared with a new one: those that share the most telling keys. */
export const CANDIDATES_MAX = 40

/**
 * Keys as they are stored: 64 bits of a hash keyed with a secret of the installation and the workspace. A copy of the table
 * tells no names, and two workspaces cannot be compared.
 */
export function storedKeys(secrets: Secrets, workspaceId: string, record: Identity['ownRecord']): string[] {
  const secret = secretOf(secrets, workspaceId)
  return keysOf(IDENTITY_SCHEMA, record).map((key) =>
    createHmac('sha256', secret).update(key).digest().readBigInt64BE(0).toString(),
  )
}

/** The same secret for what has to be recognised and not read: what spoke for a pair. */
export const hashOf = (secrets: Secrets, workspaceId: string, text: string): string =>
  createHmac('sha256', secretOf(secrets, workspaceId)).update(text).digest('base64url').slice(0, 12)

const secretsOfWorkspaces = new WeakMap<Secrets, Map<string, string>>()
function secretOf(secrets: Secrets, workspaceId: string): string {
  const known = secretsOfWorkspaces.get(secrets) ?? new Map<string, string>()
  secretsOfWorkspaces.set(secrets, known)
  const secret = known.get(workspaceId) ?? secrets.derive(`identity-keys ${workspaceId}`)
  known.set(workspaceId, secret)
  return secret
}

/** Identities without keys are found by nobody: whoever is absent from `keys` loses theirs. */
export async function writeKeys(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  keys: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  const pairs = authorIds.flatMap((authorId) => (keys.get(authorId) ?? []).map((key) => [key, authorId] as const))
  const [given, of] = [pairs.map(([key]) => key), pairs.map(([, authorId]) => authorId)]
  await sql`
    delete from identity_key k where k.workspace_id = ${tx.workspaceId} and k.author_id = any(${[...authorIds]}::uuid[])
      and not exists (select from unnest(${given}::bigint[], ${of}::uuid[]) as g(key, author_id)
        where g.key = k.key and g.author_id = k.author_id)`.execute(tx.sql)
  if (pairs.length === 0) return
  await sql`
    insert into identity_key (workspace_id, key, author_id)
    select distinct ${tx.workspaceId}::uuid, g.key, g.author_id
    from unnest(${given}::bigint[], ${of}::uuid[]) as g(key, author_id)
      join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id
    order by 2, 3 on conflict do nothing`.execute(tx.sql)
}

/** Who shares keys with an identity: the most, and the rarest, first. Index-only walks of identity_key's primary key. */
export const candidatesQuery = (workspaceId: string, authorId: string, keys: readonly string[]) => sql<{
  author_id: string
}>`
  with block as materialized (
    select k.key, x.author_id, count(*) over (partition by k.key) as size
    from unnest(${[...keys]}::bigint[]) as k(key)
      cross join lateral (
        select i.author_id from identity_key i where i.workspace_id = ${workspaceId} and i.key = k.key
        order by i.author_id limit ${BLOCK_MAX + 1}) x)
  select author_id from block where size <= ${BLOCK_MAX} and author_id <> ${authorId}
  group by author_id order by sum(1.0 / size) desc, author_id limit ${CANDIDATES_MAX}`

export async function candidatesOf(
  tx: WorkspaceTransaction,
  authorId: string,
  keys: readonly string[],
): Promise<string[]> {
  if (keys.length === 0) return []
  const { rows } = await candidatesQuery(tx.workspaceId, authorId, keys).execute(tx.sql)
  return rows.map(({ author_id }) => author_id)
}
