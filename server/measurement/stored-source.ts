/** Stored posts as an audit reads them, from pages that the process with the database brings. */
import type { AuditPost, AuditSource } from './audit-post.ts'

export const POSTS_AT_ONCE = 2_000

/** A stored post as it is read for an audit, and as it is handed to the thread that counts. */
export interface StoredRow {
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

/** Where a page ends. */
export interface StoredPlace {
  at: Date
  postId: string
}

/** The next rows, oldest first; fewer than POSTS_AT_ONCE: there are no more. */
export type StoredPages = (after: StoredPlace | null) => Promise<StoredRow[]>

export function storedSource(pages: StoredPages): AuditSource {
  return {
    async *read(signal) {
      let last: StoredPlace | null = null
      for (;;) {
        signal?.throwIfAborted()
        const rows: StoredRow[] = await pages(last)
        for (const row of rows) yield { kind: 'post', post: postOf(row) }
        const end: StoredRow | undefined = rows.at(-1)
        if (!end || rows.length < POSTS_AT_ONCE) return
        last = { at: end.published_at, postId: end.post_id }
      }
    },
  }
}

function postOf(row: StoredRow): AuditPost {
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
