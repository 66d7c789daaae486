import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { removeSummaries } from '../scores/summaries.ts'
import { removeNameKeys } from '../search/name-keys.ts'

/**
 * What erasure asks for: notes, tags, figures and keys of these persons, every one who is the same named. Words that nobody
 * else is called go with them. Safe to run twice.
 */
export async function eraseProfiles(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  const of = sql`where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[])`
  await sql`delete from person_note ${of}`.execute(tx.sql)
  await sql`delete from person_tag ${of}`.execute(tx.sql)
  await sql`delete from person_due ${of}`.execute(tx.sql)
  await removeSummaries(tx, personIds)
  await removeNameKeys(tx, personIds)
}
