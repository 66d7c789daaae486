import { sql } from 'kysely'
import type { z } from 'zod'
import type { webhooks as contract } from '../../contract/systems.ts'
import { WEBHOOKS_MAX } from '../../contract/webhook-events.ts'
import { textArray } from '../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { isWebhookAddress, newWebhookSecret, postWebhook } from '../platform/webhook.ts'
import { testMessageOf } from './message.ts'

type Webhook = z.output<NonNullable<(typeof contract.list)['~orpc']['outputSchema']>>['items'][number]
type NewWebhook = z.output<(typeof contract.create)['~orpc']['inputSchema'] & z.ZodType>
type WebhookChange = z.output<(typeof contract.change)['~orpc']['inputSchema'] & z.ZodType>

const DELIVERIES_SHOWN = 20
const WAITING_COUNTED_MAX = 1_000

export const secretContext = (workspaceId: string, webhookId: string): string => `webhook:${workspaceId}:${webhookId}`

/** Messages that wait are counted by event_type. */
export async function listWebhooks(tx: WorkspaceTransaction): Promise<Webhook[]> {
  const { rows } = await sql<Omit<Webhook, 'deliveries'>>`
    select w.webhook_id as "webhookId", w.name, w.url, w.types, w.state, w.failing_since as "failingSince",
      w.created_at as "createdAt", (select count(*)::int from (select from event e where e.workspace_id = w.workspace_id
        and e.type = any(w.types) and e.position > w.position limit ${WAITING_COUNTED_MAX}) e) as waiting
    from webhook w where w.workspace_id = ${tx.workspaceId} order by w.created_at, w.webhook_id`.execute(tx.sql)
  const deliveries = await sql<Webhook['deliveries'][number] & { webhookId: string }>`
    select w.webhook_id as "webhookId", d.event_id as "eventId", d.type, d.state, d.attempts, d.status, d.failure, d.last_at as at
    from webhook w cross join lateral (select * from webhook_delivery d where d.workspace_id = w.workspace_id
        and d.webhook_id = w.webhook_id order by d.last_at desc limit ${DELIVERIES_SHOWN}) d
    where w.workspace_id = ${tx.workspaceId} order by d.last_at desc`.execute(tx.sql)
  const of = Map.groupBy(deliveries.rows, ({ webhookId }) => webhookId)
  return rows.map((row) => ({ ...row, deliveries: of.get(row.webhookId) ?? [] }))
}

/** By id: what a rule may tell, and whether what it names is still there. */
export async function webhookNames(tx: WorkspaceTransaction): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.sql
    .selectFrom('webhook')
    .select(['webhook_id', 'name'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .execute()
  return new Map(rows.map((row) => [row.webhook_id, row.name]))
}

export async function createWebhook(
  tx: WorkspaceTransaction,
  services: Services,
  { name, url, types }: NewWebhook,
): Promise<{ webhookId: string; secret: string }> {
  requireAddress(url)
  // One who makes them at a time: the bound holds.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${tx.workspaceId}`}, 0))`.execute(tx.sql)
  const { rows } = await sql<{ webhooks: number }>`
    select count(*)::int as webhooks from webhook where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  if ((rows[0]?.webhooks ?? 0) >= WEBHOOKS_MAX) throw new Conflict('too-many-webhooks', { max: WEBHOOKS_MAX })
  const webhookId = newId()
  const secret = newWebhookSecret()
  await sql`
    insert into webhook (workspace_id, webhook_id, name, url, secret, types, state, position, due_at, created_at)
    values (${tx.workspaceId}, ${webhookId}, ${name}, ${url}, ${encrypted(tx, services, webhookId, secret)},
      ${textArray([...new Set(types)])}::text[], 'on', ${newestPosition(tx)}, now(), ${services.clock.now()})`.execute(
    tx.sql,
  )
  tx.record({ type: 'webhook.created', subjects: { webhook: webhookId }, codes: { types: types.length } })
  return { webhookId, secret }
}

/** Returns the new secret that a new address has: whoever holds the old one must not be able to sign for it. */
export async function changeWebhook(
  tx: WorkspaceTransaction,
  services: Services,
  { webhookId, name, url, types, on, skipWaiting }: WebhookChange,
): Promise<string | null> {
  const row = await lockWebhook(tx, webhookId)
  if (url !== undefined) requireAddress(url)
  const secret = url !== undefined && url !== row.url ? newWebhookSecret() : null
  const state = on === undefined ? row.state : on ? 'on' : 'off'
  await sql`
    update webhook set name = ${name ?? row.name}, url = ${url ?? row.url},
      types = ${textArray([...new Set(types ?? row.types)])}::text[], state = ${state},
      secret = ${secret ? encrypted(tx, services, webhookId, secret) : row.secret}
      ${on !== undefined || secret ? sql`, ${anew(state === 'on')}` : sql``}
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}`.execute(tx.sql)
  if (on && skipWaiting) await skipToNow(tx, webhookId)
  tx.record({
    type: 'webhook.changed',
    subjects: { webhook: webhookId },
    codes: { state, address: secret !== null, skipped: on === true && skipWaiting === true },
  })
  return secret
}

/** A try that is under way counts no more: what it says was asked of another address, or of one that was switched off. */
const anew = (on: boolean) =>
  sql`due_at = ${on ? sql`now()` : sql`null`}, attempts = 0, failing_since = null, lease_id = null`

async function skipToNow(tx: WorkspaceTransaction, webhookId: string): Promise<void> {
  await sql`update webhook_delivery set state = 'skipped'
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId} and state = 'waiting'`.execute(tx.sql)
  await sql`update webhook set position = ${newestPosition(tx)}
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}`.execute(tx.sql)
}

export async function renewSecret(tx: WorkspaceTransaction, services: Services, webhookId: string): Promise<string> {
  await lockWebhook(tx, webhookId)
  const secret = newWebhookSecret()
  await sql`update webhook set secret = ${encrypted(tx, services, webhookId, secret)}
    where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}`.execute(tx.sql)
  tx.record({ type: 'webhook.changed', subjects: { webhook: webhookId }, codes: { secret: 'renewed' } })
  return secret
}

export async function removeWebhook(tx: WorkspaceTransaction, webhookId: string): Promise<void> {
  await lockWebhook(tx, webhookId)
  await sql`delete from webhook where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}`.execute(tx.sql)
  tx.record({ type: 'webhook.removed', subjects: { webhook: webhookId } })
}

export async function testWebhook(
  inWorkspace: <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>,
  services: Services,
  webhookId: string,
): Promise<{ ok: boolean; status: number | null; failure: string | null }> {
  const { url, secret, workspaceId } = await inWorkspace(async (tx) => {
    const row = await lockWebhook(tx, webhookId)
    const { workspaceId: of } = tx
    return { url: row.url, secret: services.secrets.decrypt(row.secret, secretContext(of, webhookId)), workspaceId: of }
  })
  const messageId = newId()
  const body = testMessageOf(workspaceId, messageId, services)
  const outcome = await postWebhook(services, { url, secret, messageId, body })
  return { ok: outcome.ok, status: outcome.status, failure: outcome.ok ? null : outcome.failure }
}

export async function lockWebhook(tx: WorkspaceTransaction, webhookId: string) {
  const row = await tx.sql
    .selectFrom('webhook')
    .select(['name', 'url', 'types', 'state', 'secret'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('webhook_id', '=', webhookId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('webhook-unknown')
  return row
}

const newestPosition = (tx: WorkspaceTransaction) =>
  sql`coalesce((select position from event_counter where workspace_id = ${tx.workspaceId}), 0)`

const encrypted = (tx: WorkspaceTransaction, { secrets }: Services, webhookId: string, secret: string) =>
  secrets.encrypt(secret, secretContext(tx.workspaceId, webhookId))

function requireAddress(url: string): void {
  if (!isWebhookAddress(url)) throw new Invalid('webhook-address-unusable')
}
