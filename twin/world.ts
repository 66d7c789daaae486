import type { AppBskyFeedPost } from '@atproto/api'
import type { AccountChange, AccountStatus, Article, Change } from './changes.ts'
import { blobCid, recordCid } from './content-id.ts'
import type { Journal } from './journal.ts'
import { type Notification, notificationsOf } from './notifications.ts'

export const POST = 'app.bsky.feed.post'
const LIKE = 'app.bsky.feed.like'
/** Older stream events are forgotten, as a real instance forgets beyond its window. */
const EVENTS_MAX = 200_000

export interface Account extends Omit<AccountChange, 'kind' | 'at'> {
  status: AccountStatus
  createdAt: string
}

export interface StoredRecord {
  uri: string
  cid: string
  did: string
  collection: string
  rkey: string
  value: Record<string, unknown>
  indexedAt: string
}

export interface StreamFrame {
  timeUs: number
  collection: string | null
  did: string
  json: string
}

/** The state of all simulated networks, and the one place that changes it. */
export class World {
  readonly accounts = new Map<string, Account>()
  readonly records = new Map<string, StoredRecord>()
  readonly blobs = new Map<string, { bytes: Uint8Array; mediaType: string }>()
  readonly articles = new Map<string, Map<string, Article>>()
  /** Addresses of replies by the address of what they answer, in order. */
  readonly replies = new Map<string, string[]>()
  /** Addresses of likes by the address of what is liked. */
  readonly likes = new Map<string, Set<string>>()
  /** Accounts that somebody does not want to see, by who does not. */
  readonly mutes = new Map<string, Set<string>>()
  readonly reports: Extract<Change, { kind: 'report' }>[] = []
  readonly notifications = new Map<string, Notification[]>()
  readonly frames: StreamFrame[] = []
  readonly #listeners = new Set<(frame: StreamFrame) => void>()
  readonly #now: () => Date
  #journal: Journal | null = null
  #lastUs = 0
  #revision = 0

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Continues what a journal holds, and writes everything from now on into it. False: it was empty. */
  continueFrom(journal: Journal): boolean {
    const past = journal.read()
    for (const change of past) this.#take(change)
    this.#journal = journal
    return past.length > 0
  }

  apply(change: Change): void {
    this.#journal?.append(change)
    this.#take(change)
  }

  now(): string {
    return this.#now().toISOString()
  }

  accountOf(actor: string): Account | undefined {
    const known = this.accounts.get(actor)
    if (known !== undefined) return known
    const handle = actor.toLowerCase()
    return [...this.accounts.values()].find((account) => account.handle === handle && account.status !== 'deleted')
  }

  writeRecord(
    did: string,
    collection: string,
    rkey: string,
    value: Record<string, unknown>,
    at = this.now(),
  ): StoredRecord {
    this.apply({ kind: 'record', did, collection, rkey, value, cid: recordCid(value), at })
    return this.records.get(uriOf(did, collection, rkey)) as StoredRecord
  }

  deleteRecord(did: string, collection: string, rkey: string, at = this.now()): boolean {
    if (!this.records.has(uriOf(did, collection, rkey))) return false
    this.apply({ kind: 'record-deleted', did, collection, rkey, at })
    return true
  }

  storeBlob(bytes: Uint8Array, mediaType: string, at = this.now()): string {
    const cid = blobCid(bytes)
    if (!this.blobs.has(cid))
      this.apply({ kind: 'blob', cid, mediaType, base64: Buffer.from(bytes).toString('base64'), at })
    return cid
  }

  /** Posts that can be seen: those of accounts that are there. Newest first. */
  visiblePosts(): StoredRecord[] {
    return [...this.records.values()]
      .filter((record) => record.collection === POST && this.accounts.get(record.did)?.status === 'active')
      .sort((one, other) => (one.indexedAt < other.indexedAt ? 1 : one.indexedAt > other.indexedAt ? -1 : 0))
  }

  postCount(did: string): number {
    let count = 0
    for (const record of this.records.values()) if (record.did === did && record.collection === POST) count++
    return count
  }

  visibleRecord(uri: string): StoredRecord | undefined {
    const record = this.records.get(uri)
    return record && this.accounts.get(record.did)?.status === 'active' ? record : undefined
  }

  onFrame(listener: (frame: StreamFrame) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take(change: Change): void {
    if (change.kind === 'account') this.#takeAccount(change)
    else if (change.kind === 'handle') {
      this.#account(change.did).handle = change.handle
      this.#tell(change.did, change.at, null, identityEvent(change))
    } else if (change.kind === 'status') this.#takeStatus(change.did, change.status, change.at)
    else if (change.kind === 'record') this.#takeRecord(change)
    else if (change.kind === 'record-deleted') this.#takeRecordDeleted(change)
    else if (change.kind === 'mute') this.#takeMute(change)
    else if (change.kind === 'report') this.reports.push(change)
    else if (change.kind === 'blob')
      this.blobs.set(change.cid, { bytes: Buffer.from(change.base64, 'base64'), mediaType: change.mediaType })
    else if (change.kind === 'article') this.#site(change.site).set(change.article.id, change.article)
    else this.#site(change.site).delete(change.id)
  }

  #takeAccount(change: AccountChange): void {
    const { kind, at, ...account } = change
    this.accounts.set(change.did, { ...account, status: 'active', createdAt: at })
    this.#tell(change.did, at, null, identityEvent(change))
  }

  #takeMute({ did, subject, muted }: Extract<Change, { kind: 'mute' }>): void {
    const mutes = this.mutes.get(did) ?? new Set()
    this.mutes.set(did, mutes)
    if (muted) mutes.add(subject)
    else mutes.delete(subject)
  }

  #takeRecordDeleted({ did, collection, rkey, at }: Extract<Change, { kind: 'record-deleted' }>): void {
    const uri = uriOf(did, collection, rkey)
    this.#likesLike(this.records.get(uri))?.delete(uri)
    this.records.delete(uri)
    const commit = { rev: this.#rev(), operation: 'delete', collection, rkey }
    this.#tell(did, at, collection, { kind: 'commit', commit })
  }

  #takeStatus(did: string, status: AccountStatus, at: string): void {
    this.#account(did).status = status
    const active = status === 'active'
    this.#tell(did, at, null, { kind: 'account', account: { active, did, ...(active ? {} : { status }) } })
  }

  #takeRecord(change: Extract<Change, { kind: 'record' }>): void {
    const { did, collection, rkey, cid, value, at } = change
    const uri = uriOf(did, collection, rkey)
    const operation = this.records.has(uri) ? 'update' : 'create'
    this.records.set(uri, { uri, cid, did, collection, rkey, value, indexedAt: at })
    this.#likesLike(this.records.get(uri))?.add(uri)
    if (operation === 'create' && collection === POST)
      this.#takePost(uri, did, value as unknown as AppBskyFeedPost.Record, at)
    const commit = { rev: this.#rev(), operation, collection, rkey, record: value, cid }
    this.#tell(did, at, collection, { kind: 'commit', commit })
  }

  /** The likes of what a record likes; undefined: it is none. */
  #likesLike(record: StoredRecord | undefined): Set<string> | undefined {
    const subject = record?.collection === LIKE ? (record.value.subject as { uri?: unknown } | undefined)?.uri : null
    if (typeof subject !== 'string') return undefined
    const likes = this.likes.get(subject) ?? new Set()
    this.likes.set(subject, likes)
    return likes
  }

  #takePost(uri: string, did: string, post: AppBskyFeedPost.Record, at: string): void {
    const parent = post.reply?.parent.uri
    if (parent !== undefined) this.replies.set(parent, [...(this.replies.get(parent) ?? []), uri])
    for (const { to, ...notification } of notificationsOf(uri, did, post, at)) {
      this.notifications.set(to, [notification, ...(this.notifications.get(to) ?? [])])
    }
  }

  /** Stream time never stands still or runs back, whatever time a record claims. */
  #tell(did: string, at: string, collection: string | null, event: Record<string, unknown>): void {
    const timeUs = Math.max(Date.parse(at) * 1_000, this.#lastUs + 1)
    this.#lastUs = timeUs
    const about = event.kind === 'commit' ? event : withSequence(event, this.frames.length + 1, at)
    const frame = { timeUs, collection, did, json: JSON.stringify({ did, time_us: timeUs, ...about }) }
    this.frames.push(frame)
    if (this.frames.length > EVENTS_MAX) this.frames.splice(0, EVENTS_MAX / 10)
    for (const listener of this.#listeners) listener(frame)
  }

  #rev(): string {
    this.#revision++
    return this.#revision.toString(36).padStart(13, '2')
  }

  #account(did: string): Account {
    const account = this.accounts.get(did)
    if (account === undefined) throw new Error(`the twin knows no account ${did}`)
    return account
  }

  #site(site: string): Map<string, Article> {
    const articles = this.articles.get(site) ?? new Map<string, Article>()
    this.articles.set(site, articles)
    return articles
  }
}

const identityEvent = ({ did, handle }: { did: string; handle: string }): Record<string, unknown> => ({
  kind: 'identity',
  identity: { did, handle },
})

export const uriOf = (did: string, collection: string, rkey: string): string => `at://${did}/${collection}/${rkey}`

function withSequence(event: Record<string, unknown>, seq: number, time: string): Record<string, unknown> {
  const kind = String(event.kind)
  return { kind, [kind]: { ...(event[kind] as object), seq, time } }
}
