import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { DataRegister } from '../platform/personal-data.ts'
import type { Services } from '../platform/services.ts'
import { makeNextArchive } from './access/archives.ts'
import { reapplyErasures } from './erasure/reapplying.ts'
import { eraseNext } from './erasure/running.ts'

const POLL_MS = 1_000
const OUTAGE_PAUSE_MS = 5_000

/**
 * Copies and erasures that were ordered, one after the other, until the signal aborts. Begins with what the manifest knows
 * and the database does not: it may have been put back from a backup.
 */
export async function runPrivacyWork(services: Services, register: DataRegister, signal: AbortSignal): Promise<void> {
  let behind = true
  while (!signal.aborted) {
    try {
      if (behind) {
        const again = await reapplyErasures(services)
        if (again > 0)
          services.log.warn(
            { erasures: again },
            'the database is older than these erasures: they are carried out again',
          )
        behind = false
      }
      await workOnce(services, register, signal)
    } catch (error) {
      services.log.error({ err: error }, 'work for data protection failed')
      await delay(OUTAGE_PAUSE_MS, undefined, { signal }).catch(() => {})
    }
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** One round over everything that waits; for tests and commands too. */
export async function workOnce(services: Services, register: DataRegister, signal?: AbortSignal): Promise<void> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_privacy_work() as w(workspace_id)`.execute(services.database.system)
  for (const { workspace_id } of rows) {
    while (!signal?.aborted && (await eraseNext(services, register, workspace_id, signal)));
    while (!signal?.aborted && (await makeNextArchive(services, register, workspace_id, signal)));
  }
}
