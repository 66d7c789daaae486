import { type RawBuilder, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { EVERY_TOPIC } from './entries.ts'
import { postsIn, type Subject, type Tallied } from './tallied.ts'
import { endOf } from './window.ts'

/**
 * Of the posts that tallies count, those whose rows expired: tallies outlive posts. Only those that were made anonymous
 * can count such (`expiring.ts`), and what is still stored of their time, because it is in a conversation or its author
 * is a person, has not expired. What was deleted upstream was taken out of the tally.
 */
export async function expiredPosts(
  tx: WorkspaceTransaction,
  { topicId }: Pick<Subject, 'topicId'>,
  tallies: readonly Tallied[],
): Promise<number> {
  const anonymous = tallies.filter((tally) => tally.anonymous)
  if (anonymous.length === 0) return 0
  const { rows } = await storedQuery(tx.workspaceId, topicId, anonymous).execute(tx.sql)
  return Math.max(0, postsIn(anonymous) - (rows[0]?.posts ?? 0))
}

/** The posts of others that are still there. Served by post_published; of a topic by mention_topic and post's primary key. */
export const storedQuery = (
  workspaceId: string,
  topicId: string,
  spans: readonly Pick<Tallied, 'span' | 'startsAt'>[],
): RawBuilder<{ posts: number }> => sql<{ posts: number }>`
  select coalesce(sum(stored.posts), 0)::int as posts
  from unnest(${spans.map(({ startsAt }) => startsAt)}::timestamptz[], ${spans.map(endOf)}::timestamptz[]) as g(starts_at, ends_at)
    cross join lateral (${topicId === EVERY_TOPIC ? storedOfAll(workspaceId) : storedOfTopic(workspaceId, topicId)}) stored`

const storedOfAll = (workspaceId: string) => sql`
  select count(*) as posts from post p where p.workspace_id = ${workspaceId} and p.published_at >= g.starts_at
    and p.published_at < g.ends_at and p.direction = 'in' and p.visibility = 'public' and p.deleted_at is null`

const storedOfTopic = (workspaceId: string, topicId: string) => sql`
  select count(*) as posts from mention m
    join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id and p.direction = 'in' and p.deleted_at is null
  where m.workspace_id = ${workspaceId} and m.topic_id = ${topicId} and m.published_at >= g.starts_at
    and m.published_at < g.ends_at`
