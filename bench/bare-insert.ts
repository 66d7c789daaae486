import { sql } from 'kysely'
import type { HeardPost } from '../server/connectors/index.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'

const TOPIC = '00000000-0000-7000-8000-000000000000'

/** The yardstick: the same rows into author, author_handle, post, mention and event, one insert each, and nothing else. */
export async function insertBare(services: Services, workspaceId: string, posts: HeardPost[]): Promise<void> {
  const now = new Date()
  const authors = [...new Map(posts.map(({ author }) => [author.networkId, author])).values()]
  await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const { rows } = await sql<{ author_id: string; network_id: string }>`
      insert into author as a (workspace_id, author_id, network, network_id, handle, name, handle_key, name_key, avatar_url, url,
        followers, first_heard_at, last_heard_at)
      select ${workspaceId}, id, network, network_id, handle, name, handle, name, avatar_url, url, followers, ${now}, ${now}
      from unnest(${authors.map(newId)}::uuid[], ${authors.map((a) => a.network)}::text[], ${authors.map((a) => a.networkId)}::text[],
        ${authors.map((a) => a.handle)}::text[], ${authors.map((a) => a.name)}::text[], ${authors.map((a) => a.avatarUrl)}::text[],
        ${authors.map((a) => a.url)}::text[], ${authors.map((a) => a.followers)}::bigint[])
        as g(id, network, network_id, handle, name, avatar_url, url, followers)
      on conflict (workspace_id, network, scope, network_id) do update set handle = excluded.handle
      returning author_id, network_id`.execute(tx.sql)
    const authorOf = new Map(rows.map((row) => [row.network_id, row.author_id]))
    await sql`
      insert into author_handle (workspace_id, author_id, handle, seen_from)
      select ${workspaceId}, *, ${now} from unnest(${rows.map((r) => r.author_id)}::uuid[], ${rows.map((r) => r.network_id)}::text[])
      on conflict do nothing`.execute(tx.sql)
    const ids = posts.map(newId)
    await sql`
      insert into post (workspace_id, post_id, network, external_id, reference, author_id, text, language, url, site,
        published_at, heard_at, content_hash)
      select ${workspaceId}, id, network, external_id, reference, author_id, text, language, url, site, published_at, ${now}, external_id
      from unnest(${ids}::uuid[], ${posts.map((p) => p.network)}::text[], ${posts.map((p) => p.externalId)}::text[],
        ${posts.map((p) => p.reference)}::text[], ${posts.map((p) => authorOf.get(p.author.networkId))}::uuid[],
        ${posts.map((p) => p.text)}::text[], ${posts.map((p) => p.language)}::text[], ${posts.map((p) => p.url)}::text[],
        ${posts.map((p) => p.site)}::text[], ${posts.map((p) => p.publishedAt)}::timestamptz[])
        as g(id, network, external_id, reference, author_id, text, language, url, site, published_at)
      on conflict (workspace_id, network, scope, external_id) do nothing`.execute(tx.sql)
    await sql`
      insert into mention (workspace_id, topic_id, post_id, topic_version, published_at)
      select ${workspaceId}, ${TOPIC}, id, 1, published_at
      from unnest(${ids}::uuid[], ${posts.map((p) => p.publishedAt)}::timestamptz[]) as g(id, published_at)
      on conflict do nothing`.execute(tx.sql)
    tx.record({ type: 'posts.heard', subjects: { posts: ids } })
  })
}
