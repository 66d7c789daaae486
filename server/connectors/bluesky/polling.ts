import { createHash } from 'node:crypto'
import type { AtpAgent } from '@atproto/api'
import type { Cursor, HeardBatch, HeardItem } from '../connector.ts'
import { authorByProfile, type ProfileTold } from './author.ts'
import { NETWORK, POST_COLLECTION, postUriParts, readPost } from './record.ts'
import type { BlueskySettings } from './settings.ts'

/**
 * Both lists of an account (what was said to it, what it said) are newest first behind opaque cursors that only lead
 * back in time. A walk goes back page by page, one page a poll, until it meets what the last walk heard; then its
 * newest time becomes the new mark. So a storm of any size is heard whole, and each poll stays short. An index may
 * insert a little late: the walk goes OVERLAP_MS beyond the mark and drops what it knows by a short hash of the uri.
 */
const PAGE_SIZE = 100
const OVERLAP_MS = 2 * 60_000
/** How far the very first walk goes back. */
const FIRST_WALK_DAYS = 14
/** At most so many are remembered near the mark (18 kB); what lies beyond is heard twice and dropped by intake. */
const SEEN_MAX = 2_000
const HASH_CHARACTERS = 8
const RAW_CHARACTERS_MAX = 4_000
const REASONS = ['mention', 'reply', 'quote']

interface Walk {
  /** Everything up to this time was heard by earlier walks (ISO). */
  until: string
  /** Newest time met in this walk; becomes `until` when it ends. */
  newest: string
  /** The network's cursor of the next page, null: start at the newest. */
  page: string | null
  /** Hashes of uris heard near `until`: what the overlap would bring again. */
  seen: string[]
  /** The same near `newest`, gathered for the next walk. */
  near: string[]
}

interface Entry {
  uri: string
  indexedAt: string
  item: () => HeardItem
}

interface Page {
  entries: Entry[]
  next: string | null
  quota: HeardBatch['quota']
}

export async function pollAccount(
  agent: AtpAgent,
  settings: BlueskySettings,
  cursor: Cursor,
  now: Date,
  signal: AbortSignal,
): Promise<HeardBatch> {
  const notified = walkOf(cursor, 'notified', now)
  const said = walkOf(cursor, 'said', now)
  const [notifications, posts] = await Promise.all([
    notificationPage(agent, settings, notified.page, signal),
    ownPostPage(agent, settings, said.page, signal),
  ])
  const heard = advance(notified, notifications)
  const spoken = advance(said, posts)
  return {
    items: [...heard.items, ...spoken.items],
    cursor: { ...cursorOf('notified', heard.walk), ...cursorOf('said', spoken.walk) },
    more: heard.walk.page !== null || spoken.walk.page !== null,
    ...scarcer(notifications.quota, posts.quota),
  }
}

async function notificationPage(
  agent: AtpAgent,
  settings: BlueskySettings,
  page: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const query = { limit: PAGE_SIZE, reasons: REASONS, ...(page === null ? {} : { cursor: page }) }
  const { data, headers } = await agent.listNotifications(query, { signal })
  const entries = data.notifications
    .filter((entry) => REASONS.includes(entry.reason) && postUriParts(entry.uri) !== null)
    .map((entry) => ({
      uri: entry.uri,
      indexedAt: entry.indexedAt,
      item: () =>
        itemOf(agent, settings, {
          uri: entry.uri,
          cid: entry.cid,
          record: entry.record,
          author: entry.author,
          indexedAt: entry.indexedAt,
          addressed: true,
        }),
    }))
  return { entries, next: data.cursor ?? null, quota: quotaOf(headers) }
}

async function ownPostPage(
  agent: AtpAgent,
  settings: BlueskySettings,
  page: string | null,
  signal: AbortSignal,
): Promise<Page> {
  const query = {
    actor: agent.assertDid,
    limit: PAGE_SIZE,
    filter: 'posts_with_replies',
    ...(page === null ? {} : { cursor: page }),
  }
  const { data, headers } = await agent.getAuthorFeed(query, { signal })
  const entries = data.feed
    .filter(({ post, reason }) => reason === undefined && post.author.did === agent.assertDid)
    .map(({ post }) => ({
      uri: post.uri,
      indexedAt: post.indexedAt,
      item: () => itemOf(agent, settings, { ...post, addressed: false }),
    }))
  return { entries, next: data.cursor ?? null, quota: quotaOf(headers) }
}

/** What a server says of its limits (draft-ietf-httpapi-ratelimit-headers, as the network's servers send them). */
function quotaOf(headers: Record<string, string | undefined>): HeardBatch['quota'] {
  const [limit, left, resetsAt] = ['limit', 'remaining', 'reset'].map((name) =>
    Number(headers[`ratelimit-${name}`] ?? 'x'),
  )
  const said = [limit, left, resetsAt].every((value) => Number.isSafeInteger(value) && (value as number) >= 0)
  return said
    ? { limit: limit as number, left: left as number, resetsAt: new Date((resetsAt as number) * 1_000) }
    : undefined
}

function scarcer(one: HeardBatch['quota'], other: HeardBatch['quota']): Pick<HeardBatch, 'quota'> {
  const [quota] = [one, other].filter((told) => told !== undefined).sort((a, b) => a.left / a.limit - b.left / b.limit)
  return quota ? { quota } : {}
}

interface Told {
  uri: string
  cid: string
  record: unknown
  author: ProfileTold
  indexedAt: string
  addressed: boolean
}

function itemOf(agent: AtpAgent, settings: BlueskySettings, told: Told): HeardItem {
  const place = {
    uri: told.uri,
    cid: told.cid,
    author: authorByProfile(told.author, settings),
    heardAt: new Date(told.indexedAt),
    editedAt: null,
    ownDid: agent.assertDid,
    addressed: told.addressed,
  }
  const post = readPost(told.record, place, settings)
  if (typeof post !== 'string') return { kind: 'post', post }
  const raw = JSON.stringify({ network: NETWORK, collection: POST_COLLECTION, uri: told.uri, record: told.record })
  return { kind: 'malformed', raw: raw.slice(0, RAW_CHARACTERS_MAX), reason: post }
}

function advance(walk: Walk, page: Page): { items: HeardItem[]; walk: Walk } {
  const floor = before(walk.until)
  const known = new Set([...walk.seen, ...walk.near])
  const fresh = page.entries.filter((entry) => isAfter(entry.indexedAt, floor) && !known.has(hashOf(entry.uri)))
  const oldest = page.entries.at(-1)?.indexedAt
  const ended = page.next === null || (oldest !== undefined && !isAfter(oldest, floor))
  const newest = page.entries.map((entry) => entry.indexedAt).reduce(later, walk.newest)
  const close = fresh.filter((entry) => isAfter(entry.indexedAt, before(newest)))
  const near = [...walk.near, ...close.map((entry) => hashOf(entry.uri))].slice(0, SEEN_MAX)
  const seen = isAfter(before(newest), walk.until) ? near : [...near, ...walk.seen].slice(0, SEEN_MAX)
  return {
    items: fresh.map((entry) => entry.item()).reverse(),
    walk: ended
      ? { until: newest, newest, page: null, seen, near: [] }
      : { until: walk.until, newest, page: page.next, seen: walk.seen, near },
  }
}

const before = (time: string): string => new Date(Date.parse(time) - OVERLAP_MS).toISOString()
const isAfter = (one: string, other: string): boolean => Date.parse(one) > Date.parse(other)
const later = (one: string, other: string): string => (isAfter(other, one) ? other : one)
const hashOf = (uri: string): string => createHash('sha256').update(uri).digest('base64url').slice(0, HASH_CHARACTERS)

function walkOf(cursor: Cursor, name: string, now: Date): Walk {
  const text = (key: string): string | null => {
    const value = cursor?.[`${name}.${key}`]
    return typeof value === 'string' && value !== '' ? value : null
  }
  const hashes = (key: string): string[] => text(key)?.split(',') ?? []
  const until = text('until') ?? new Date(now.getTime() - FIRST_WALK_DAYS * 86_400_000).toISOString()
  return { until, newest: text('newest') ?? until, page: text('page'), seen: hashes('seen'), near: hashes('near') }
}

const cursorOf = (name: string, walk: Walk): NonNullable<Cursor> => ({
  [`${name}.until`]: walk.until,
  [`${name}.newest`]: walk.newest,
  [`${name}.page`]: walk.page,
  [`${name}.seen`]: walk.seen.join(','),
  [`${name}.near`]: walk.near.join(','),
})
