import { setTimeout as delay } from 'node:timers/promises'
import { encryptNotification, vapidHeaders } from '@block65/webcrypto-web-push'
import { sql } from 'kysely'
import { findUser, readWorkspace } from '../accounts/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { TextLanguage } from '../platform/notification-kind.ts'
import { fetchOutside, outboundUserAgent } from '../platform/outbound.ts'
import type { Services } from '../platform/services.ts'
import { devicesOf, dropDevices, markUsed, type PushSubscription, type ReachableDevice } from './devices.ts'
import type { Sending } from './mailing.ts'
import { type PushMessage, pushMessages } from './push-message.ts'
import { type Due, takeDue, tryAgain } from './taking.ts'
import { type PushKeys, pushKeys } from './vapid.ts'

const POLL_MS = 2_000
const RETRY_MINUTES = 5
const TIMEOUT_MS = 10_000
const ANSWER_BYTES_MAX = 16 * 1024
/** Devices written to at once. */
const LANES = 8
/** How long a push service keeps it for a device that is off: afterwards it is no news. */
const KEPT_SECONDS = 4 * 3_600

export async function runPushing(services: Services, sending: Sending, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pushDue(services, sending).catch((error: unknown) =>
      services.log.error({ err: error }, 'could not push notifications'),
    )
    await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** To every device of each member, one message for each kind that is due. Returns how many a push service took. */
export async function pushDue(services: Services, sending: Sending): Promise<number> {
  const { rows } = await sql<{ workspace_id: string }>`
    select * from system.workspaces_with_due_pushes() as w(workspace_id)`.execute(services.database.system)
  let sent = 0
  for (const { workspace_id } of rows) sent += await pushWorkspace(services, sending, workspace_id)
  return sent
}

async function pushWorkspace(services: Services, sending: Sending, workspaceId: string): Promise<number> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const { due, devices, slug, name } = await inWorkspace(async (tx) => {
    const taken = await takeDue(tx, 'push', sending)
    const members = [...new Set(taken.map(({ memberId }) => memberId))]
    return { due: taken, devices: await devicesOf(tx, services.secrets, members), ...(await readWorkspace(tx)) }
  })
  const letters: Letter[] = []
  for (const [userId, items] of Map.groupBy(due, (one) => one.userId)) {
    const theirs = devices.filter(({ memberId }) => memberId === items[0]?.memberId)
    const user = theirs.length > 0 ? await findUser(services, { userId }) : null
    if (!user) continue
    const messages = pushMessages(items, { language: user.language as TextLanguage, slug, workspace: name })
    for (const device of theirs) for (const message of messages) letters.push({ device, message, items })
  }
  const outcomes = await sendAll(services, letters)
  await inWorkspace((tx) => settle(tx, letters, outcomes))
  return outcomes.filter((outcome) => outcome === 'taken').length
}

interface Letter {
  device: ReachableDevice
  message: PushMessage
  items: readonly Due[]
}
/** gone: the push service knows the device no more. later: it may take it another time. refused: it never will. */
type Outcome = 'taken' | 'gone' | 'later' | 'refused'

async function sendAll(services: Services, letters: readonly Letter[]): Promise<Outcome[]> {
  const keys = pushKeys(services.secrets)
  const outcomes: Outcome[] = []
  const waiting = [...letters.entries()]
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { device, message }] = next
      outcomes[index] = await send(services, keys, device.subscription, message)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return outcomes
}

async function send(
  services: Services,
  keys: PushKeys,
  subscription: PushSubscription,
  message: PushMessage,
): Promise<Outcome> {
  const { publicUrl, allowPrivate } = services.config
  try {
    const to = { ...subscription, expirationTime: null }
    const subject = publicUrl.startsWith('https:') ? publicUrl : 'mailto:rapport@localhost'
    const { headers } = await vapidHeaders(to, { subject, ...keys })
    const outcome = await fetchOutside(subscription.endpoint, {
      method: 'POST',
      headers: {
        ...headers,
        ttl: String(KEPT_SECONDS),
        urgency: 'high',
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
      },
      body: await encryptNotification(to, new TextEncoder().encode(JSON.stringify(message))),
      timeoutMs: TIMEOUT_MS,
      bytesMax: ANSWER_BYTES_MAX,
      redirectsMax: 0,
      allowPrivate,
      userAgent: outboundUserAgent(publicUrl),
    })
    if (outcome.ok) return outcomeOf(outcome.value.status)
    services.log.warn({ failure: outcome.failure.name }, 'a push service could not be reached')
    return ['timed-out', 'unreachable'].includes(outcome.failure.name) ? 'later' : 'refused'
  } catch (error) {
    // Keys that are no point of the curve: what the browser gave us was never usable.
    services.log.warn({ err: error }, 'a message could not be encrypted for a device')
    return 'gone'
  }
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'taken'
  if (status === 404 || status === 410) return 'gone'
  return status === 429 || status >= 500 ? 'later' : 'refused'
}

/** Tried again only where no device took it: those that did would be told twice. */
async function settle(
  tx: WorkspaceTransaction,
  letters: readonly Letter[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const devicesWith = (outcome: Outcome) => [
    ...new Set(letters.filter((_, index) => outcomes[index] === outcome).map(({ device }) => device.deviceId)),
  ]
  await dropDevices(tx, devicesWith('gone'))
  await markUsed(tx, devicesWith('taken'))
  const told = new Set(letters.filter((_, index) => outcomes[index] === 'taken').map(({ device }) => device.memberId))
  const later = letters.filter(({ device }, index) => outcomes[index] === 'later' && !told.has(device.memberId))
  const again = [...new Set(later.flatMap(({ items }) => items))]
  if (again.length > 0) await tryAgain(tx, 'push', again, RETRY_MINUTES)
}
