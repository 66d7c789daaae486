import { sql } from 'kysely'
import { textArray, timeArray } from '../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { UNDERSTANDING_VERSION } from '../text/index.ts'
import type { CountedAs, MentionChanges } from './counters/mention-changes.ts'
import type { NormalPost, PostPlace } from './normalise.ts'
import type { MatchedTopic } from './topic-matcher.ts'
import { intentSaid, type PostUnderstanding } from './understanding/read-post.ts'

export interface KnownPost extends PostPlace {
  postId: string
  contentHash: string
  direction: 'in' | 'out'
  addressed: boolean
  publishedAt: Date
  editedAt: Date | null
  deletedAt: Date | null
  deletedBecause: string | null
}

/** A new post, with everything that its row says beside what was heard. */
export interface NewPost {
  postId: string
  post: NormalPost
  authorId: string
  direction: 'in' | 'out'
  addressed: boolean
  /** Null: said by us, which nobody judges. */
  understanding: PostUnderstanding | null
  /** The first post of its group of near-duplicates; its own id when it is alone. */
  groupId: string
}

/**
 * Stored posts among the places. Served by post's unique key, one look for each place: as a plain join, statistics that are
 * behind a quickly growing table would have it read all posts of the workspace instead.
 */
export async function findPosts(tx: WorkspaceTransaction, places: PostPlace[]): Promise<Map<string, KnownPost>> {
  if (places.length === 0) return new Map()
  const { rows } = await sql<KnownPost>`
    select p.* from unnest(${textArray(places.map((p) => p.network))}::text[], ${textArray(places.map((p) => p.scope))}::text[],
        ${textArray(places.map((p) => p.externalId))}::text[]) as g(network, scope, external_id)
      cross join lateral (
        select post_id as "postId", network, scope, external_id as "externalId", content_hash as "contentHash", direction,
          addressed, published_at as "publishedAt", edited_at as "editedAt", deleted_at as "deletedAt",
          deleted_because as "deletedBecause"
        from post where workspace_id = ${tx.workspaceId} and network = g.network and scope = g.scope
          and external_id = g.external_id limit 1) p`.execute(tx.sql)
  return new Map(rows.map((row) => [`${row.network}\n${row.scope}\n${row.externalId}`, row]))
}

export interface PostOrigin {
  sourceId: string | null
  importId: string | null
}

/**
 * Stores new posts in the order of their keys, so that two transactions that hear the same wait for each other instead of
 * locking crosswise. Returns the ids of those that were new; the others came in through another source meanwhile.
 */
export async function insertPosts(
  tx: WorkspaceTransaction,
  posts: NewPost[],
  origin: PostOrigin,
  heardAt: Date,
): Promise<Set<string>> {
  if (posts.length === 0) return new Set()
  const rows = posts.toSorted((a, b) => (a.post.key < b.post.key ? -1 : 1))
  const text = (of: (row: NewPost) => string | null) => textArray(rows.map(of))
  const { rows: stored } = await sql<{ post_id: string }>`
    insert into post (workspace_id, post_id, network, scope, external_id, reference, source_id, import_id, author_id,
      direction, addressed, title, text, language, url, site, published_at, heard_at, edited_at, content_hash,
      parent_external_id, parent_reference, root_external_id, root_reference, media, links, mentions, group_id, sentiment,
      sentiment_probability, intent, offensive, understood_by, visibility, automatic, vouched)
    select ${tx.workspaceId}, post_id, network, scope, external_id, reference, ${origin.sourceId}::uuid,
      ${origin.importId}::uuid, author_id, direction, addressed, title, text, language, url, site, published_at,
      ${heardAt}, edited_at, content_hash, parent_external_id, parent_reference, root_external_id, root_reference, media,
      links::text[], mentions::text[], group_id, sentiment, sentiment_probability, intent, offensive, understood_by,
      visibility, automatic, vouched
    from unnest(${text((r) => r.postId)}::uuid[], ${text((r) => r.post.network)}::text[], ${text((r) => r.post.scope)}::text[],
      ${text((r) => r.post.externalId)}::text[], ${text((r) => r.post.reference)}::text[], ${text((r) => r.authorId)}::uuid[],
      ${text((r) => r.direction)}::text[], ${rows.map((r) => r.addressed)}::boolean[], ${text((r) => r.post.title)}::text[],
      ${text((r) => r.post.text)}::text[], ${text((r) => r.post.language)}::text[], ${text((r) => r.post.url)}::text[],
      ${text((r) => r.post.site)}::text[], ${timeArray(rows.map((r) => r.post.publishedAt))}::timestamptz[],
      ${timeArray(rows.map((r) => r.post.editedAt))}::timestamptz[], ${text((r) => r.post.contentHash)}::text[],
      ${text((r) => r.post.parent?.externalId ?? null)}::text[], ${text((r) => r.post.parent?.reference ?? null)}::text[],
      ${text((r) => r.post.root?.externalId ?? null)}::text[], ${text((r) => r.post.root?.reference ?? null)}::text[],
      ${text((r) => JSON.stringify(r.post.media))}::jsonb[], ${text((r) => textArray(r.post.links))}::text[],
      ${text((r) => textArray(r.post.mentions))}::text[], ${text((r) => r.groupId)}::uuid[], ${understood(rows)},
      ${text((r) => r.post.visibility)}::text[], ${rows.map((r) => r.post.automatic)}::boolean[],
      ${rows.map((r) => r.post.vouched)}::boolean[])
    as g(post_id, network, scope, external_id, reference, author_id, direction, addressed, title, text, language, url,
      site, published_at, edited_at, content_hash, parent_external_id, parent_reference, root_external_id, root_reference,
      media, links, mentions, group_id, sentiment, sentiment_probability, intent, offensive, understood_by, visibility,
      automatic, vouched)
    on conflict (workspace_id, network, scope, external_id) do nothing
    returning post_id`.execute(tx.sql)
  return new Set(stored.map((row) => row.post_id))
}

/** Columns sentiment to understood_by, for unnest. */
const understood = (rows: readonly { understanding: PostUnderstanding | null; addressed: boolean }[]) => {
  const column = <Value>(of: (understanding: PostUnderstanding) => Value) =>
    rows.map(({ understanding }) => understanding && of(understanding))
  return sql`${textArray(column((u) => u.sentiment))}::text[], ${column((u) => u.probability)}::real[],
    ${textArray(rows.map(({ understanding, addressed }) => understanding && intentSaid(understanding, addressed)))}::text[],
    ${column((u) => u.offensive)}::boolean[],
    ${textArray(column(() => UNDERSTANDING_VERSION))}::text[]`
}

export interface EditedPost {
  postId: string
  post: NormalPost
  editedAt: Date
  addressed: boolean
  /** Null: said by us. */
  understanding: PostUnderstanding | null
}

/** Puts the new content in place; what was there before is not kept, the group is. Also brings back what an account's return uncovers. */
export async function updatePosts(tx: WorkspaceTransaction, edits: EditedPost[]): Promise<void> {
  if (edits.length === 0) return
  const rows = edits.toSorted((a, b) => (a.post.key < b.post.key ? -1 : 1))
  const text = (of: (row: EditedPost) => string | null) => textArray(rows.map(of))
  await sql`
    update post p set title = g.title, text = g.text, language = g.language, url = g.url, media = g.media,
      links = g.links::text[], mentions = g.mentions::text[], content_hash = g.content_hash, reference = g.reference,
      edited_at = g.edited_at, deleted_at = null, deleted_because = null, indexed = false,
      sentiment = g.sentiment, sentiment_probability = g.sentiment_probability, intent = g.intent, offensive = g.offensive,
      understood_by = g.understood_by
    from unnest(${text((r) => r.postId)}::uuid[], ${text((r) => r.post.title)}::text[], ${text((r) => r.post.text)}::text[],
      ${text((r) => r.post.language)}::text[], ${text((r) => r.post.url)}::text[],
      ${text((r) => JSON.stringify(r.post.media))}::jsonb[], ${text((r) => textArray(r.post.links))}::text[],
      ${text((r) => textArray(r.post.mentions))}::text[], ${text((r) => r.post.contentHash)}::text[],
      ${text((r) => r.post.reference)}::text[], ${rows.map((r) => r.editedAt)}::timestamptz[],
      ${understood(rows)})
    as g(post_id, title, text, language, url, media, links, mentions, content_hash, reference, edited_at, sentiment,
      sentiment_probability, intent, offensive, understood_by)
    where p.workspace_id = ${tx.workspaceId} and p.post_id = g.post_id`.execute(tx.sql)
}

/** Later news of a post: that it was said to us. */
export async function markAddressed(tx: WorkspaceTransaction, postIds: string[]): Promise<void> {
  if (postIds.length === 0) return
  await sql`update post set addressed = true where workspace_id = ${tx.workspaceId}
    and post_id = any(${postIds}::uuid[])`.execute(tx.sql)
}

export interface NewMention extends MatchedTopic {
  postId: string
  publishedAt: Date
  /** How the caller counts it; null: not, or later. */
  countedAs: CountedAs | null
  reach: string | null
}

export async function insertMentions(tx: WorkspaceTransaction, mentions: NewMention[]): Promise<number> {
  if (mentions.length === 0) return 0
  const result = await sql`
    insert into mention (workspace_id, topic_id, post_id, topic_version, published_at, counted_as, counted_reach)
    select ${tx.workspaceId}, * from unnest(${textArray(mentions.map((m) => m.topicId))}::uuid[],
      ${textArray(mentions.map((m) => m.postId))}::uuid[], ${mentions.map((m) => m.version)}::int[],
      ${timeArray(mentions.map((m) => m.publishedAt))}::timestamptz[], ${textArray(mentions.map((m) => m.countedAs))}::text[],
      ${textArray(mentions.map((m) => m.reach))}::bigint[])
    on conflict do nothing`.execute(tx.sql)
  return Number(result.numAffectedRows ?? 0n)
}

/** Mentions that an edit took away are no longer counted; those a person sorted stay. */
export async function dropLostMentions(
  tx: WorkspaceTransaction,
  edited: { postId: string; post: NormalPost; topics: MatchedTopic[] }[],
  changes: MentionChanges,
): Promise<void> {
  if (edited.length === 0) return
  const kept = edited.flatMap(({ postId, topics }) => topics.map(({ topicId }) => ({ postId, topicId })))
  const networkOf = new Map(edited.map(({ postId, post }) => [postId, post.network]))
  const { rows } = await sql<LostMention>`
    delete from mention m where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${edited.map((e) => e.postId)}::uuid[])
      and m.state = 'new' and not exists (
        select from unnest(${kept.map((k) => k.postId)}::uuid[], ${kept.map((k) => k.topicId)}::uuid[]) as k(post_id, topic_id)
        where k.post_id = m.post_id and k.topic_id = m.topic_id)
    returning m.topic_id, m.post_id, m.published_at, m.counted_as, m.counted_reach`.execute(tx.sql)
  for (const row of rows) {
    if (row.counted_as === null) continue
    const place = {
      topicId: row.topic_id,
      network: networkOf.get(row.post_id) as string,
      publishedAt: row.published_at,
    }
    changes.add(place, row.counted_as, BigInt(row.counted_reach ?? 0), -1)
  }
}

interface LostMention {
  topic_id: string
  post_id: string
  published_at: Date
  counted_as: CountedAs | null
  counted_reach: string | null
}
