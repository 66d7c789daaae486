import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Outbox, Taken } from './outbox.ts'
import { advance } from './sending.ts'

/** Deliveries on their way at once in one process. */
const AT_ONCE = 8
const POLL_MS = 250
const OUTAGE_PAUSE_MS = 2_000

/** Takes what is due until the signal aborts, and waits for what is on its way. Any number of processes may run it. */
export async function runOutbox(outbox: Outbox, signal: AbortSignal): Promise<void> {
  const { log } = outbox.services
  const onTheWay = new Set<Promise<void>>()
  while (!signal.aborted) {
    try {
      for (const taken of await takeDue(outbox, AT_ONCE - onTheWay.size)) {
        const work: Promise<void> = advance(outbox, taken)
          .catch((error: unknown) => {
            // The row keeps its lease: when it runs out, the delivery is looked at again.
            log.error({ err: error, deliveryId: taken.deliveryId }, 'delivery step failed')
          })
          .finally(() => onTheWay.delete(work))
        onTheWay.add(work)
      }
    } catch (error) {
      log.error({ err: error }, 'could not take deliveries')
      await delay(OUTAGE_PAUSE_MS, undefined, { signal }).catch(() => {})
    }
    const pause = delay(POLL_MS, undefined, { signal }).catch(() => {})
    await (onTheWay.size >= AT_ONCE ? Promise.race([pause, ...onTheWay]) : pause)
  }
  await Promise.all(onTheWay)
}

/** One round, for tests and commands: everything that is due now, to its next state. Returns how many there were. */
export async function advanceDue(outbox: Outbox): Promise<number> {
  const taken = await takeDue(outbox, 100)
  await Promise.all(taken.map((one) => advance(outbox, one)))
  return taken.length
}

async function takeDue({ services, limits }: Outbox, atMost: number): Promise<Taken[]> {
  if (atMost <= 0) return []
  const { rows } = await sql<{ workspace_id: string; delivery_id: string; lease_token: string }>`
    select * from system.take_due_deliveries(${limits.leaseSeconds}, ${atMost})`.execute(services.database.system)
  return rows.map((row) => ({
    workspaceId: row.workspace_id,
    deliveryId: row.delivery_id,
    leaseToken: row.lease_token,
  }))
}
