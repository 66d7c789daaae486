import type { Connector, Outcome } from '../connectors/index.ts'
import { accountOf, noteFailure } from '../listening/index.ts'
import type { DeliveryRow } from './delivery.ts'
import { inTransaction, type Outbox, type Taken, whileHeld } from './outbox.ts'
import { nextTry, settleLater, settleUnknown } from './outcome.ts'
import { settlePublished } from './published.ts'

/** What was looked for, not found and sent again for so long is shown to a person, who may know more. */
const SENDING_AGAIN_MS_MAX = 3_600_000
/** As long as a network cannot be asked, a person may be quicker. */
const LOOKING_MS_MAX = 24 * 3_600_000

/** Doubt: ask the network for the frozen key before anything is tried again. */
export async function look(outbox: Outbox, taken: Taken, row: DeliveryRow): Promise<void> {
  const { services } = outbox
  const account = await inTransaction(outbox, taken, (tx) => accountOf(services, tx, row.source_id))
  const find = account && mayBeFound(account.connector, row) ? account.connector.findByKey : undefined
  if (!account || !find) return leaveToPerson(outbox, taken)
  const found = await find.call(
    account.connector,
    account.connection,
    row.network_key,
    AbortSignal.timeout(outbox.limits.readTimeoutMs),
  )
  const stands = found.ok ? found.value : null
  if (stands === 'undecidable') return leaveToPerson(outbox, taken)
  if (stands) return settlePublished(outbox, taken, account, stands, 'look')
  await whileHeld(outbox, taken, async (tx, held) => {
    if (held.state !== 'sending' && held.state !== 'unknown') return
    const now = services.clock.now()
    if (!found.ok) {
      if (found.failure.name === 'credentials-expired') await noteFailure(services, tx, held.source_id, found.failure)
      return settleUnknown(tx, held, 'lost-answer', found.failure.detail, lookAgainAt(found, held, now), now)
    }
    if (held.troubled_since && now.getTime() - held.troubled_since.getTime() > SENDING_AGAIN_MS_MAX)
      return settleUnknown(tx, held, 'lost-answer', `not found after ${held.attempts} attempts`, null, now)
    // Certainly not there now, but a slow request may still arrive: it will find its key taken by the next one.
    await settleLater(tx, { ...held, troubled_since: held.troubled_since ?? now }, nextTry(held, now), {
      failure: 'lost-answer',
      detail: 'looked for and not found',
      since: now,
    })
    await tx.sql
      .updateTable('delivery')
      .set({ doubted: true })
      .where('workspace_id', '=', tx.workspaceId)
      .where('delivery_id', '=', held.delivery_id)
      .execute()
  })
}

/** A network that finds posts by their key need not find messages. */
const mayBeFound = ({ capabilities }: Connector, { visibility }: DeliveryRow): boolean =>
  visibility === 'private' ? (capabilities.private?.findsByKey ?? false) : capabilities.findsByKey

async function leaveToPerson(outbox: Outbox, taken: Taken): Promise<void> {
  await whileHeld(outbox, taken, (tx, held) =>
    settleUnknown(tx, held, 'lost-answer', 'this network cannot be asked', null, outbox.services.clock.now()),
  )
}

function lookAgainAt(found: Outcome<unknown>, row: DeliveryRow, now: Date): Date | null {
  if (!found.ok && found.failure.name === 'rate-limited') return found.failure.until
  const since = row.troubled_since ?? now
  return now.getTime() - since.getTime() > LOOKING_MS_MAX ? null : nextTry(row, now)
}
