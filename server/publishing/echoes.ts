import { connectorOf } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import { type DeliveryRow, lockDelivery } from './delivery.ts'
import { settleSent } from './outcome.ts'

/** An echo comes within seconds; a network that was away for long may bring it late. */
const ECHO_DAYS_MAX = 7
const UNHEARD_MAX = 2_000

/** A post of ours as it was heard from the network. */
export interface HeardOwnPost {
  postId: string
  network: string
  externalId: string
  reference: string | null
  url: string | null
}

/**
 * Finds which posts of ours, heard from the network, were sent from here, and joins them with their deliveries: by the
 * network's id, or by the frozen key when the echo is faster than the network's answer. Safe to call again and from
 * several subscribers. Returns delivery ids by post id; a post that is missing was written in the network's own app.
 */
export async function joinEchoes(
  services: Services,
  tx: WorkspaceTransaction,
  posts: HeardOwnPost[],
): Promise<Map<string, string>> {
  if (posts.length === 0) return new Map()
  const known = await deliveriesOf(tx, posts)
  const joined = new Map<string, string>()
  const unjoined: [HeardOwnPost, DeliveryRow][] = []
  for (const post of posts) {
    const row =
      known.find((one) => one.post_id === post.postId) ??
      known.find((one) => one.network === post.network && one.external_id === post.externalId)
    if (row?.post_id) joined.set(post.postId, row.delivery_id)
    else if (row) unjoined.push([post, row])
  }
  unjoined.push(
    ...(await matchByKey(
      services,
      tx,
      posts.filter((post) => !isFound(post, joined, unjoined)),
    )),
  )
  for (const [post, { delivery_id }] of unjoined) {
    const row = await lockDelivery(tx, delivery_id)
    await settleSent(tx, row, post, post.postId, 'echo', services.clock.now())
    joined.set(post.postId, delivery_id)
  }
  return joined
}

const isFound = (post: HeardOwnPost, joined: Map<string, string>, unjoined: [HeardOwnPost, DeliveryRow][]): boolean =>
  joined.has(post.postId) || unjoined.some(([one]) => one.postId === post.postId)

/** Served by delivery_post and delivery_external. */
async function deliveriesOf(tx: WorkspaceTransaction, posts: HeardOwnPost[]): Promise<DeliveryRow[]> {
  const byPost = tx.sql
    .selectFrom('delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'post_id',
      'in',
      posts.map(({ postId }) => postId),
    )
  const byExternalId = tx.sql
    .selectFrom('delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('network', 'in', [...new Set(posts.map(({ network }) => network))])
    .where(
      'external_id',
      'in',
      posts.map(({ externalId }) => externalId),
    )
  return [...(await byPost.execute()), ...(await byExternalId.execute())]
}

/** Served by delivery_unheard. Also deliveries that were given up: what stands on the network stands there. */
async function matchByKey(
  services: Services,
  tx: WorkspaceTransaction,
  posts: HeardOwnPost[],
): Promise<[HeardOwnPost, DeliveryRow][]> {
  if (posts.length === 0) return []
  const since = new Date(services.clock.now().getTime() - ECHO_DAYS_MAX * 86_400_000)
  const unheard = await tx.sql
    .selectFrom('delivery')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('network', 'in', [...new Set(posts.map(({ network }) => network))])
    .where('post_id', 'is', null)
    .where('created_at', '>', since)
    .where('attempts', '>', 0)
    .orderBy('created_at', 'desc')
    .limit(UNHEARD_MAX)
    .execute()
  return posts.flatMap((post): [HeardOwnPost, DeliveryRow][] => {
    const connector = connectorOf(services, post.network)
    const row = unheard.find(
      (one) => one.network === post.network && connector?.isEchoOf?.(one.network_key, post.externalId),
    )
    return row ? [[post, row]] : []
  })
}
