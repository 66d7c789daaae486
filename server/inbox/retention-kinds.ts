import { sql } from 'kysely'
import { emptyPosts } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type RetentionKind, rowsOlderThan } from '../platform/retention.ts'
import { moderationRetention } from './moderation/personal-data.ts'

/** Three years: as long as claims from a contract last (§ 195 BGB); art. 3:307 BW allows five. */
const CLAIMS_DAYS = 1_095
const POSTS_AT_ONCE = 200

const closedBefore = `(select c.closed_at from conversation c where c.workspace_id = t.workspace_id
  and c.conversation_id = t.conversation_id and c.state = 'closed')`

export const inboxRetention: RetentionKind[] = [
  {
    kind: 'closed-conversations',
    defaultDays: CLAIMS_DAYS,
    minDays: 30,
    maxDays: 3650,
    because: 'claims',
    due: async (tx, before) => {
      const { rows } = await sql<{ rows: string; oldest: Date | null }>`
        select count(*) as rows, min(c.closed_at) as oldest ${expired(tx, before)}`.execute(tx.sql)
      return { rows: Number(rows[0]?.rows ?? 0), oldest: rows[0]?.oldest ?? null, sample: [] }
    },
    step: async (tx, before, services) => {
      const { rows } = await sql<{ post_id: string; delivery_id: string | null }>`
        select t.post_id, t.delivery_id ${expired(tx, before)} order by t.post_id limit ${POSTS_AT_ONCE}`.execute(
        tx.sql,
      )
      return emptyPosts(
        tx,
        rows.map((row) => row.post_id),
        services,
      )
    },
  },
  {
    kind: 'notes',
    defaultDays: CLAIMS_DAYS,
    minDays: 30,
    maxDays: 3650,
    because: 'claims',
    ...rowsOlderThan({ table: 'note', since: closedBefore, shown: 't.text' }),
  },
  moderationRetention,
]

/** Posts with content in conversations that ended so long ago. */
const expired = (tx: WorkspaceTransaction, before: Date) => sql`
  from conversation c
    join conversation_post t on t.workspace_id = c.workspace_id and t.conversation_id = c.conversation_id
    join post p on p.workspace_id = t.workspace_id and p.post_id = t.post_id
  where c.workspace_id = ${tx.workspaceId} and c.state = 'closed' and c.closed_at < ${before} and p.deleted_at is null`
