import { sql } from 'kysely'
import { parse } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Place } from './candidates.ts'
import { type CountedAs, MentionChanges } from './counters/mention-changes.ts'
import { recountMentions } from './counters/recount.ts'
import { countFound } from './discovery/entries.ts'
import type { FoundPost } from './found-post.ts'
import { holdPosts } from './holding.ts'
import { candidatesFor, walkPosts } from './search.ts'
import { judgeMentions } from './triage/judging.ts'

/** One step of a look-back: bounded, so that it shares the database with everything else. */
const MATCHES_PER_STEP = 500
const STEP_BUDGET_MS = 500
const DELETED_AT_ONCE = 5_000

/**
 * Looks for mentions of a new or changed topic among the posts that were stored before, newest first, a step at a time;
 * where it has come is written in the same transaction, so that it goes on after a crash. Mentions that an earlier query
 * found and this one does not go at the end, unless a person sorted them. Returns whether there was something to do.
 */
export async function lookBackOnce(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  const topic = await tx.sql
    .selectFrom('topic')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('lookback_from', 'is not', null)
    .where('state', '=', 'active')
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .limit(1)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!topic) return deleteMentionsOfRemoved(tx)
  const parsed = parse(topic.query, { languages: topic.languages })
  const from = topic.lookback_from as Date
  const place: Place = { publishedAt: from, postId: topic.lookback_post_id ?? LAST_ID }
  const { candidates } = parsed.ok ? await candidatesFor(tx, parsed.query) : { candidates: async () => [] }
  const query = parsed.ok ? parsed.query : null
  const filter = { withoutDeleted: true, visibility: 'public' as const }
  const walk = await walkPosts(tx, candidates, query, filter, place, MATCHES_PER_STEP, STEP_BUDGET_MS)
  if (!(await holdAsRead(tx, walk.found))) return true
  const counts = new MentionChanges(now)
  const found = topic.lookback_found + (await writeMentions(tx, topic.topic_id, topic.version, walk.found, counts, now))
  await tx.sql
    .updateTable('topic')
    .set({
      lookback_from: walk.last?.publishedAt ?? null,
      lookback_post_id: walk.last?.postId ?? null,
      lookback_found: found,
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topic.topic_id)
    .execute()
  if (walk.last === null) await finish(tx, topic.topic_id, topic.version, found, counts)
  await counts.write(tx)
  return true
}
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** False: one was edited or deleted since it was read. Nothing is written yet, and the step is done again. */
async function holdAsRead(tx: WorkspaceTransaction, found: FoundPost[]): Promise<boolean> {
  const rows = found.map(({ stored }) => stored.row)
  await holdPosts(
    tx,
    rows.map((row) => row.post_id),
  )
  const { rows: same } = await sql`
    select from unnest(${rows.map((row) => row.post_id)}::uuid[], ${rows.map((row) => row.content_hash)}::text[])
        as g(post_id, content_hash)
      join post p on p.workspace_id = ${tx.workspaceId} and p.post_id = g.post_id and p.content_hash = g.content_hash
        and p.deleted_at is null`.execute(tx.sql)
  return same.length === rows.length
}

async function writeMentions(
  tx: WorkspaceTransaction,
  topicId: string,
  version: number,
  found: FoundPost[],
  counts: MentionChanges,
  now: Date,
): Promise<number> {
  const postIds = found.map((f) => f.stored.row.post_id)
  const { rows } = await sql<{ post_id: string; added: boolean }>`
    insert into mention as m (workspace_id, topic_id, post_id, published_at, topic_version)
    select ${tx.workspaceId}, ${topicId}, post_id, published_at, ${version} from unnest(
      ${postIds}::uuid[], ${found.map((f) => f.stored.row.published_at)}::timestamptz[])
      as g(post_id, published_at) order by post_id
    on conflict (workspace_id, topic_id, post_id) do update set topic_version = excluded.topic_version
      where m.topic_version < excluded.topic_version
    returning post_id, not exists (select from mention o where o.workspace_id = m.workspace_id and o.topic_id = m.topic_id
      and o.post_id = m.post_id) as added`.execute(tx.sql)
  await recountMentions(tx, postIds, counts)
  await judgeMentions(
    tx,
    found.map((f) => ({ topicId, postId: f.stored.row.post_id })),
  )
  const written = new Set(rows.map((row) => row.post_id))
  const counted = found.flatMap(({ stored }) => (written.has(stored.row.post_id) ? [stored] : []))
  await countFound(tx, counted, { topicId, version }, now)
  return rows.filter((row) => row.added).length
}

async function finish(
  tx: WorkspaceTransaction,
  topicId: string,
  version: number,
  found: number,
  counts: MentionChanges,
): Promise<void> {
  const { rows } = await sql<{ network: string; minute: Date; as: CountedAs; times: number; reach: string }>`
    with former as materialized (
      select post_id from mention where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}
        and topic_version < ${version} and state = 'new' order by post_id for update),
    gone as (
      delete from mention m using former, post p where m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId}
        and m.post_id = former.post_id and p.workspace_id = m.workspace_id and p.post_id = m.post_id
      returning p.network, date_trunc('minute', m.published_at) as minute, m.counted_as, m.counted_reach)
    select network, minute, counted_as as "as", count(*)::int as times, sum(counted_reach) as reach from gone
    where counted_as is not null group by network, minute, counted_as`.execute(tx.sql)
  for (const { network, minute, as, times, reach } of rows)
    counts.add({ topicId, network, publishedAt: minute }, as, BigInt(reach), -times)
  tx.record({ type: 'topic.looked-back', subjects: { topic: topicId }, codes: { found, version } })
}

/** With what was counted of them: nobody can ask for a topic that was removed. */
async function deleteMentionsOfRemoved(tx: WorkspaceTransaction): Promise<boolean> {
  const mentions = await sql`
    delete from mention where (workspace_id, topic_id, post_id) in (
      select m.workspace_id, m.topic_id, m.post_id from topic t
        join mention m on m.workspace_id = t.workspace_id and m.topic_id = t.topic_id
      where t.workspace_id = ${tx.workspaceId} and t.removed_at is not null order by m.post_id, m.topic_id
      limit ${DELETED_AT_ONCE} for update of m skip locked)`.execute(tx.sql)
  const counts = await sql`
    delete from mention_count where (workspace_id, topic_id, minute, network) in (
      select c.workspace_id, c.topic_id, c.minute, c.network from topic t
        join mention_count c on c.workspace_id = t.workspace_id and c.topic_id = t.topic_id
      where t.workspace_id = ${tx.workspaceId} and t.removed_at is not null limit ${DELETED_AT_ONCE})`.execute(tx.sql)
  return (mentions.numAffectedRows ?? 0n) > 0n || (counts.numAffectedRows ?? 0n) > 0n
}
