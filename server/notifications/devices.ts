import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { readAddress } from '../platform/outbound-address.ts'
import type { Secrets } from '../platform/secrets.ts'
import { memberOf } from './settings.ts'

const DEVICES_MAX = 20

/** What a browser gives away so that we may write to it (Push API, PushSubscription.toJSON). */
export interface PushSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

export interface Device {
  deviceId: string
  name: string
  createdAt: Date
  lastUsedAt: Date | null
  /** Whether it is the one that asks, by the address that its push service gave it. */
  thisOne: boolean
}

/** Served by push_device_member. */
export async function listDevices(tx: WorkspaceTransaction, endpoint: string | undefined): Promise<Device[]> {
  await dropSignedOut(tx, [memberOf(tx)])
  const rows = await tx.sql
    .selectFrom('push_device')
    .select(['device_id', 'name', 'created_at', 'last_used_at', 'endpoint_hash'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', '=', memberOf(tx))
    .orderBy('created_at')
    .limit(DEVICES_MAX)
    .execute()
  const asking = endpoint === undefined ? null : hashOf(endpoint)
  return rows.map((row) => ({
    deviceId: row.device_id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    thisOne: row.endpoint_hash === asking,
  }))
}

/**
 * A browser that was somebody else's is theirs no more: what is for them must not show on it. The same one again keeps its
 * row, with the keys and the sign-in that it has now.
 */
export async function addDevice(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  { subscription, name, sessionId }: { subscription: PushSubscription; name: string; sessionId: string | null },
): Promise<string> {
  const memberId = memberOf(tx)
  if (sessionId === null) throw new Forbidden('people-only')
  requireEndpoint(subscription.endpoint)
  const endpointHash = hashOf(subscription.endpoint)
  await tx.sql
    .deleteFrom('push_device')
    .where('workspace_id', '=', tx.workspaceId)
    .where('endpoint_hash', '=', endpointHash)
    .where('member_id', '<>', memberId)
    .execute()
  const { rows } = await sql<{ device_id: string }>`
    insert into push_device as d (workspace_id, device_id, member_id, session_id, name, endpoint_hash, subscription)
    select ${tx.workspaceId}, ${newId()}, ${memberId}, ${sessionId}, ${name}, ${endpointHash},
      ${secrets.encrypt(JSON.stringify(subscription), contextOf(tx.workspaceId, endpointHash))}
    where (select count(*) from push_device where workspace_id = ${tx.workspaceId} and member_id = ${memberId}
      and endpoint_hash <> ${endpointHash}) < ${DEVICES_MAX}
    on conflict (workspace_id, endpoint_hash) do update set name = excluded.name,
      subscription = excluded.subscription, session_id = excluded.session_id
    returning device_id`.execute(tx.sql)
  const [device] = rows
  if (!device) throw new Conflict('too-many-devices', { devicesMax: DEVICES_MAX })
  return device.device_id
}

/** RFC 8030: push services are reached by https alone. Where an address really leads is checked when it is written to. */
function requireEndpoint(endpoint: string): void {
  const target = readAddress(endpoint)
  if (!target.ok || target.url.protocol !== 'https:') throw new Invalid('push-address')
}

export async function removeDevice(tx: WorkspaceTransaction, deviceId: string): Promise<void> {
  const gone = await tx.sql
    .deleteFrom('push_device')
    .where('workspace_id', '=', tx.workspaceId)
    .where('device_id', '=', deviceId)
    .where('member_id', '=', memberOf(tx))
    .returning('device_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('device-unknown')
}

export interface ReachableDevice {
  deviceId: string
  memberId: string
  subscription: PushSubscription
}

/** Every device of these members that is still signed in. */
export async function devicesOf(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  memberIds: readonly string[],
): Promise<ReachableDevice[]> {
  if (memberIds.length === 0) return []
  await dropSignedOut(tx, memberIds)
  const rows = await tx.sql
    .selectFrom('push_device')
    .select(['device_id', 'member_id', 'endpoint_hash', 'subscription'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', 'in', [...memberIds])
    .execute()
  return rows.map((row) => ({
    deviceId: row.device_id,
    memberId: row.member_id,
    subscription: JSON.parse(secrets.decrypt(row.subscription, contextOf(tx.workspaceId, row.endpoint_hash))),
  }))
}

/**
 * A browser whose sign-in ended, here or from elsewhere, is told nothing more: whoever lost a phone ends its session and expects
 * no less. One that signs in again asks anew.
 */
async function dropSignedOut(tx: WorkspaceTransaction, memberIds: readonly string[]): Promise<void> {
  const devices = await tx.sql
    .selectFrom('push_device')
    .select(['device_id', 'session_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', 'in', [...memberIds])
    .execute()
  if (devices.length === 0) return
  const { rows } = await sql<{ id: string }>`select id from system.auth_session
    where id = any(${devices.map(({ session_id }) => session_id)}::text[]) and "expiresAt" > now()`.execute(tx.sql)
  const standing = new Set(rows.map(({ id }) => id))
  const ended = devices.filter(({ session_id }) => !standing.has(session_id)).map(({ device_id }) => device_id)
  if (ended.length > 0) await dropDevices(tx, ended)
}

/** Its push service says that it is no more: the browser was reset, or its owner took the permission back. */
export async function dropDevices(tx: WorkspaceTransaction, deviceIds: readonly string[]): Promise<void> {
  await sql`delete from push_device where workspace_id = ${tx.workspaceId}
    and device_id = any(${[...deviceIds]}::uuid[])`.execute(tx.sql)
}

export async function markUsed(tx: WorkspaceTransaction, deviceIds: readonly string[]): Promise<void> {
  await sql`update push_device set last_used_at = now() where workspace_id = ${tx.workspaceId}
    and device_id = any(${[...deviceIds]}::uuid[])`.execute(tx.sql)
}

const hashOf = (endpoint: string): string => createHash('sha256').update(endpoint).digest('base64url')
const contextOf = (workspaceId: string, endpointHash: string): string => `push-device:${workspaceId}:${endpointHash}`
