import { sql } from 'kysely'
import type { Database } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { lockPersons } from '../graph/lock.ts'
import { refreshPersons } from './cached.ts'

const BATCH = 500

/** Resolves names and languages of all persons of a workspace anew, after it changed which system it believes. Safe to run twice. */
export async function renamePersons(database: Database, workspaceId: string): Promise<number> {
  let after = '00000000-0000-0000-0000-000000000000'
  let count = 0
  for (;;) {
    const last = await database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      const { rows } = await sql<{ person_id: string }>`
        select person_id from person where workspace_id = ${workspaceId} and person_id > ${after}::uuid
        order by person_id limit ${BATCH}`.execute(tx.sql)
      const personIds = rows.map((row) => row.person_id)
      await lockPersons(tx, personIds)
      await refreshPersons(tx, personIds)
      count += rows.length
      return rows.length < BATCH ? null : (personIds.at(-1) ?? null)
    })
    if (last === null) return count
    after = last
  }
}
