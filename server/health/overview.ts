import { sql } from 'kysely'
import packageJson from '../../package.json' with { type: 'json' }
import type { WorkspaceTransaction } from '../platform/database.ts'
import { countJobs, removeFailedJobs } from '../platform/jobs.ts'
import type { Services } from '../platform/services.ts'

const SOURCES_MAX = 500
const PENDING_COUNTED_MAX = 1000
const QUARANTINE_COUNTED_MAX = 1000
const QUARANTINE_DAYS = 7
const FAILED_JOBS_DAYS = 14
const startedAt = new Date(Date.now() - process.uptime() * 1000)

/** Everything that a person needs to see what is late or broken, in one answer. Reads tables of all modules above. */
export async function readHealth(tx: WorkspaceTransaction, services: Services) {
  const database = await sql<{
    version: string
    bytes: string
  }>`select current_setting('server_version') as version, pg_database_size(current_database())::text as bytes`.execute(
    tx.sql,
  )
  return {
    at: services.clock.now(),
    sources: await readSources(tx),
    streams: await readStreams(tx),
    subscribers: await readSubscribers(tx),
    deliveries: await countDeliveries(tx),
    webhooks: await readWebhooks(tx),
    jobs: await countJobs(tx.sql),
    quarantined: await countQuarantined(tx),
    database: database.rows[0] ?? { version: '', bytes: '0' },
    process: { version: packageJson.version, startedAt, memoryBytes: process.memoryUsage.rss() },
  }
}

async function readSources(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('source')
    .select([
      'source_id',
      'name',
      'network',
      'state',
      'last_success_at',
      'last_heard_at',
      'due_at',
      'failures',
      'last_failure',
      'last_failure_detail',
      'last_failure_at',
      'silent_since',
      'heard_count',
      'kept_count',
    ])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .limit(SOURCES_MAX)
    .execute()
  return rows.map((row) => ({
    sourceId: row.source_id,
    name: row.name,
    network: row.network,
    state: row.state,
    lastSuccessAt: row.last_success_at,
    lastHeardAt: row.last_heard_at,
    dueAt: row.due_at,
    failures: row.failures,
    lastFailure: row.last_failure,
    lastFailureDetail: row.last_failure_detail,
    lastFailureAt: row.last_failure_at,
    silentSince: row.silent_since,
    heardCount: row.heard_count,
    keptCount: row.kept_count,
  }))
}

async function readStreams(tx: WorkspaceTransaction) {
  const rows = await tx.sql.selectFrom('system.stream').selectAll().orderBy('name').execute()
  return rows.map((row) => ({
    name: row.name,
    connectedAt: row.connected_at,
    lastItemAt: row.last_item_at,
    heardCount: row.heard_count,
    keptCount: row.kept_count,
    lastFailure: row.last_failure,
    lastFailureAt: row.last_failure_at,
  }))
}

async function readSubscribers(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('subscription')
    .leftJoin('event_counter', 'event_counter.workspace_id', 'subscription.workspace_id')
    .select([
      'subscription.subscriber as name',
      'subscription.attempts',
      'subscription.retry_at as retryAt',
      'subscription.last_error as lastError',
      sql<number>`least(coalesce(event_counter.position, 0) - subscription.position, ${PENDING_COUNTED_MAX})::int`.as(
        'pending',
      ),
    ])
    .where('subscription.workspace_id', '=', tx.workspaceId)
    .orderBy('subscription.subscriber')
    .execute()
  return rows
}

async function countDeliveries(tx: WorkspaceTransaction) {
  return tx.sql
    .selectFrom('delivery')
    .select(['state', sql<number>`count(*)::int`.as('count'), sql<Date | null>`min(created_at)`.as('oldestAt')])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', 'in', ['queued', 'sending', 'unknown', 'refused'])
    .groupBy('state')
    .orderBy('state')
    .execute()
}

/** A workspace has a few. Served by webhook_delivery_newest. */
async function readWebhooks(tx: WorkspaceTransaction) {
  const { rows } = await sql<{
    webhookId: string
    name: string
    state: string
    failingSince: Date | null
    lastFailure: string | null
    lastTriedAt: Date | null
  }>`
    select w.webhook_id as "webhookId", w.name, w.state, w.failing_since as "failingSince",
      case when d.status is null then d.failure when d.failure is not null then 'HTTP ' || d.status end as "lastFailure",
      d.last_at as "lastTriedAt"
    from webhook w left join lateral (
      select status, failure, last_at from webhook_delivery d
      where d.workspace_id = w.workspace_id and d.webhook_id = w.webhook_id order by d.last_at desc limit 1) d on true
    where w.workspace_id = ${tx.workspaceId} order by w.name, w.webhook_id`.execute(tx.sql)
  return rows
}

async function countQuarantined(tx: WorkspaceTransaction): Promise<number> {
  const recent = tx.sql
    .selectFrom('quarantine')
    .select('quarantine_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('received_at', '>', sql<Date>`now() - make_interval(days => ${QUARANTINE_DAYS})`)
    .limit(QUARANTINE_COUNTED_MAX)
  const row = await tx.sql
    .selectFrom(recent.as('recent'))
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Failed jobs are shown for a while, then forgotten. */
export async function forgetFailedJobs({ database, clock }: Services): Promise<void> {
  const before = new Date(clock.now().getTime() - FAILED_JOBS_DAYS * 86_400_000)
  while ((await removeFailedJobs(database.system, before)) > 0);
}
