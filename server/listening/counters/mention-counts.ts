import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { MINUTES_KEPT_MS } from './mention-changes.ts'

export type CountStep = 'minute' | 'hour' | 'day'

export interface MentionCount {
  topicId: string
  /** Begin of the minute, hour or day. */
  from: Date
  network: string
  posts: number
  /** The rest was read as none of the three, or not at all. */
  negative: number
  neutral: number
  positive: number
  /** Followers of the authors, each post counted; a whole number as text. */
  reach: string
}

export interface MentionCounts {
  counts: MentionCount[]
  /** Before this, minutes stand together in their hour: a step of a minute shows them all in its first. */
  minutesFrom: Date
}

const STEP_MS: Record<CountStep, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 }
const STEPS_MAX = 100_000

/**
 * How many mentions topics had, by step and network, of what was published from `from` to before `until`; steps without any
 * are left out. Days are those of `timeZone`. Counts follow edits, queries and labels; what was deleted or forgotten later
 * stays counted, because it was heard. Served by mention_count's primary key.
 */
export async function mentionCounts(
  tx: WorkspaceTransaction,
  asked: { topicIds: readonly string[]; from: Date; until: Date; step: CountStep; timeZone?: string },
  now: Date,
): Promise<MentionCounts> {
  const { topicIds, from, until, step, timeZone = 'UTC' } = asked
  const minutesFrom = new Date(now.getTime() - MINUTES_KEPT_MS)
  const steps = ((until.getTime() - from.getTime()) / STEP_MS[step]) * topicIds.length
  if (steps > STEPS_MAX) throw new RangeError(`${Math.round(steps)} steps are too many to count at once`)
  if (topicIds.length === 0 || until <= from) return { counts: [], minutesFrom }
  const { rows } = await sql<MentionCount>`
    select topic_id as "topicId", date_trunc(${step}, minute, ${timeZone}) as "from", network, sum(posts)::int as posts,
      sum(negative)::int as negative, sum(neutral)::int as neutral, sum(positive)::int as positive,
      sum(reach)::text as reach
    from mention_count
    where workspace_id = ${tx.workspaceId} and topic_id = any(${topicIds}::uuid[]) and minute >= ${from} and minute < ${until}
    group by 1, 2, 3 having sum(posts) <> 0 order by 1, 2, 3`.execute(tx.sql)
  return { counts: rows, minutesFrom }
}
