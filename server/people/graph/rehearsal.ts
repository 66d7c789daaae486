import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/**
 * Does something for good within a part of a transaction, looks at what came of it, and takes it back: a preview is what
 * the act itself does, never a second opinion of it. Locks and rows of the part go with it, and nobody is told.
 */
export async function rehearse<Result>(
  tx: WorkspaceTransaction,
  work: (rehearsal: WorkspaceTransaction) => Promise<Result>,
): Promise<Result> {
  await sql`savepoint rehearsal`.execute(tx.sql)
  try {
    return await work({ ...tx, record: () => {}, afterEnd: () => {} })
  } finally {
    await sql.raw('rollback to savepoint rehearsal; release savepoint rehearsal').execute(tx.sql)
  }
}
