import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Permission } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Forbidden, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { hashToken, KEY_PREFIX } from './tokens.ts'

const KEY_BYTES = 32
const PREFIX_CHARACTERS = 9
const KEYS_MAX = 500

export async function listKeys(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('api_key')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(KEYS_MAX)
    .execute()
  return rows.map((row) => ({
    apiKeyId: row.api_key_id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Permission[],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }))
}

/** The secret leaves here once and is kept as a hash. Nobody gives a key more than they have themselves. */
export async function createKey(
  tx: WorkspaceTransaction,
  by: { memberId: string | null; permissions: ReadonlySet<Permission> },
  input: { name: string; scopes: Permission[]; expiresAt?: Date | undefined },
): Promise<{ apiKeyId: string; secret: string }> {
  const missing = input.scopes.find((scope) => !by.permissions.has(scope))
  if (missing) throw new Forbidden('permission-missing', { permission: missing })
  if (!by.memberId) throw new Forbidden('people-only')
  const apiKeyId = newId()
  const secret = KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url')
  await tx.sql
    .insertInto('api_key')
    .values({
      workspace_id: tx.workspaceId,
      api_key_id: apiKeyId,
      name: input.name,
      prefix: secret.slice(0, PREFIX_CHARACTERS),
      key_hash: hashToken(secret),
      scopes: [...new Set(input.scopes)],
      created_by: by.memberId,
      expires_at: input.expiresAt ?? null,
    })
    .execute()
  tx.record({ type: 'key.created', subjects: { apiKeyId }, codes: { scopes: input.scopes.join(',') } })
  return { apiKeyId, secret }
}

export async function revokeKey(tx: WorkspaceTransaction, apiKeyId: string): Promise<void> {
  const row = await tx.sql
    .updateTable('api_key')
    .set({ revoked_at: sql<Date>`now()` })
    .where('workspace_id', '=', tx.workspaceId)
    .where('api_key_id', '=', apiKeyId)
    .where('revoked_at', 'is', null)
    .returning('api_key_id')
    .executeTakeFirst()
  if (!row) throw new NotFound('key-unknown')
  tx.record({ type: 'key.revoked', subjects: { apiKeyId } })
}
