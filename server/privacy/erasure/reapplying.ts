import { sql } from 'kysely'
import { identityHash } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { type ManifestEntry, readManifest } from './manifest.ts'

const AUTHORS_AT_ONCE = 5_000

/**
 * After a restore the database may be older than erasures that were carried out: whatever stands in the manifest and not in
 * the database is ordered again, found by the hashes of its identities. Safe to run at any time. Returns how many.
 */
export async function reapplyErasures(services: Services): Promise<number> {
  const byWorkspace = Map.groupBy(await readManifest(services.config), (entry) => entry.workspaceId)
  const { rows: there } = await sql<{ id: string }>`select id from system.workspace`.execute(services.database.system)
  let count = 0
  for (const { id } of there) {
    const entries = byWorkspace.get(id)
    if (!entries) continue
    const missing = await services.database.inWorkspace(id, SYSTEM, (tx) => missingFrom(tx, entries))
    if (missing.length === 0) continue
    const found = await authorsOf(services, id, new Set(missing.flatMap((entry) => entry.identityHashes)))
    for (const entry of missing)
      await services.database.inWorkspace(id, SYSTEM, (tx) => orderAgain(tx, entry, found, services.clock.now()))
    count += missing.length
  }
  return count
}

/** Erasures that were ordered and are not done, over all workspaces: another process may be at them. */
export async function erasuresUnderWay(services: Services): Promise<number> {
  const { rows: places } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_privacy_work() as w(workspace_id)`.execute(services.database.system)
  let count = 0
  for (const { workspace_id } of places)
    count += await services.database.inWorkspace(workspace_id, SYSTEM, async (tx) => {
      const { rows } = await sql<{ open: string }>`select count(*) as open from erasure
        where workspace_id = ${tx.workspaceId} and state <> 'done'`.execute(tx.sql)
      return Number(rows[0]?.open ?? 0)
    })
  return count
}

async function missingFrom(tx: WorkspaceTransaction, entries: ManifestEntry[]): Promise<ManifestEntry[]> {
  const { rows } = await sql<{
    erasure_id: string
  }>`select erasure_id from erasure where workspace_id = ${tx.workspaceId}
    and erasure_id = any(${entries.map((entry) => entry.erasureId)}::uuid[])`.execute(tx.sql)
  const known = new Set(rows.map((row) => row.erasure_id))
  return entries.filter((entry) => !known.has(entry.erasureId))
}

/** Hashes cannot be looked up: every identity of the workspace is hashed once, however many erasures are missing. */
async function authorsOf(services: Services, workspaceId: string, hashes: Set<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      sql<{ author_id: string; network: string; scope: string; network_id: string }>`
        select author_id, network, scope, network_id from author
        where workspace_id = ${workspaceId} and author_id > ${after} order by author_id limit ${AUTHORS_AT_ONCE}`.execute(
        tx.sql,
      ),
    )
    for (const row of rows) {
      const account = { network: row.network, scope: row.scope, networkId: row.network_id }
      const hash = identityHash(services.secrets, workspaceId, account)
      if (hashes.has(hash)) found.set(hash, row.author_id)
    }
    const last = rows.at(-1)
    if (rows.length < AUTHORS_AT_ONCE || !last) return found
    after = last.author_id
  }
}

/**
 * The persons of then and their identities, whoever holds these in the copy: that one may be somebody else. A copy that knows nobody of them still keeps them away:
 * the hashes go into it as they stand in the manifest.
 */
async function orderAgain(
  tx: WorkspaceTransaction,
  entry: ManifestEntry,
  found: Map<string, string>,
  now: Date,
): Promise<void> {
  const authorIds = entry.identityHashes.flatMap((hash) => found.get(hash) ?? [])
  const { rows } = await sql<{ person_id: string }>`select person_id from person where workspace_id = ${tx.workspaceId}
    and person_id = any(${entry.personIds}::uuid[])`.execute(tx.sql)
  const personIds = rows.map((row) => row.person_id)
  await sql`insert into suppression (workspace_id, identity_hash, reason)
    select ${tx.workspaceId}, hash, 'erasure' from unnest(${entry.identityHashes}::text[]) as g(hash)
    on conflict do nothing`.execute(tx.sql)
  const nobody = personIds.length === 0 && authorIds.length === 0
  await tx.sql
    .insertInto('erasure')
    .values({
      workspace_id: tx.workspaceId,
      erasure_id: entry.erasureId,
      person_id: personIds[0] ?? null,
      request_id: null,
      via: 'manifest',
      state: nobody ? 'done' : 'waiting',
      author_ids: authorIds,
      person_ids: personIds,
      // It stands in the manifest already.
      steps_done: ['manifest'],
      requested_at: now,
      requested_by_kind: SYSTEM.kind,
      requested_by: null,
      finished_at: nobody ? now : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  tx.record({ type: 'erasure.asked', subjects: { erasure: entry.erasureId }, codes: { via: 'manifest' } })
}
