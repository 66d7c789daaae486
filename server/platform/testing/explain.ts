import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../database.ts'

export interface Explained {
  usesIndex: boolean
  plan: string
}

/**
 * Asks PostgreSQL, as the application's role inside a workspace, whether a query can be served by an index. Sequential scans
 * and sorts are made dear for the question, because a test's tables are small: what remains is what the planner may do
 * under row-level security, where a condition that is not leakproof cannot use an index at all.
 */
export async function explain(
  test: { inWorkspace<T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T> },
  queries: [query: RawBuilder<unknown>, index: string][],
): Promise<Explained[]> {
  return test.inWorkspace(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx.sql)
    await sql`set local enable_sort = off`.execute(tx.sql)
    const explained: Explained[] = []
    for (const [query, index] of queries) {
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(tx.sql)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      const usesIndex = new RegExp(`(Index (Only )?Scan.*using ${index}\\b|Bitmap Index Scan on ${index}\\b)`).test(
        plan,
      )
      explained.push({ usesIndex: usesIndex && !/Sort Key/.test(plan) && !/Seq Scan/.test(plan), plan })
    }
    return explained
  })
}
