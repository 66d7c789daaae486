import type { HeardItem } from '../connector.ts'
import { authorByDid } from './author.ts'
import { isJson, NETWORK, POST_COLLECTION, readPost } from './record.ts'
import type { BlueskySettings } from './settings.ts'

/** Jetstream v1 JSON, one event a frame: github.com/bluesky-social/jetstream (kind commit, identity or account). */
export interface StreamEvent {
  /** Microseconds; the stream's own clock and its cursor. Null when the frame could not be read. */
  timeUs: number | null
  /** The same event again, whichever instance sends it, has the same key. */
  key: string
  /** Null: nothing that concerns us (another collection, an unknown kind). */
  item: HeardItem | null
}

const RAW_CHARACTERS_MAX = 4_000
const DID = /^did:[a-z]+:[a-zA-Z0-9._:%-]{1,256}$/
const RECORD_KEY = /^[a-zA-Z0-9._~:-]{1,512}$/

export function readStreamEvent(frame: string, settings: BlueskySettings): StreamEvent {
  let event: unknown
  try {
    event = JSON.parse(frame)
  } catch {
    return malformed(frame, 'frame is not JSON', null)
  }
  if (!isJson(event)) return malformed(frame, 'frame is not an object', null)
  if (!Number.isSafeInteger(event.time_us) || Number(event.time_us) <= 0) return malformed(frame, 'no time_us', null)
  const timeUs = Number(event.time_us)
  const { did } = event
  if (typeof did !== 'string' || !DID.test(did)) return malformed(frame, 'no DID', timeUs)
  const at = new Date(timeUs / 1_000)
  const outcome = itemOf(event, did, at, settings)
  if (typeof outcome === 'string') return malformed(frame, outcome, timeUs)
  return { timeUs, key: keyOf(event, did, timeUs), item: outcome }
}

/** The reason, when it cannot be read. */
function itemOf(
  event: Record<string, unknown>,
  did: string,
  at: Date,
  settings: BlueskySettings,
): HeardItem | null | string {
  if (event.kind === 'commit') return commitItem(event.commit, did, at, settings)
  if (event.kind === 'identity') return identityItem(event.identity, did, at, settings)
  if (event.kind === 'account') return accountItem(event.account, did, at)
  return typeof event.kind === 'string' ? null : 'no kind'
}

function commitItem(commit: unknown, did: string, at: Date, settings: BlueskySettings): HeardItem | null | string {
  if (!isJson(commit)) return 'no commit'
  if (commit.collection !== POST_COLLECTION) return typeof commit.collection === 'string' ? null : 'no collection'
  if (typeof commit.rkey !== 'string' || !RECORD_KEY.test(commit.rkey)) return 'no record key'
  const uri = `at://${did}/${POST_COLLECTION}/${commit.rkey}`
  if (commit.operation === 'delete') return { kind: 'post-deleted', network: NETWORK, scope: '', externalId: uri, at }
  if (commit.operation !== 'create' && commit.operation !== 'update') return 'unknown operation'
  const place = {
    uri,
    cid: typeof commit.cid === 'string' ? commit.cid : null,
    author: authorByDid(did, settings),
    heardAt: at,
    editedAt: commit.operation === 'update' ? at : null,
    ownDid: null,
  }
  const post = readPost(commit.record, place, settings)
  return typeof post === 'string' ? post : { kind: 'post', post }
}

/** Relays often leave the handle out: the event then only says that the profile should be read again. */
function identityItem(identity: unknown, did: string, at: Date, settings: BlueskySettings): HeardItem | string {
  if (!isJson(identity)) return 'no identity'
  const handle = typeof identity.handle === 'string' && identity.handle.length <= 253 ? identity.handle : null
  return { kind: 'author-changed', author: authorByDid(did, settings, handle), at }
}

const GONE_REASONS = {
  deleted: 'deleted',
  takendown: 'taken-down',
  suspended: 'taken-down',
  deactivated: 'deactivated',
} as const

/** Other states of an inactive account (desynchronized, throttled) speak of servers, not of the person: they are no news. */
function accountItem(account: unknown, did: string, at: Date): HeardItem | null | string {
  if (!isJson(account) || typeof account.active !== 'boolean') return 'no account state'
  const who = { network: NETWORK, scope: '', networkId: did, at }
  if (account.active) return { kind: 'author-back', ...who }
  const { status } = account
  const known = typeof status === 'string' && Object.hasOwn(GONE_REASONS, status)
  return known ? { kind: 'author-gone', reason: GONE_REASONS[status as keyof typeof GONE_REASONS], ...who } : null
}

function keyOf(event: Record<string, unknown>, did: string, timeUs: number): string {
  const { commit } = event
  if (!isJson(commit)) return `${did} ${event.kind} ${timeUs}`
  return `${did} ${commit.rev} ${commit.operation} ${commit.rkey} ${commit.cid}`
}

function malformed(frame: string, reason: string, timeUs: number | null): StreamEvent {
  const raw = frame.slice(0, RAW_CHARACTERS_MAX)
  return { timeUs, key: `malformed ${raw}`, item: { kind: 'malformed', raw, reason } }
}
