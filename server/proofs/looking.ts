import { fetchOutside, outboundUserAgent } from '../platform/outbound.ts'
import { isAllowedPrivate } from '../platform/outbound-address.ts'
import type { Services } from '../platform/services.ts'

/** Pages and profiles of customers: a stranger's server, asked while the customer waits. */
const TIMEOUT_MS = 10_000
const BYTES_MAX = 1024 * 1024

export interface Seen {
  status: number
  text: string
  /** Where it came from, after redirects. */
  url: string
}

/** Null: it could not be read; the customer is told that, and not why, because the answer would map our network. */
export async function lookAt(services: Services, address: string, accept: string): Promise<Seen | null> {
  const answer = await fetchOutside(address, {
    accept,
    timeoutMs: TIMEOUT_MS,
    bytesMax: BYTES_MAX,
    userAgent: outboundUserAgent(services.config.publicUrl),
    allowPrivate: services.config.allowPrivate,
  })
  if (!answer.ok) {
    services.log.info({ failure: answer.failure.name }, 'a page that a customer named could not be read')
    return null
  }
  const { status, body, url } = answer.value
  return { status, text: new TextDecoder().decode(body), url }
}

/** Over TLS; a host that the operator allows although it is private may speak plainly, as in a test. */
export const originOf = (services: Services, host: string): string =>
  isAllowedPrivate(new URL(`http://${host}`), services.config.allowPrivate) ? `http://${host}` : `https://${host}`

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
