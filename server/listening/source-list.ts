import type { z } from 'zod'
import type { sources as contract } from '../../contract/listening-sources.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import { connectorOf } from './networks.ts'
import { readSource, type SourceRow } from './source-rows.ts'

const SOURCES_MAX = 500

type ListedSource = z.infer<(typeof contract.get)['~orpc']['outputSchema'] & z.ZodType>

export async function listSources(tx: WorkspaceTransaction, services: Services): Promise<ListedSource[]> {
  const rows = await tx.sql
    .selectFrom('source')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .limit(SOURCES_MAX)
    .execute()
  return rows.map((row) => toSource(services, row))
}

export const getSource = async (
  tx: WorkspaceTransaction,
  services: Services,
  sourceId: string,
): Promise<ListedSource> => toSource(services, await readSource(tx, sourceId))

function toSource(services: Services, row: SourceRow): ListedSource {
  const capabilities = connectorOf(services, row.network)?.capabilities
  const now = services.clock.now().getTime()
  return {
    sourceId: row.source_id,
    network: row.network,
    name: row.name,
    settings: row.settings as Record<string, unknown>,
    hasCredentials: row.credentials !== null,
    hears: capabilities?.hears ?? 'none',
    speaks: capabilities?.speaks ?? false,
    keeps: row.keeps,
    ownAuthorId: row.own_author_id,
    state: row.state,
    dueAt: row.due_at,
    lastSuccessAt: row.last_success_at,
    lastHeardAt: row.last_heard_at,
    lagSeconds: row.last_success_at && Math.max(0, Math.round((now - row.last_success_at.getTime()) / 1_000)),
    silentSince: row.silent_since,
    failure: row.last_failure_at && {
      name: row.last_failure ?? '',
      until: row.failure_until,
      detail: row.last_failure_detail ?? '',
      at: row.last_failure_at,
    },
    failures: row.failures,
    heardCount: row.heard_count,
    keptCount: row.kept_count,
    createdAt: row.created_at,
  }
}

/** Streams of the installation, for the health page. */
export async function listStreams(services: Services) {
  const rows = await services.database.system.selectFrom('system.stream').selectAll().orderBy('name').execute()
  const now = services.clock.now().getTime()
  return rows.map((row) => ({
    name: row.name,
    connectedAt: row.lease_until && row.lease_until.getTime() > now ? row.connected_at : null,
    lastItemAt: row.last_item_at,
    lagSeconds: row.last_item_at && Math.max(0, Math.round((now - row.last_item_at.getTime()) / 1_000)),
    heardCount: row.heard_count,
    keptCount: row.kept_count,
    failure: row.last_failure_at && { name: row.last_failure ?? '', at: row.last_failure_at },
  }))
}
