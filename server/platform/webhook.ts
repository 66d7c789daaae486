import { createHmac, randomBytes } from 'node:crypto'
import { fetchOutside, outboundUserAgent } from './outbound.ts'
import type { Services } from './services.ts'

/**
 * Webhooks as standardwebhooks.com has them, so that receivers check them with a library: POST of JSON, signed with
 * HMAC-SHA256 over id, time and body. Redirects are not followed, private addresses are reached only where the operator
 * allows it, and of the answer only its status is read.
 */
export const WEBHOOK_TIMEOUT_MS = 10_000
const ANSWER_BYTES_MAX = 64 * 1024
const SECRET_BYTES = 32
const GONE = 410
const RETRY_SECONDS_MIN = 20
const RETRY_FACTOR = 4
const RETRY_SECONDS_MAX = 3_600

/** `again`: worth another try with nothing changed. */
export type WebhookOutcome =
  | { ok: true; status: number }
  | { ok: false; status: number | null; failure: string; again: boolean }

export interface WebhookPost {
  url: string
  secret: string
  /** The same in every try, so that receivers can tell that they have it already. */
  messageId: string
  body: string
  signal?: AbortSignal
}

export const newWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

export function webhookSignature(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
}

/** Where it leads is judged when it is called; what can never be called is known before. */
export function isWebhookAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === ''
}

/** How long to wait after the given number of tries. */
export const webhookRetrySeconds = (attempts: number): number =>
  Math.min(RETRY_SECONDS_MAX, RETRY_SECONDS_MIN * RETRY_FACTOR ** Math.min(attempts - 1, 10))

/** Never inside a transaction: a slow receiver holds nobody up. */
export async function postWebhook(services: Services, post: WebhookPost): Promise<WebhookOutcome> {
  const { url, secret, messageId, body, signal } = post
  const seconds = Math.floor(services.clock.now().getTime() / 1000)
  const answer = await fetchOutside(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': webhookSignature(secret, messageId, seconds, body),
    },
    timeoutMs: WEBHOOK_TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
    redirectsMax: 0,
    userAgent: outboundUserAgent(services.config.publicUrl),
    allowPrivate: services.config.allowPrivate,
    ...(signal ? { signal } : {}),
  })
  if (!answer.ok) {
    const { name } = answer.failure
    return { ok: false, status: null, failure: name, again: name !== 'forbidden-address' && name !== 'bad-address' }
  }
  const { status } = answer.value
  if (status >= 200 && status < 300) return { ok: true, status }
  return { ok: false, status, failure: 'refused', again: status !== GONE }
}
