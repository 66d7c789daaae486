import { sql } from 'kysely'
import type { WorkspaceTransaction } from './database.ts'
import { HIDING_PRIVATE, OPENING, SHOWING_PRIVATE } from './reach.ts'

/**
 * Does in a caller's transaction what is the workspace's and not theirs: no source is closed meanwhile, nothing private is
 * hidden. What fails in it ends the transaction, and with it what was open.
 */
export async function withEverythingOpen<Result>(
  tx: WorkspaceTransaction,
  work: (tx: WorkspaceTransaction) => Promise<Result>,
): Promise<Result> {
  const { reach, hidesPrivate, ...actor } = tx.actor
  if (!reach && !hidesPrivate) return work(tx)
  await sql.raw(`${OPENING}${SHOWING_PRIVATE}`).execute(tx.sql)
  const result = await work({ ...tx, actor })
  await sql.raw(`${reach?.closing ?? ''}${hidesPrivate ? HIDING_PRIVATE : ''}`).execute(tx.sql)
  return result
}
