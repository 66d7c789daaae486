import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { AuditPost, AuditSource } from './audit-post.ts'

const POSTS_AT_ONCE = 2_000

export interface StoredChoice {
  topicId?: string | undefined
  from?: Date | undefined
  until?: Date | undefined
}

interface Row {
  post_id: string
  author_id: string
  network: string
  scope: string
  external_id: string
  parent_external_id: string | null
  direction: string
  title: string | null
  text: string
  language: string | null
  url: string | null
  site: string | null
  published_at: Date
  media: unknown
  links: string[]
  mentions: string[]
  handle: string | null
  name: string | null
  network_id: string
  followers: string | null
  own: boolean
}

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

/** Stored posts heard before `asOf`, oldest first, in short transactions. Tombstones have nothing to tell. */
export function storedSource(inWorkspace: InWorkspace, choice: StoredChoice, asOf: Date): AuditSource {
  return {
    async *read(signal) {
      let last: { at: Date; postId: string } | null = null
      for (;;) {
        signal?.throwIfAborted()
        const after: typeof last = last
        const rows: Row[] = await inWorkspace((tx) => readPage(tx, choice, asOf, after))
        for (const row of rows) yield { kind: 'post', post: postOf(row) }
        const end: Row | undefined = rows.at(-1)
        if (!end || rows.length < POSTS_AT_ONCE) return
        last = { at: end.published_at, postId: end.post_id }
      }
    },
  }
}

/** Served by post_published, or by mention_topic where a topic is chosen. */
async function readPage(
  tx: WorkspaceTransaction,
  { topicId, from, until }: StoredChoice,
  asOf: Date,
  after: { at: Date; postId: string } | null,
): Promise<Row[]> {
  const driver = topicId ? sql`m` : sql`p`
  const { rows } = await sql<Row>`
    select p.post_id, p.author_id, p.network, p.scope, p.external_id, p.parent_external_id, p.direction, p.title, p.text,
      p.language, p.url, p.site, p.published_at, p.media, p.links, p.mentions,
      a.handle, a.name, a.network_id, a.followers::text as followers, a.own
    from ${
      topicId ? sql`mention m join post p on p.workspace_id = m.workspace_id and p.post_id = m.post_id` : sql`post p`
    } join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where p.workspace_id = ${tx.workspaceId} and p.deleted_at is null and p.heard_at <= ${asOf}
      ${topicId ? sql`and m.workspace_id = ${tx.workspaceId} and m.topic_id = ${topicId} and m.state <> 'rejected'` : sql``}
      ${from ? sql`and ${driver}.published_at >= ${from}` : sql``}
      ${until ? sql`and ${driver}.published_at < ${until}` : sql``}
      ${after ? sql`and (${driver}.published_at, ${driver}.post_id) > (${after.at}, ${after.postId}::uuid)` : sql``}
    order by ${driver}.published_at, ${driver}.post_id limit ${POSTS_AT_ONCE}`.execute(tx.sql)
  return rows
}

function postOf(row: Row): AuditPost {
  const key = (id: string) => `${row.network}\n${row.scope}\n${id}`
  return {
    key: key(row.external_id),
    parentKey: row.parent_external_id === null ? null : key(row.parent_external_id),
    authorKey: key(row.network_id),
    ours: row.own || row.direction === 'out',
    postId: row.post_id,
    authorId: row.author_id,
    title: row.title,
    text: row.text,
    language: row.language,
    network: row.network,
    scope: row.scope,
    site: row.site,
    url: row.url,
    publishedAt: row.published_at,
    author: {
      handle: row.handle,
      name: row.name,
      followers: row.followers === null ? null : Number(row.followers),
      networkId: row.network_id,
    },
    isReply: row.parent_external_id !== null,
    hasMedia: Array.isArray(row.media) && row.media.length > 0,
    links: row.links,
    mentions: row.mentions,
    sourceName: null,
  }
}
