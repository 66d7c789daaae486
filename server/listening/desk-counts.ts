import { sql } from 'kysely'
import type { DeskChecks, GoalFigures } from '../plan/index.ts'
import { mentionCounts } from './counters/mention-counts.ts'
import { listSources } from './source-list.ts'

const DAYS = 30
const DAY_MS = 86_400_000

async function topicIdsOf(tx: Parameters<NonNullable<DeskChecks['topic']>>[0]): Promise<string[]> {
  const rows = await tx.sql
    .selectFrom('topic')
    .select('topic_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.map((row) => row.topic_id)
}

/** What a desk has of what is heard. */
export const heardChecks: DeskChecks = {
  source: async (tx, services) => (await listSources(tx, services)).length,
  account: async (tx, services) => (await listSources(tx, services)).filter((source) => source.speaks).length,
  topic: async (tx) => (await topicIdsOf(tx)).length,
  // One is enough to know that it works (post's primary key).
  heard: async (tx) => {
    const { rows } = await sql`select from post where workspace_id = ${tx.workspaceId} limit 1`.execute(tx.sql)
    return rows.length
  },
}

/** Mentions of all topics, as they were counted; days of UTC, the present one so far. */
export const heardFigures: GoalFigures = {
  mentions: async (tx, { clock }) => {
    const now = clock.now()
    const topicIds = await topicIdsOf(tx)
    const asked = { topicIds, from: new Date(+now - DAYS * DAY_MS), until: now, step: 'day' as const }
    const { counts } = await mentionCounts(tx, asked, now)
    return counts.reduce((sum, { posts }) => sum + posts, 0)
  },
}
