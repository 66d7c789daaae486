import { sql } from 'kysely'
import type { Connection, Connector, HeardItem, PostReference, Visibility } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { servicesOf } from '../platform/fence.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { holdPosts } from './holding.ts'
import { takeFromSource } from './intake.ts'
import { recordPosts } from './keep.ts'
import { connectorOf } from './networks.ts'
import { postKey } from './normalise.ts'
import { findPosts } from './post-rows.ts'
import { connectionOf, readSource, type SourceRow } from './source-rows.ts'
import { deletePosts } from './withdraw.ts'

/** What publishing needs of sources and posts, so that what we say is a post like any other. */
export interface SpeakingAccount {
  connector: Connector
  connection: Connection
  name: string
  state: SourceRow['state']
  ownAuthorId: string | null
}

export interface OwnPost {
  sourceId: string
  authorId: string
  network: string
  externalId: string
  reference: string | null
  url: string | null
  text: string
  language: string | null
  publishedAt: Date
  parent: PostReference | null
  root: PostReference | null
  visibility: Visibility
  title: string | null
}

/** Null: no such source, it was removed, or its network is switched off. */
export async function accountOf(
  services: Services,
  tx: WorkspaceTransaction,
  sourceId: string,
): Promise<SpeakingAccount | null> {
  const row = await readSource(tx, sourceId).catch(() => null)
  const connector = row && connectorOf(await servicesOf(services, tx.workspaceId, tx.sql), row.network)
  if (!row || !connector) return null
  const { name, state, own_author_id: ownAuthorId } = row
  return { connector, connection: connectionOf(services.secrets, row), name, state, ownAuthorId }
}

/** Takes in what was read beside the polls (a thread before an answer is sent), in transactions of its own. */
export async function hear(
  services: Services,
  workspaceId: string,
  sourceId: string,
  items: HeardItem[],
): Promise<void> {
  if (items.length === 0) return
  await takeFromSource(services, items, { workspaceId, sourceId, name: '', keepsEverything: true, tellsEdits: false })
}

/** Stores a post of ours that the network has confirmed, or finds its echo that was heard before. Returns its id. */
export async function rememberOwnPost(services: Services, tx: WorkspaceTransaction, post: OwnPost): Promise<string> {
  const author = await tx.sql
    .selectFrom('author')
    .select('scope')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', post.authorId)
    .executeTakeFirstOrThrow()
  const place = { network: post.network, scope: author.scope, externalId: post.externalId }
  const { rows } = await sql<{ post_id: string }>`
    insert into post (workspace_id, post_id, network, scope, external_id, reference, source_id, author_id, direction, text,
      language, url, published_at, heard_at, content_hash, parent_external_id, parent_reference, root_external_id,
      root_reference, kept_because, visibility, title)
    values (${tx.workspaceId}, ${newId()}, ${place.network}, ${place.scope}, ${place.externalId}, ${post.reference},
      ${post.sourceId}, ${post.authorId}, 'out', ${post.text}, ${post.language}, ${post.url}, ${post.publishedAt},
      ${services.clock.now()}, '', ${post.parent?.externalId ?? null}, ${post.parent?.reference ?? null},
      ${post.root?.externalId ?? null}, ${post.root?.reference ?? null}, 'conversation', ${post.visibility},
      ${post.title})
    on conflict (workspace_id, network, scope, external_id) do nothing
    returning post_id`.execute(tx.sql)
  const [stored] = rows
  if (stored) {
    recordPosts(tx, 'posts.heard', [stored.post_id], { origin: 'delivery', matched: 0, addressed: 0 })
    return stored.post_id
  }
  const known = (await findPosts(tx, [place])).get(postKey(place))
  if (!known) throw new Error('our own post was neither stored nor found')
  return known.postId
}

/** Leaves a tombstone of a post of ours that was taken off the network. */
export async function forgetOwnPost(services: Services, tx: WorkspaceTransaction, postId: string): Promise<void> {
  const row = await tx.sql
    .selectFrom('post')
    .select(['network', 'scope', 'external_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  if (!row) return
  await deletePosts(tx, [
    { network: row.network, scope: row.scope, externalId: row.external_id, at: services.clock.now() },
  ])
}

/** A reason to keep posts beyond the short retention. A conversation stands above a label, which may end. */
export async function keepPosts(
  tx: WorkspaceTransaction,
  postIds: string[],
  because: 'conversation' | 'label',
): Promise<void> {
  if (postIds.length === 0) return
  await holdPosts(tx, postIds)
  await sql`update post set kept_because = ${because} where workspace_id = ${tx.workspaceId}
    and post_id = any(${postIds}::uuid[]) and (kept_because is null
      or (kept_because = 'label' and ${because} = 'conversation'))`.execute(tx.sql)
}
