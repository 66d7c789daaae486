import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import { readEvent } from '../platform/event-log.ts'
import type { Services } from '../platform/services.ts'
import { postWebhook } from '../platform/webhook.ts'
import { messageOf } from './message.ts'
import { lockWebhook, secretContext } from './webhooks.ts'

/**
 * A message once more, for a receiver that lost it: under the same id, so that one that did not lose it can tell. It moves
 * nothing of the webhook's turn; what waits for its turn is refused, since it would come twice for no reason.
 */
export async function resendMessage(
  inWorkspace: <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>,
  services: Services,
  { webhookId, eventId }: { webhookId: string; eventId: string },
): Promise<{ ok: boolean; status: number | null; failure: string | null }> {
  const { url, secret, body } = await inWorkspace(async (tx) => {
    const webhook = await lockWebhook(tx, webhookId)
    const { rows } = await sql<{ state: string }>`
      select state from webhook_delivery where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId}
        and event_id = ${eventId}`.execute(tx.sql)
    const event = rows[0] ? await readEvent(tx, eventId) : null
    if (!event) throw new NotFound('delivery-unknown')
    if (rows[0]?.state === 'waiting') throw new Conflict('delivery-waits')
    return {
      url: webhook.url,
      secret: services.secrets.decrypt(webhook.secret, secretContext(tx.workspaceId, webhookId)),
      body: messageOf(tx.workspaceId, event),
    }
  })
  const outcome = await postWebhook(services, { url, secret, messageId: eventId, body })
  const failure = outcome.ok ? null : outcome.failure
  await inWorkspace((tx) =>
    sql`update webhook_delivery set attempts = attempts + 1, status = ${outcome.status}, failure = ${failure},
        state = case when ${outcome.ok} then 'sent' else state end, last_at = clock_timestamp()
      where workspace_id = ${tx.workspaceId} and webhook_id = ${webhookId} and event_id = ${eventId}
        and state <> 'waiting'`.execute(tx.sql),
  )
  return { ok: outcome.ok, status: outcome.status, failure }
}
