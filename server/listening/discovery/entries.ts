import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { KeepOptions, NewlyStored } from '../newly-stored.ts'
import type { StoredPost } from '../stored-posts.ts'
import { countInto, type Said } from './said.ts'
import { emptyTally, SECTIONS, type Tally, writeCounts } from './tally.ts'

/** The topic that holds all posts, as in daily_count. */
export const EVERY_TOPIC = '00000000-0000-0000-0000-000000000000'
export const HOUR_MS = 3_600_000
/** Four weeks to compare with, and the week that is compared. Older posts, as imports bring them, are not counted. */
export const COUNTED_DAYS = 35

interface CountedTopic {
  topicId: string
  version: number
}

interface Counted extends Said {
  publishedAt: Date
  topics: readonly CountedTopic[]
}

/** What intake stored: in its topics and in everything. What we say ourselves is no news to us. */
export async function countStored(
  tx: WorkspaceTransaction,
  posts: readonly NewlyStored[],
  { heardAt }: Pick<KeepOptions, 'heardAt'>,
): Promise<void> {
  const heard = posts.filter(({ row }) => row.direction === 'in' && row.post.visibility === 'public')
  await writeEntries(tx, heard.map(countedOf), { removes: false, now: heardAt })
}

function countedOf({ candidate: { post, topics }, row }: NewlyStored): Counted {
  const { title, text, language, links, network, scope, publishedAt } = post
  return {
    ...{ title, text, language, links, network, scope, publishedAt },
    rootExternalId: (post.root ?? post.parent)?.externalId ?? null,
    groupId: row.groupId === row.postId ? null : row.groupId,
    authorId: row.authorId,
    followers: post.author.followers,
    topics: [...topics, { topicId: EVERY_TOPIC, version: 0 }],
  }
}

/** What a look-back found: in its topic alone, because everything has counted it when it came. */
export async function countFound(tx: WorkspaceTransaction, found: StoredPost[], topic: CountedTopic, now: Date) {
  const heard = found.filter(({ row }) => row.direction === 'in')
  await writeEntries(
    tx,
    heard.map(({ row }) => ({ ...saidIn(row), topics: [topic] })),
    { removes: false, now },
  )
}

/** A stored post as it can be counted, with the topics that it is counted in. */
export type CountedPost = Counted

interface StoredRow {
  post_id: string
  title: string | null
  text: string
  language: string | null
  links: string[]
  network: string
  scope: string
  root_external_id: string | null
  parent_external_id: string | null
  group_id: string | null
  author_id: string
  published_at: Date
}

const saidIn = (row: StoredRow): Said & { publishedAt: Date } => ({
  title: row.title,
  text: row.text,
  language: row.language,
  links: row.links,
  network: row.network,
  scope: row.scope,
  rootExternalId: row.root_external_id ?? row.parent_external_id,
  groupId: row.group_id === row.post_id ? null : row.group_id,
  authorId: row.author_id,
  followers: null,
  publishedAt: row.published_at,
})

/**
 * What stored posts are counted as: asked before and after an edit, and before a deletion empties them. Tombstones and what
 * we said are counted nowhere, nor what was said to us alone.
 */
export async function countedPosts(tx: WorkspaceTransaction, postIds: readonly string[]): Promise<CountedPost[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<StoredRow & { topics: CountedTopic[] }>`
    select p.post_id, p.title, p.text, p.language, p.links, p.network, p.scope, p.root_external_id, p.parent_external_id,
      p.group_id, p.author_id, p.published_at,
      coalesce((select jsonb_agg(jsonb_build_object('topicId', m.topic_id, 'version', m.topic_version)) from mention m
        where m.workspace_id = p.workspace_id and m.post_id = p.post_id), '[]') as topics
    from post p where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${[...postIds]}::uuid[])
      and p.direction = 'in' and p.visibility = 'public' and p.deleted_at is null`.execute(tx.sql)
  return rows.map((row) => ({ ...saidIn(row), topics: [...row.topics, { topicId: EVERY_TOPIC, version: 0 }] }))
}

export const count = (tx: WorkspaceTransaction, posts: readonly CountedPost[], now: Date): Promise<void> =>
  writeEntries(tx, posts, { removes: false, now })

/** What was deleted upstream, or edited, is taken out of every count that it is in. */
export const uncount = (tx: WorkspaceTransaction, posts: readonly CountedPost[], now: Date): Promise<void> =>
  writeEntries(tx, posts, { removes: true, now })

interface Entry extends CountedTopic {
  hour: number
  tally: Tally
}

/** One row for each topic and hour of the batch, in one statement. */
async function writeEntries(
  tx: WorkspaceTransaction,
  posts: readonly Counted[],
  { removes, now }: { removes: boolean; now: Date },
): Promise<void> {
  const since = now.getTime() - COUNTED_DAYS * 24 * HOUR_MS
  const entries = entriesOf(posts.filter(({ publishedAt }) => publishedAt.getTime() >= since))
  if (entries.length === 0) return
  const [terms, links, threads, waves, voices] = SECTIONS.map((section) =>
    entries.map(({ tally }) => writeCounts(tally.sections[section])),
  )
  await sql`
    insert into tally_entry (workspace_id, entry_id, topic_id, topic_version, hour, removes, posts, terms, links, threads,
      waves, voices)
    select ${tx.workspaceId}, entry_id, topic_id, topic_version, hour, ${removes}, posts, terms, links, threads, waves, voices
    from unnest(${entries.map(() => newId())}::uuid[], ${entries.map(({ topicId }) => topicId)}::uuid[],
      ${entries.map(({ version }) => version)}::int[], ${entries.map(({ hour }) => new Date(hour))}::timestamptz[],
      ${entries.map(({ tally }) => tally.posts)}::int[], ${terms}::text[], ${links}::text[], ${threads}::text[],
      ${waves}::text[], ${voices}::text[])
    as g(entry_id, topic_id, topic_version, hour, posts, terms, links, threads, waves, voices)`.execute(tx.sql)
}

export function entriesOf(posts: readonly Counted[]): Entry[] {
  const entries = new Map<string, Entry>()
  for (const post of posts) {
    const hour = Math.floor(post.publishedAt.getTime() / HOUR_MS) * HOUR_MS
    const tallies = post.topics.map(({ topicId, version }) => {
      const key = `${topicId} ${version} ${hour}`
      const known = entries.get(key)
      if (known) return known.tally
      const made = { topicId, version, hour, tally: emptyTally() }
      entries.set(key, made)
      return made.tally
    })
    countInto(tallies, post)
  }
  return [...entries.values()]
}
