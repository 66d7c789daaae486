import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../database.ts'

type InWorkspace = (work: (tx: WorkspaceTransaction) => Promise<void>) => Promise<void>

/**
 * Somebody else takes an advisory lock for each stretch of work. `begin` starts them; they have their turn once, and `meanwhile`
 * happens while they wait for the next one: PostgreSQL gives a lock to whoever asked first.
 */
export async function betweenTurns(
  inWorkspace: InWorkspace,
  lock: (tx: WorkspaceTransaction) => Promise<void>,
  { begin, meanwhile }: { begin(): void; meanwhile(): Promise<void> },
): Promise<void> {
  const behind: Promise<void>[] = []
  await inWorkspace(async (tx) => {
    await lock(tx)
    begin()
    await untilWaiting(tx, 1)
    behind.push(
      inWorkspace(async (later) => {
        await lock(later)
        await meanwhile()
      }),
    )
    await untilWaiting(tx, 2)
  })
  await Promise.all(behind)
}

async function untilWaiting(tx: WorkspaceTransaction, count: number): Promise<void> {
  for (let look = 0; look < 3_000; look++) {
    const { rows } = await sql`select from pg_locks join pg_database on oid = database
      where datname = current_database() and locktype = 'advisory' and not granted`.execute(tx.sql)
    if (rows.length >= count) return
    await delay(10)
  }
  throw new Error(`fewer than ${count} wait for a lock`)
}
