/**
 * The one way out to the web by http and https. Whatever the address says and wherever it leads, only public addresses
 * are reached unless the caller's list allows more: each name is resolved once, every answer is checked, and the socket
 * connects to a checked address, so a name that changes its answer between check and use (DNS rebinding) gains nothing.
 * A failure that the web can be expected to give is data with a name.
 */
import { lookup as lookupName } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import packageJson from '../../package.json' with { type: 'json' }
import { type CheckedAddress, checkAddresses, type ResolveName, readAddress } from './outbound-address.ts'
import { readBody } from './outbound-body.ts'
import { failed, type OutboundFailure } from './outbound-failure.ts'

export const OUTBOUND_TIMEOUT_MS = 20_000
export const OUTBOUND_BODY_BYTES_MAX = 10 * 1024 * 1024
export const OUTBOUND_REDIRECTS_MAX = 5
const HEADER_BYTES_MAX = 16 * 1024

export interface OutboundAnswer {
  status: number
  /** Lower-case names; a header given several times is joined by a comma. */
  headers: Record<string, string>
  /** Decoded (gzip, deflate, brotli), at most bytesMax. */
  body: Uint8Array
  /** Where the answer came from, after redirects. */
  url: string
  /** Where the address has moved for good: the end of an unbroken run of 301 and 308 from the start; null without one. */
  movedTo: string | null
}

export type OutboundOutcome = { ok: true; value: OutboundAnswer } | { ok: false; failure: OutboundFailure }

export interface OutboundOptions {
  /** Covers everything: names, connection, redirects and the last byte of the body. */
  timeoutMs?: number
  /** Counted after decompression, so that a small bomb cannot grow. */
  bytesMax?: number
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Uint8Array
  accept?: string
  userAgent?: string
  redirectsMax?: number
  signal?: AbortSignal
  /** Private places that may be reached: `127.0.0.0/8`, `10.1.2.3`, `intranet.example`, each optionally with `:port`. */
  allowPrivate?: readonly string[]
  resolve?: ResolveName
}

/** `Rapport/0.1.0 (+https://rapport.example)`: site owners see who asks and where to complain. */
export function outboundUserAgent(publicUrl: string | null): string {
  const product = `Rapport/${packageJson.version}`
  return publicUrl === null ? product : `${product} (+${publicUrl})`
}

/** Throws only on a bug; keeps no cookies and no connections. */
export async function fetchOutside(address: string | URL, options: OutboundOptions = {}): Promise<OutboundOutcome> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? OUTBOUND_TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout
  const outcome = await follow(String(address), options, signal)
  if (outcome.ok || !signal.aborted) return outcome
  return timeout.aborted ? failed('timed-out', 'The time limit passed.') : failed('aborted', 'The caller gave up.')
}

interface Hop {
  address: string
  method: NonNullable<OutboundOptions['method']>
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

async function follow(address: string, options: OutboundOptions, signal: AbortSignal): Promise<OutboundOutcome> {
  const redirectsMax = options.redirectsMax ?? OUTBOUND_REDIRECTS_MAX
  let hop: Hop = { address, method: options.method ?? 'GET', headers: firstHeaders(options), body: options.body }
  let movedTo: string | null = null
  let movedForGood = true
  for (let redirects = 0; ; redirects++) {
    const outcome = await ask(hop, options, signal)
    if (!outcome.ok) return outcome
    const { status, headers, url } = outcome.value
    const location = isRedirect(status) ? headers.location : undefined
    if (location === undefined || redirectsMax === 0) return { ok: true, value: { ...outcome.value, movedTo } }
    if (redirects >= redirectsMax) return failed('too-many-redirects', `More than ${redirectsMax} redirects.`)
    const next = nextHop(hop, url, status, location)
    if (next === null) return failed('bad-address', 'A redirect leads to no address.')
    movedForGood &&= status === 301 || status === 308
    if (movedForGood) movedTo = withoutFragment(next.address)
    hop = next
  }
}

function firstHeaders(options: OutboundOptions): Record<string, string> {
  const given = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const)
  return {
    accept: options.accept ?? '*/*',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': options.userAgent ?? outboundUserAgent(null),
    ...Object.fromEntries(given.filter(([name]) => name !== 'cookie')),
  }
}

/** One request and its whole answer; redirects are not followed here. */
async function ask(hop: Hop, options: OutboundOptions, signal: AbortSignal): Promise<OutboundOutcome> {
  const target = readAddress(hop.address)
  if (!target.ok) return target
  const checked = await resolveChecked(target.url, options, signal)
  if (!checked.ok) return checked
  const agent = agentTo(checked.addresses)
  try {
    const { url } = target
    const answer = await request(url, {
      dispatcher: agent,
      method: hop.method,
      headers: hop.headers,
      body: hop.body ?? null,
      signal,
    })
    const headers = joinHeaders(answer.headers)
    const body = await readBody(answer.body, headers['content-encoding'], options.bytesMax ?? OUTBOUND_BODY_BYTES_MAX)
    if (!body.ok) return body
    return { ok: true, value: { status: answer.statusCode, headers, body: body.bytes, url: url.href, movedTo: null } }
  } catch (error) {
    return nameFailure(error)
  } finally {
    // Not awaited: a peer that never ends its side would hold us up.
    void agent.destroy()
  }
}

type Checked = { ok: true; addresses: CheckedAddress[] } | { ok: false; failure: OutboundFailure }

async function resolveChecked(url: URL, options: OutboundOptions, signal: AbortSignal): Promise<Checked> {
  const resolve = options.resolve ?? resolveByName
  try {
    return await unlessAborted(checkAddresses(url, resolve, options.allowPrivate ?? []), signal)
  } catch (error) {
    return nameFailure(error)
  }
}

function resolveByName(hostname: string): Promise<{ address: string; family: number }[]> {
  return lookupName(hostname, { all: true, verbatim: true })
}

/** The system's name look-up cannot be cancelled: the caller stops waiting for it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** An agent for one request that can reach nothing but the checked addresses, whatever the name says by now. */
function agentTo(addresses: CheckedAddress[]): Agent {
  const lookup: LookupFunction = (_hostname, options, callback) => {
    const [first] = addresses
    if (first === undefined) callback(new Error('no address'), '', 0)
    else if (options.all) callback(null, addresses)
    else callback(null, first.address, first.family)
  }
  return new Agent({
    connect: { lookup },
    connections: 1,
    pipelining: 0,
    allowH2: false,
    maxHeaderSize: HEADER_BYTES_MAX,
    // The one clock is the caller's signal.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/** As browsers do: 303, and 301 or 302 after POST, ask again with GET; secrets do not cross to another origin. */
function nextHop(hop: Hop, from: string, status: number, location: string): Hop | null {
  if (!URL.canParse(location, from)) return null
  // An absolute location is passed on as written, so that odd forms of a host are still seen.
  const address = URL.canParse(location) ? location : new URL(location, from).href
  const becomesGet = status === 303 ? hop.method !== 'HEAD' : status <= 302 && hop.method === 'POST'
  const crosses = new URL(address).origin !== new URL(from).origin
  const dropped = new Set([
    ...(crosses ? ['authorization', 'proxy-authorization'] : []),
    ...(becomesGet ? ['content-type', 'content-length', 'content-encoding'] : []),
  ])
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => !dropped.has(name)))
  return becomesGet ? { address, method: 'GET', headers, body: undefined } : { ...hop, address, headers }
}

function withoutFragment(address: string): string {
  const url = new URL(address)
  url.hash = ''
  return url.href
}

function joinHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const joined: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') joined[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return joined
}

function nameFailure(error: unknown): { ok: false; failure: OutboundFailure } {
  const code = errorCode(error)
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return failed('too-large', `Headers of more than ${HEADER_BYTES_MAX} bytes.`)
  if (code === 'UND_ERR_INVALID_ARG') return failed('bad-address', 'The request cannot be written.')
  return failed('unreachable', code)
}

function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Several addresses were tried: the first reason stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0])
  const code = (error as NodeJS.ErrnoException).code
  return typeof code === 'string' ? code : error.name
}
