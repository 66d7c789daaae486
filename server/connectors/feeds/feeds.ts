/** RSS, Atom, RDF and JSON Feed: heard by polling with conditional requests, open to everyone, never written to. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { OutboundAnswer } from '../../platform/outbound.ts'
import type {
  Capabilities,
  CheckedAccount,
  Connection,
  Connector,
  Cursor,
  Failure,
  HeardBatch,
  Outcome,
} from '../connector.ts'
import { failureOutside, type Outside } from '../outside.ts'
import { failureOfStatus } from './answer.ts'
import { decodeFeed } from './charset.ts'
import { commonFeedAddresses, linkedFeeds } from './discovery.ts'
import { FEED_NETWORK, type ParsedFeed } from './parse.ts'
import { ParsingThread } from './parsing-thread.ts'

const FEED_BYTES_MAX = 10 * 1024 * 1024
const FEED_TIMEOUT_MS = 20_000
const CHECK_TIMEOUT_MS = 45_000
const VALIDATOR_CHARACTERS_MAX = 500
const ACCEPT =
  'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.6, */*;q=0.5'

const capabilities: Capabilities = {
  open: true,
  hears: 'poll',
  speaks: false,
  tellsDeletions: false,
  tellsEdits: true,
  findsByKey: false,
  textCharactersMax: null,
  pictures: null,
  pollEverySeconds: 300,
  resumes: false,
}

export type FeedsConnector = Connector & Required<Pick<Connector, 'poll'>> & AsyncDisposable

/** The parsing thread starts with the first feed and rests with the last; disposing ends it at once. */
export function feeds(outside: Outside): FeedsConnector {
  const thread = new ParsingThread()
  const reader: FeedReader = { outside, thread }
  return {
    network: FEED_NETWORK,
    capabilities,
    parseSettings,
    parseCredentials: () => ({ ok: true, value: null }),
    check: (connection, signal) => check(reader, addressOf(connection), signal),
    poll: (connection, cursor, signal) => poll(reader, addressOf(connection), cursor, signal),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  }
}

interface FeedReader {
  outside: Outside
  thread: ParsingThread
}

const settingsSchema = z.object({ address: z.string().trim().min(1).max(2048) })

/** Takes what people paste: `feed:` links, addresses without a scheme. */
function parseSettings(input: unknown): Outcome<Record<string, unknown>> {
  const parsed = settingsSchema.safeParse(input)
  const written = parsed.success
    ? parsed.data.address.replace(/^feed:(\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://')
    : ''
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:(?!\d+(\/|$))/i.test(written) ? written : `https://${written}`)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return failed({ name: 'malformed', detail: 'address: not a web address' })
  }
  url.hash = ''
  return { ok: true, value: { address: url.href } }
}

/** Throws when settings were not parsed by parseSettings. */
function addressOf(connection: Connection): string {
  return settingsSchema.parse(connection.settings).address
}

/** The address itself, else the feeds that it links as a page, else the places where feeds commonly lie. */
async function check(reader: FeedReader, address: string, callerSignal: AbortSignal): Promise<Outcome<CheckedAccount>> {
  const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(CHECK_TIMEOUT_MS)])
  const answer = await ask(reader, address, {}, signal)
  if (!answer.ok) return answer
  if (answer.value.status === 404) return failed({ name: 'gone', detail: 'HTTP 404' })
  const failure = failureOfStatus(answer.value, reader.outside.clock.now())
  if (failure !== null) return failed(failure)
  const own = await read(reader, answer.value, address)
  if (own.ok) return { ok: true, value: checkedFeed(own.value, answer.value.movedTo ?? address) }
  const page = decodeFeed(answer.value.body, answer.value.headers['content-type'] ?? null).text
  const linked = linkedFeeds(page, answer.value.url)
  for (const candidate of linked.length > 0 ? linked : commonFeedAddresses(answer.value.url)) {
    const found = await ask(reader, candidate, {}, signal)
    if (signal.aborted) return failed({ name: 'unreachable', detail: 'timed-out: looking for the feed' })
    if (!found.ok || found.value.status !== 200) continue
    const feed = await read(reader, found.value, candidate)
    if (feed.ok) return { ok: true, value: checkedFeed(feed.value, found.value.movedTo ?? candidate) }
  }
  return own
}

function checkedFeed(feed: ParsedFeed, address: string): CheckedAccount {
  return { name: feed.title ?? new URL(address).host, author: null, settings: { address } }
}

async function poll(
  reader: FeedReader,
  address: string,
  cursor: Cursor,
  signal: AbortSignal,
): Promise<Outcome<HeardBatch>> {
  const known = cursor?.address === address ? cursor : { address }
  const url = typeof known.url === 'string' ? known.url : address
  const answer = await ask(reader, url, conditions(known), signal)
  if (!answer.ok) return answer
  const failure = failureOfStatus(answer.value, reader.outside.clock.now())
  if (failure !== null) return failed(failure)
  if (answer.value.status === 304) return { ok: true, value: { items: [], cursor: known, more: false } }
  const digest = createHash('sha256').update(answer.value.body).digest('base64url')
  const next = nextCursor(address, url, answer.value, digest)
  // Many sites send the whole feed again whatever was asked.
  if (known.digest === digest) return { ok: true, value: { items: [], cursor: next, more: false } }
  const feed = await read(reader, answer.value, address)
  if (!feed.ok) return feed
  return { ok: true, value: { items: feed.value.items, cursor: next, more: false } }
}

function conditions(cursor: NonNullable<Cursor>): Record<string, string> {
  const headers: Record<string, string> = {}
  if (typeof cursor.etag === 'string') headers['if-none-match'] = cursor.etag
  if (typeof cursor.lastModified === 'string') headers['if-modified-since'] = cursor.lastModified
  return headers
}

/** A move for good is followed from here on; scope and ids keep to the address that the source was set up with. */
function nextCursor(address: string, url: string, answer: OutboundAnswer, digest: string): Cursor {
  const validator = (name: string) => {
    const value = answer.headers[name] ?? ''
    return value === '' || value.length > VALIDATOR_CHARACTERS_MAX ? null : value
  }
  return {
    address,
    url: answer.movedTo ?? url,
    etag: validator('etag'),
    lastModified: validator('last-modified'),
    digest,
  }
}

async function ask(
  reader: FeedReader,
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Outcome<OutboundAnswer>> {
  const limits = { bytesMax: FEED_BYTES_MAX, timeoutMs: FEED_TIMEOUT_MS }
  const answer = await reader.outside.fetch(url, { ...limits, accept: ACCEPT, headers, signal })
  return answer.ok ? answer : failed(failureOutside(answer.failure))
}

async function read(reader: FeedReader, answer: OutboundAnswer, address: string): Promise<Outcome<ParsedFeed>> {
  const parsed = await reader.thread.parse({
    bytes: answer.body,
    contentType: answer.headers['content-type'] ?? null,
    url: answer.url,
    address,
    heardAt: reader.outside.clock.now(),
  })
  return parsed.ok ? parsed : failed({ name: 'malformed', detail: parsed.reason })
}

function failed(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure }
}
