import { sql } from 'kysely'
import { createSandbox, listWorkspaceIds } from '../../accounts/index.ts'
import {
  type CopiedTable,
  forgetWorkspace,
  readConfiguration,
  writeConfiguration,
} from '../../platform/configuration.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { removeFilesOf } from '../../publishing/index.ts'

/** What the modules say about themselves, told by server/modules.ts. */
export interface House {
  /** Tables that say how a workspace is set up, those that are pointed at first. */
  configuration(): readonly string[]
}

/**
 * A workspace of its own, set up as the one it copies, without its posts, people, accounts, keys and webhooks. Everybody
 * is in it, so that rules and rosters still mean somebody, but only those who take part can enter.
 */
export async function makeSandbox(
  services: Services,
  house: House,
  { home, sandboxId, memberIds }: { home: string; sandboxId: string; memberIds: readonly string[] },
): Promise<void> {
  const copied = await services.database.inWorkspace(home, SYSTEM, (tx) => readConfiguration(tx, house.configuration()))
  await createSandbox(services, home, sandboxId, async (tx) => {
    await writeConfiguration(
      tx,
      copied.map((one) => onlyTakingPart(one, new Set(memberIds))),
    )
  })
}

const onlyTakingPart = ({ table, rows }: CopiedTable, memberIds: ReadonlySet<string>): CopiedTable =>
  table === 'member'
    ? {
        table,
        rows: rows.map((row) => ({ ...row, state: memberIds.has(String(row.member_id)) ? row.state : 'disabled' })),
      }
    : { table, rows }

/** The sandbox goes without trace; the drill and its score card stay. Safe to run again after a crash. */
export async function removeSandbox(services: Services, home: string, drillId: string): Promise<void> {
  const drill = await services.database.inWorkspace(home, SYSTEM, (tx) =>
    tx.sql
      .selectFrom('drill')
      .select('sandbox_id')
      .where('workspace_id', '=', home)
      .where('drill_id', '=', drillId)
      .executeTakeFirst(),
  )
  if (drill?.sandbox_id && (await listWorkspaceIds(services)).includes(drill.sandbox_id))
    await services.database.inWorkspace(drill.sandbox_id, SYSTEM, forgetWorkspace)
  if (drill?.sandbox_id) await removeFilesOf(services, drill.sandbox_id)
  await services.database.inWorkspace(home, SYSTEM, async (tx) => {
    await sql`delete from drill_post where workspace_id = ${home} and drill_id = ${drillId}`.execute(tx.sql)
    const { rows } = await sql`
      update drill set sandbox_id = null, kept_until = null
      where workspace_id = ${home} and drill_id = ${drillId} and sandbox_id is not null returning 1`.execute(tx.sql)
    if (rows.length > 0) tx.record({ type: 'drill.sandbox-removed', subjects: { drillId } })
  })
}

/** The job of every day: sandboxes whose time is over. */
export async function removeExpiredSandboxes(services: Services): Promise<void> {
  for (const home of await listWorkspaceIds(services)) {
    const due = await services.database.inWorkspace(home, SYSTEM, (tx) =>
      tx.sql
        .selectFrom('drill')
        .select('drill_id')
        .where('workspace_id', '=', home)
        .where('kept_until', '<=', services.clock.now())
        .execute(),
    )
    for (const { drill_id } of due) await removeSandbox(services, home, drill_id)
  }
}
