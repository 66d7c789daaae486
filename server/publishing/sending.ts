/**
 * One step of one delivery. The order of things is what makes an answer go out exactly once:
 *
 *   queued   read the thread again, take in what is new, then in ONE transaction: is it still queued and ours, does the
 *            guard still agree (nobody spoke since) -> `sending`, payload and time frozen. Only then is the network called.
 *   sending  a row whose lease ran out: its worker died somewhere between that commit and the network's answer. Nobody
 *            knows what happened, so it is treated as `unknown`.
 *   unknown  look at the network under the frozen key. There: sent. Not there: back to `queued`, to go out under the
 *            same key, which the network takes once. Where one cannot look, a person decides.
 *
 * A worker is fenced by its lease token: what it says of a failure counts only while it holds the row; that a post
 * stands on the network is true whoever says it.
 */
import type { DeliveryFailure } from '../../contract/publishing.ts'
import type { Failure, Outcome, OutgoingPost, PublishedPost } from '../connectors/index.ts'
import { noteFailure, type SpeakingAccount } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'
import { attachmentsOf, type DeliveryRow, loadDelivery, type Payload } from './delivery.ts'
import { look } from './looking.ts'
import { inTransaction, type Outbox, type Taken, whileHeld } from './outbox.ts'
import { nextTry, renewLease, settleFrozen, settleLater, settleRefused, settleUnknown } from './outcome.ts'
import { prepare } from './preparing.ts'
import { settlePublished } from './published.ts'
import { isAsJudged } from './queue.ts'

export async function advance(outbox: Outbox, taken: Taken): Promise<void> {
  const row = await inTransaction(outbox, taken, (tx) => loadDelivery(tx, taken.deliveryId))
  if (row?.lease_token !== taken.leaseToken) return
  if (row.state === 'queued') await send(outbox, taken, row)
  else if (row.state === 'sending' || row.state === 'unknown') await look(outbox, taken, row)
}

async function send(outbox: Outbox, taken: Taken, row: DeliveryRow): Promise<void> {
  const { services, guard, limits } = outbox
  const turn = await inTransaction(outbox, taken, (tx) => guard.turn(tx, taken.deliveryId))
  if (turn === 'earlier-answer' || turn === 'newer-post')
    return whileHeld(outbox, taken, (tx, held) => settleRefused(tx, held, turn))
  if (turn === 'wait') {
    const dueAt = new Date(services.clock.now().getTime() + limits.waitMs)
    return whileHeld(outbox, taken, (tx, held) => settleLater(tx, held, dueAt, null))
  }
  if (turn === 'frozen') return whileHeld(outbox, taken, (tx, held) => settleFrozen(tx, held, askAgainAt(outbox)))
  const prepared = await prepare(outbox, taken, row)
  if ('later' in prepared) return whileHeld(outbox, taken, (tx, held) => postpone(tx, held, prepared, outbox))
  if ('refused' in prepared)
    return whileHeld(outbox, taken, (tx, held) => settleRefused(tx, held, prepared.refused, prepared.detail))
  const { account } = prepared
  const frozen = await whileHeld(outbox, taken, (tx, held) => freeze(outbox, tx, held, taken, prepared.payload))
  if (!frozen) return
  const post: OutgoingPost = {
    ...frozen.payload,
    media: prepared.media,
    networkKey: row.network_key,
    createdAt: frozen.at,
  }
  const outcome = await publish(account, post, limits.publishTimeoutMs, services)
  if (outcome.ok) return settlePublished(outbox, taken, account, outcome.value, 'network')
  await settleFailed(outbox, taken, outcome.failure)
}

const askAgainAt = ({ services, limits }: Outbox): Date => new Date(services.clock.now().getTime() + limits.frozenMs)

/** The compare-and-set: from here on the delivery is on its way. Undefined: it is not to be sent now. */
async function freeze(
  outbox: Outbox,
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  taken: Taken,
  payload: Payload,
): Promise<{ payload: Payload; at: Date } | undefined> {
  if (row.state !== 'queued') return undefined
  const { services, guard, limits } = outbox
  if (!(await isAsJudged(tx, row, attachmentsOf(row)))) {
    await settleRefused(tx, row, 'policy')
    return undefined
  }
  const verdict = await guard.truth(services, tx, row.delivery_id)
  if (verdict === 'frozen') {
    await settleFrozen(tx, row, askAgainAt(outbox))
    return undefined
  }
  if (verdict !== 'go') {
    await settleRefused(tx, row, verdict)
    return undefined
  }
  await renewLease(tx, row.delivery_id, taken.leaseToken, limits.leaseSeconds)
  const at = row.frozen_at ?? services.clock.now()
  const kept = (row.payload as Payload | null) ?? payload
  await tx.sql
    .updateTable('delivery')
    .set({ state: 'sending', payload: JSON.stringify(kept), frozen_at: at, attempts: row.attempts + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', row.delivery_id)
    .execute()
  return { payload: kept, at }
}

/** A call that hangs is ended; whether the network took the post is then unknown. */
async function publish(
  account: SpeakingAccount,
  post: OutgoingPost,
  timeoutMs: number,
  services: Services,
): Promise<Outcome<PublishedPost>> {
  const { connector, connection } = account
  if (!connector.publish)
    return { ok: false, failure: { name: 'refused', detail: 'this network cannot be written to' } }
  try {
    return await connector.publish(connection, post, AbortSignal.timeout(timeoutMs))
  } catch (error) {
    // A bug of ours, after which nobody knows whether the request left the house.
    services.log.error({ err: error }, 'publishing failed')
    return { ok: false, failure: { name: 'upstream', detail: error instanceof Error ? error.name : 'error' } }
  }
}

const DEFINITE = new Set<Failure['name']>(['refused', 'gone', 'forbidden-address', 'credentials-expired'])

async function settleFailed(outbox: Outbox, taken: Taken, failure: Failure): Promise<void> {
  const { services } = outbox
  const now = services.clock.now()
  await whileHeld(outbox, taken, async (tx, row) => {
    // The echo was faster than the network's failure.
    if (row.state !== 'sending') return
    if (failure.name === 'credentials-expired') await noteFailure(services, tx, row.source_id, failure)
    if (failure.name === 'rate-limited')
      await settleLater(tx, row, failure.until, { failure: 'rate-limited', detail: failure.detail, since: now })
    else if (DEFINITE.has(failure.name)) await settleRefused(tx, row, failure.name, failure.detail)
    else await settleUnknown(tx, row, 'lost-answer', failure.detail, nextTry(row, now), now)
  })
}

/** Not sent now for a reason of the network; given up when it lasts too long, so that a person sees it. */
async function postpone(
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  { later, detail, until }: { later: DeliveryFailure; detail: string; until: Date | null },
  { services, limits }: Outbox,
): Promise<void> {
  const now = services.clock.now()
  const lasted = row.troubled_since ? now.getTime() - row.troubled_since.getTime() : 0
  if (until === null && lasted > limits.troubleMsMax) return settleRefused(tx, row, later, detail)
  await settleLater(tx, row, until ?? nextTry(row, now), { failure: later, detail, since: now })
}
