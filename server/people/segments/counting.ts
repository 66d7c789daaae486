import { type RawBuilder, sql } from 'kysely'
import type { SegmentRule } from '../../../contract/people-segments.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { ruleCondition } from './rule.ts'

/** Counting everybody may take this long; then a sample answers, within the second. */
const COUNT_MS = 800
const SAMPLE_PERCENT = 2

export interface Counted {
  persons: number
  estimated: boolean
}

/** How many persons there are who may be in a segment, and how many each rule holds: one walk for all of them. */
export async function countRules(
  tx: WorkspaceTransaction,
  rules: readonly SegmentRule[],
  now: Date,
): Promise<{ all: Counted; counts: Counted[] }> {
  const exact = await withinTime(tx, () => walk(tx, rules, now, sql``))
  const [counts, factor] = exact
    ? [exact, 1]
    : [await walk(tx, rules, now, sql`tablesample system (${sql.lit(SAMPLE_PERCENT)})`), 100 / SAMPLE_PERCENT]
  const counted = counts.map((count) => ({ persons: Math.round(count * factor), estimated: !exact }))
  const [all = { persons: 0, estimated: false }, ...rest] = counted
  return { all, counts: rest }
}

async function walk(
  tx: WorkspaceTransaction,
  rules: readonly SegmentRule[],
  now: Date,
  sample: RawBuilder<unknown>,
): Promise<number[]> {
  const conditions = [sql`s.profiled`, ...rules.map((rule) => ruleCondition(rule, now))]
  const counts = conditions.map(
    (condition, at) => sql`count(*) filter (where ${condition})::int as ${sql.ref(`c${at}`)}`,
  )
  const { rows } = await sql<Record<string, number>>`
    select ${sql.join(counts)} from person_summary s ${sample} where s.workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return conditions.map((_, at) => rows[0]?.[`c${at}`] ?? 0)
}

/** Null where PostgreSQL gave up at the time; the transaction goes on. */
async function withinTime<T>(tx: WorkspaceTransaction, work: () => Promise<T>): Promise<T | null> {
  await sql`savepoint counting`.execute(tx.sql)
  await sql`set local statement_timeout = ${sql.lit(COUNT_MS)}`.execute(tx.sql)
  try {
    const answer = await work()
    await sql`set local statement_timeout to default`.execute(tx.sql)
    await sql`release savepoint counting`.execute(tx.sql)
    return answer
  } catch (error) {
    if ((error as { code?: string }).code !== QUERY_CANCELED) throw error
    await sql`rollback to savepoint counting`.execute(tx.sql)
    return null
  }
}
const QUERY_CANCELED = '57014'
