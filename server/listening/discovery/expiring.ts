import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { COUNTED_DAYS, HOUR_MS } from './entries.ts'
import { tallyOf, waitForTurn } from './folding.ts'
import { anonymise, writeCounts } from './tally.ts'

const TALLIES_AT_ONCE = 200

type TallyRow = Parameters<typeof tallyOf>[0] & {
  topic_id: string
  topic_version: number
  span: string
  starts_at: Date
}

/**
 * Beyond the retention of posts, tallies keep what at least two people said, and nobody's name; after five weeks they go,
 * as do those of removed topics and former queries at once. A step at a time; returns whether there is more.
 */
export async function ageTallies(tx: WorkspaceTransaction, retainedSince: Date, now: Date): Promise<boolean> {
  await waitForTurn(tx)
  const expired = new Date(now.getTime() - COUNTED_DAYS * 24 * HOUR_MS)
  await sql`delete from tally where workspace_id = ${tx.workspaceId} and starts_at < ${expired}`.execute(tx.sql)
  await sql`delete from tally t using topic o where t.workspace_id = ${tx.workspaceId} and o.workspace_id = t.workspace_id
    and o.topic_id = t.topic_id and (o.removed_at is not null or (t.topic_version < o.version and o.lookback_from is null))`.execute(
    tx.sql,
  )
  const { rows } = await sql<TallyRow>`
    select * from tally where workspace_id = ${tx.workspaceId} and not anonymous and starts_at < ${retainedSince}
    order by starts_at limit ${TALLIES_AT_ONCE}`.execute(tx.sql)
  for (const row of rows) {
    const tally = tallyOf(row)
    anonymise(tally)
    const { terms, links } = tally.sections
    await sql`update tally set terms = ${writeCounts(terms)}, links = ${writeCounts(links)}, threads = '[0]', waves = '[0]',
      voices = '[0]', anonymous = true where workspace_id = ${tx.workspaceId} and topic_id = ${row.topic_id}
      and topic_version = ${row.topic_version} and span = ${row.span} and starts_at = ${row.starts_at}`.execute(tx.sql)
  }
  return rows.length === TALLIES_AT_ONCE
}
