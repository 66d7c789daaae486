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

/** As part of a larger transaction: what it wrote stays when it succeeds, and a refusal leaves nothing of it. */
export async function attempt<Result>(
  tx: WorkspaceTransaction,
  work: (part: WorkspaceTransaction) => Promise<Result>,
): Promise<Result> {
  const told: Parameters<WorkspaceTransaction['record']>[0][] = []
  await sql`savepoint attempt`.execute(tx.sql)
  try {
    const result = await work({ ...tx, record: (event) => void told.push(event) })
    await sql`release savepoint attempt`.execute(tx.sql)
    for (const event of told) tx.record(event)
    return result
  } catch (error) {
    await sql.raw('rollback to savepoint attempt; release savepoint attempt').execute(tx.sql)
    throw error
  }
}
