import { sql } from 'kysely'
import type { z } from 'zod'
import { COUNT_MAX, type conversations as contract } from '../../contract/inbox-conversations.ts'
import { isAside } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { KEPT_OUT } from './belonging.ts'

const DAYS = 7

type KeptOut = z.infer<(typeof contract.keptOut)['~orpc']['outputSchema'] & z.ZodType>

/** Posts that would have begun a conversation, were they not probable noise. Served by mention_aside and conversation_post_post. */
export async function countKeptOut(tx: WorkspaceTransaction, now: Date): Promise<KeptOut> {
  const since = new Date(now.getTime() - DAYS * 86_400_000)
  const { rows: topics } = await sql<{ topicId: string; count: number }>`
    select r.topic_id as "topicId", (select count(*)::int from (
        select from mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id
        where m.workspace_id = ${tx.workspaceId} and m.topic_id = r.topic_id and m.published_at >= ${since}
          and (${isAside(sql`m.`)}) and ${KEPT_OUT}
          and p.direction = 'in' and not p.addressed and p.deleted_at is null and p.import_id is null
          and not exists (select from conversation_post cp where cp.workspace_id = m.workspace_id and cp.post_id = m.post_id)
        order by m.published_at desc, m.post_id desc limit ${COUNT_MAX + 1}) few) as count
    from topic_relevance r join topic t on t.workspace_id = r.workspace_id and t.topic_id = r.topic_id
      and t.removed_at is null and t.opens_conversations
    where r.workspace_id = ${tx.workspaceId} and r.switched_on and r.noise = 'kept-out'
    order by r.topic_id`.execute(tx.sql)
  const found = topics.filter(({ count }) => count > 0)
  const count = found.reduce((sum, topic) => sum + topic.count, 0)
  return {
    count: Math.min(count, COUNT_MAX),
    more: count > COUNT_MAX,
    days: DAYS,
    topicIds: found.map(({ topicId }) => topicId),
  }
}
