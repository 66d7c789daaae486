import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { topics as contract, TOPIC_KINDS } from '../../contract/listening-topics.ts'
import { proposeTopic } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Topic } from '../platform/database-types.generated.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { listeningChanged } from './listeners.ts'
import { requireQuery, workspaceLanguages } from './query.ts'

const TOPICS_MAX = 10_000
const MENTIONS_COUNTED_MAX = 10_000
const WEEK_MS = 7 * 86_400_000
/** Every post was published before: a look-back begins here. */
const BEGINNING_OF_LOOKBACK = new Date(Date.UTC(9000, 0, 1))

type TopicView = z.infer<(typeof contract.get)['~orpc']['outputSchema'] & z.ZodType>
type TopicRow = Selectable<Topic>

export interface NewTopic {
  name: string
  kind: (typeof TOPIC_KINDS)[number]
  query: string
  languages?: string[] | undefined
  opensConversations: boolean
}

export async function createTopic(tx: WorkspaceTransaction, topic: NewTopic, at: Date): Promise<string> {
  const languages = topic.languages ?? (await workspaceLanguages(tx))
  requireQuery(topic.query, languages)
  const topicId = newId()
  const { rows } = await sql`
    insert into topic (workspace_id, topic_id, name, kind, query, languages, opens_conversations, lookback_from, created_at)
    values (${tx.workspaceId}, ${topicId}, ${topic.name}, ${topic.kind}, ${topic.query}, ${languages},
      ${topic.opensConversations}, ${BEGINNING_OF_LOOKBACK}, ${at})
    on conflict (workspace_id, name) where removed_at is null do nothing returning 1`.execute(tx.sql)
  if (rows.length === 0) throw new Conflict('topic-exists', { name: topic.name })
  await writeVersion(tx, topicId, { version: 1, query: topic.query, languages, reason: '' }, at)
  tx.record({ type: 'topic.created', subjects: { topic: topicId }, codes: { kind: topic.kind } })
  await listeningChanged(tx)
  return topicId
}

export interface TopicChange {
  name?: string | undefined
  kind?: NewTopic['kind'] | undefined
  query?: string | undefined
  languages?: string[] | undefined
  opensConversations?: boolean | undefined
  reason: string
  againstVersion?: number | undefined
}

/** Another query or other languages make a version; the stored posts are searched again for it. */
export async function updateTopic(
  tx: WorkspaceTransaction,
  topicId: string,
  change: TopicChange,
  at: Date,
): Promise<number> {
  const row = await readTopic(tx, topicId, { lock: true })
  if (change.againstVersion !== undefined && change.againstVersion !== row.version)
    throw new Conflict('topic-changed', { version: row.version })
  const query = change.query ?? row.query
  const languages = change.languages ?? row.languages
  const isNewVersion = query !== row.query || languages.join() !== row.languages.join()
  if (isNewVersion) requireQuery(query, languages)
  const version = isNewVersion ? row.version + 1 : row.version
  const name = change.name ?? row.name
  if (name !== row.name) await refuseTakenName(tx, name)
  await tx.sql
    .updateTable('topic')
    .set({
      name,
      kind: change.kind ?? row.kind,
      opens_conversations: change.opensConversations ?? row.opens_conversations,
      ...(isNewVersion ? { query, languages, version, ...startLookback } : {}),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .execute()
  if (isNewVersion) await writeVersion(tx, topicId, { version, query, languages, reason: change.reason }, at)
  tx.record({ type: 'topic.changed', subjects: { topic: topicId }, codes: { version, queryChanged: isNewVersion } })
  await listeningChanged(tx)
  return version
}

const startLookback = { lookback_from: BEGINNING_OF_LOOKBACK, lookback_post_id: null, lookback_found: 0 }

async function refuseTakenName(tx: WorkspaceTransaction, name: string): Promise<void> {
  const taken = await tx.sql
    .selectFrom('topic')
    .select('topic_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('name', '=', name)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (taken) throw new Conflict('topic-exists', { name })
}

async function writeVersion(
  tx: WorkspaceTransaction,
  topicId: string,
  version: { version: number; query: string; languages: string[]; reason: string },
  at: Date,
): Promise<void> {
  await tx.sql
    .insertInto('topic_version')
    .values({
      workspace_id: tx.workspaceId,
      topic_id: topicId,
      ...version,
      changed_by: tx.actor.kind === 'member' ? tx.actor.id : null,
      changed_at: at,
    })
    .execute()
}

/** What was said while a topic slept is found among the stored posts. */
export async function setTopicState(
  tx: WorkspaceTransaction,
  topicId: string,
  state: TopicRow['state'],
): Promise<void> {
  const row = await readTopic(tx, topicId, { lock: true })
  if (row.state === state) return
  await tx.sql
    .updateTable('topic')
    .set({ state, ...(state === 'active' ? startLookback : {}) })
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .execute()
  tx.record({ type: state === 'active' ? 'topic.resumed' : 'topic.paused', subjects: { topic: topicId } })
  await listeningChanged(tx)
}

/** Readers pass its mentions over at once; upkeep deletes them in steps. */
export async function removeTopic(tx: WorkspaceTransaction, topicId: string, at: Date): Promise<void> {
  await readTopic(tx, topicId, { lock: true })
  await tx.sql
    .updateTable('topic')
    .set({ removed_at: at, state: 'paused', lookback_from: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .execute()
  tx.record({ type: 'topic.removed', subjects: { topic: topicId } })
  await listeningChanged(tx)
}

async function readTopic(tx: WorkspaceTransaction, topicId: string, { lock = false } = {}): Promise<TopicRow> {
  const query = tx.sql
    .selectFrom('topic')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('removed_at', 'is', null)
  const row = await (lock ? query.forNoKeyUpdate() : query).executeTakeFirst()
  if (!row) throw new NotFound('topic-unknown')
  return row
}

export async function listTopics(tx: WorkspaceTransaction, now: Date): Promise<TopicView[]> {
  const rows = await tx.sql
    .selectFrom('topic')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .limit(TOPICS_MAX)
    .execute()
  return present(tx, rows, now)
}

export async function getTopic(tx: WorkspaceTransaction, topicId: string, now: Date): Promise<TopicView> {
  const [topic] = await present(tx, [await readTopic(tx, topicId)], now)
  return topic as TopicView
}

/** Counts are read from mention_topic, at most MENTIONS_COUNTED_MAX entries each. */
async function present(tx: WorkspaceTransaction, rows: TopicRow[], now: Date): Promise<TopicView[]> {
  const since = new Date(now.getTime() - WEEK_MS)
  const { rows: counts } = await sql<{ topic_id: string; mentions: number; last_at: Date | null }>`
    select t.topic_id, (select count(*)::int from (select 1 from mention m where m.workspace_id = ${tx.workspaceId}
        and m.topic_id = t.topic_id and m.published_at >= ${since} limit ${MENTIONS_COUNTED_MAX}) few) as mentions,
      (select m.published_at from mention m where m.workspace_id = ${tx.workspaceId} and m.topic_id = t.topic_id
        order by m.published_at desc, m.post_id desc limit 1) as last_at
    from unnest(${rows.map((row) => row.topic_id)}::uuid[]) as t(topic_id)`.execute(tx.sql)
  const countOf = new Map(counts.map((row) => [row.topic_id, row]))
  return rows.map((row) => ({
    topicId: row.topic_id,
    name: row.name,
    kind: row.kind,
    query: row.query,
    languages: row.languages,
    version: row.version,
    state: row.state,
    opensConversations: row.opens_conversations,
    createdAt: row.created_at,
    lookback: {
      done: row.lookback_from === null,
      searchedFrom: row.lookback_from && row.lookback_from < now ? row.lookback_from : null,
      found: row.lookback_found,
    },
    mentions7d: countOf.get(row.topic_id)?.mentions ?? 0,
    lastMentionAt: countOf.get(row.topic_id)?.last_at ?? null,
  }))
}

export async function listTopicVersions(
  tx: WorkspaceTransaction,
  { topicId, after, limit }: { topicId: string; after?: string | undefined; limit: number },
) {
  await readTopic(tx, topicId)
  const cursor = readCursor(after, 1)
  let query = tx.sql
    .selectFrom('topic_version')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
  if (cursor) query = query.where('version', '<', Number(cursor[0]))
  const rows = await query
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute()
  const page = pageOf(rows, limit, (row) => writeCursor(String(row.version)))
  const items = page.items.map(({ version, query: text, languages, reason, changed_by, changed_at }) => ({
    version,
    query: text,
    languages,
    reason,
    changedBy: changed_by,
    changedAt: changed_at,
  }))
  return { items, nextCursor: page.nextCursor }
}

export async function propose(tx: WorkspaceTransaction, brand: string, given: string[] | undefined) {
  const languages = given ?? (await workspaceLanguages(tx))
  const query = proposeTopic(brand, languages)
  if (query === null) throw new Invalid('brand-without-words')
  return { name: brand, query, languages }
}
