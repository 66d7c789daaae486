import type { PublishedPost } from '../connectors/index.ts'
import { rememberOwnPost, type SpeakingAccount } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import { type DeliveryRow, lockDelivery, type Payload } from './delivery.ts'
import { inTransaction, type Outbox, type Taken } from './outbox.ts'
import { settleSent } from './outcome.ts'

/**
 * The network confirmed it: our post is stored (or its echo found) and the delivery is sent, in one transaction. Needs
 * no lease: that it stands there is true whoever learns it, and however late.
 */
export async function settlePublished(
  outbox: Outbox,
  taken: Taken,
  account: SpeakingAccount,
  published: PublishedPost,
  toldBy: 'network' | 'look',
): Promise<void> {
  const { services } = outbox
  await inTransaction(outbox, taken, async (tx) => {
    const row = await lockDelivery(tx, taken.deliveryId)
    const postId = row.post_id ?? (await storePost(services, tx, row, account, published))
    await settleSent(tx, row, published, postId, toldBy, services.clock.now())
  })
}

async function storePost(
  services: Services,
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  { ownAuthorId }: SpeakingAccount,
  { externalId, reference, url, root }: PublishedPost,
): Promise<string | null> {
  if (!ownAuthorId) return null
  const payload = row.payload as Payload | null
  return rememberOwnPost(services, tx, {
    sourceId: row.source_id,
    authorId: ownAuthorId,
    network: row.network,
    externalId,
    reference,
    url,
    text: row.text,
    language: row.language,
    publishedAt: row.frozen_at ?? services.clock.now(),
    parent: payload?.parent ?? null,
    root: payload?.root ?? root ?? null,
    visibility: row.visibility,
    title: payload?.title ?? null,
  })
}
