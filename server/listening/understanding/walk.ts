import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { UNDERSTANDING_VERSION, type Understanding } from '../../text/index.ts'
import { MentionChanges } from '../counters/mention-changes.ts'
import { recountMentions } from '../counters/recount.ts'
import { holdPosts } from '../holding.ts'
import type { Groups } from './groups.ts'
import { fingerprintOfPost, intentSaid, understandPost } from './read-post.ts'

const POSTS_AT_ONCE = 250

interface Walk {
  understood_by: string
  after_post_id: string | null
  done: boolean
}

interface StoredPost extends Pick<Understanding, 'sentiment' | 'intent' | 'offensive'> {
  post_id: string
  title: string | null
  text: string
  language: string | null
  deleted: boolean
  ours: boolean
  addressed: boolean
  group_id: string | null
  understood_by: string | null
  sentiment_probability: number | null
  labelled: string[]
}

/**
 * A step through the posts that were stored before there was a model, or read by another one, in the order in which they
 * were heard: they are read as intake reads, grouped, and their mentions counted. What a person said of a post stays. The place is
 * written in the same transaction, so that the walk goes on after a crash. Returns whether there is more to do.
 */
export async function readStoredPosts(tx: WorkspaceTransaction, groups: Groups, now: Date): Promise<boolean> {
  const walk = await readWalk(tx)
  if (walk === null || (walk.done && walk.understood_by === UNDERSTANDING_VERSION)) return false
  const after = walk.understood_by === UNDERSTANDING_VERSION ? walk.after_post_id : null
  const { rows: places } = await sql<{ post_id: string }>`
    select post_id from post where workspace_id = ${tx.workspaceId} ${after ? sql`and post_id > ${after}` : sql``}
    order by post_id limit ${POSTS_AT_ONCE}`.execute(tx.sql)
  const ids = places.map((place) => place.post_id)
  const counts = new MentionChanges(now)
  const posts = await lockPosts(tx, ids)
  await writeRead(tx, posts)
  await writeGroups(tx, posts, groups, now)
  await recountMentions(tx, ids, counts)
  await counts.write(tx)
  const done = ids.length < POSTS_AT_ONCE
  await writeWalk(tx, ids.at(-1) ?? after, done)
  if (done) groups.forget(tx.workspaceId)
  return !done
}

/** Null: another process walks here at this moment. */
async function readWalk(tx: WorkspaceTransaction): Promise<Walk | null> {
  const { rows } = await sql<Walk>`
    insert into understanding_walk (workspace_id, understood_by, done) values (${tx.workspaceId}, ${UNDERSTANDING_VERSION}, false)
    on conflict do nothing returning understood_by, after_post_id, done`.execute(tx.sql)
  if (rows[0]) return rows[0]
  const known = await sql<Walk>`
    select understood_by, after_post_id, done from understanding_walk where workspace_id = ${tx.workspaceId}
    for update skip locked`.execute(tx.sql)
  return known.rows[0] ?? null
}

async function writeWalk(tx: WorkspaceTransaction, after: string | null, done: boolean): Promise<void> {
  await sql`update understanding_walk set understood_by = ${UNDERSTANDING_VERSION}, after_post_id = ${after}, done = ${done}
    where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
}

/** Oldest first, and of those held only what another model read, or none. */
async function lockPosts(tx: WorkspaceTransaction, postIds: string[]): Promise<StoredPost[]> {
  await holdPosts(tx, postIds)
  const { rows } = await sql<StoredPost>`
    select p.post_id, p.title, p.text, p.language, p.deleted_at is not null as deleted, p.direction = 'out' as ours, p.addressed, p.group_id,
      p.understood_by, p.sentiment, p.sentiment_probability, p.intent, p.offensive,
      array(select l.what from post_label l where l.workspace_id = p.workspace_id and l.post_id = p.post_id) as labelled
    from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${postIds}::uuid[])
      and (p.group_id is null or p.understood_by is distinct from ${UNDERSTANDING_VERSION})
    order by p.post_id`.execute(tx.sql)
  return rows
}

async function writeRead(tx: WorkspaceTransaction, posts: StoredPost[]): Promise<void> {
  const read = posts.flatMap((post) => (post.deleted || post.ours ? [] : [readAnew(post)]))
  if (read.length === 0) return
  await sql`
    update post p set sentiment = g.sentiment, sentiment_probability = g.probability, intent = g.intent,
      offensive = g.offensive, understood_by = ${UNDERSTANDING_VERSION}
    from unnest(${read.map((r) => r.postId)}::uuid[], ${read.map((r) => r.sentiment)}::text[],
      ${read.map((r) => r.probability)}::real[], ${read.map((r) => r.intent)}::text[],
      ${read.map((r) => r.offensive)}::boolean[]) as g(post_id, sentiment, probability, intent, offensive)
    where p.workspace_id = ${tx.workspaceId} and p.post_id = g.post_id`.execute(tx.sql)
}

/** A person's word stands; only the rest is the model's to say. */
function readAnew(post: StoredPost): Understanding & { postId: string } {
  const said = understandPost(post)
  const bySomebody = new Set(post.labelled)
  return {
    postId: post.post_id,
    sentiment: bySomebody.has('sentiment') ? post.sentiment : said.sentiment,
    probability: bySomebody.has('sentiment') ? post.sentiment_probability : said.probability,
    intent: bySomebody.has('intent') ? post.intent : intentSaid(said, post.addressed),
    offensive: bySomebody.has('offensive') ? post.offensive : said.offensive,
  }
}

async function writeGroups(tx: WorkspaceTransaction, posts: StoredPost[], groups: Groups, now: Date): Promise<void> {
  const alone = posts.filter((post) => post.group_id === null && !post.deleted)
  if (alone.length === 0) return
  const compared = alone.map((post) => ({
    postId: post.post_id,
    fingerprint: fingerprintOfPost(post),
  }))
  const groupOf = await groups.of(tx, compared, now)
  const grouped = compared.map(({ postId }) => ({ postId, groupId: groupOf.get(postId) as string }))
  await sql`
    update post p set group_id = g.group_id
    from unnest(${grouped.map((g) => g.postId)}::uuid[], ${grouped.map((g) => g.groupId)}::uuid[]) as g(post_id, group_id)
    where p.workspace_id = ${tx.workspaceId} and p.post_id = g.post_id`.execute(tx.sql)
}
