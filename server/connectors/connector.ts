/**
 * The port that every network is reached through. Vendor words (at-uri, GUID, toot …) stop here: what passes is
 * HeardItem on the way in and OutgoingPost on the way out. A failure that a network can be expected to give is data
 * with a name (Failure); a bug throws.
 */

/** Named failures. `detail` is for operators: never shown to customers, never holds content or secrets. */
export type Failure =
  | { name: 'rate-limited'; until: Date; detail: string }
  | { name: 'credentials-expired'; detail: string }
  | { name: 'refused'; detail: string }
  | { name: 'gone'; detail: string }
  | { name: 'malformed'; detail: string }
  | { name: 'forbidden-address'; detail: string }
  | { name: 'unreachable'; detail: string }
  | { name: 'upstream'; detail: string }

export type FailureName = Failure['name']

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** An account on a network. The key is (network, scope, networkId); handle and name change. */
export interface HeardAuthor {
  network: string
  /** Instance, page, site or feed that networkId is unique in; '' where the network is one. */
  scope: string
  networkId: string
  handle: string | null
  name: string | null
  avatarUrl: string | null
  bio: string | null
  url: string | null
  followers: number | null
  /** False where the network gives no stable id (review nicknames, feed bylines): never merged by itself. */
  stable: boolean
}

export interface HeardMedia {
  kind: 'image' | 'video' | 'audio' | 'file'
  /** On the web; or of the network's own (a part of a letter: mid:), which `readMedium` reads. */
  url: string
  previewUrl: string | null
  alt: string
  mediaType: string | null
  /** Its size, where the network says it. */
  bytes?: number | null
}

export type MediumRead = Uint8Array | 'gone' | 'too-large'

/** Another post by its network id; `reference` is what the network needs beside the id (Bluesky: the cid). */
export interface PostReference {
  externalId: string
  reference: string | null
}

export interface HeardPost {
  network: string
  scope: string
  externalId: string
  reference: string | null
  author: HeardAuthor
  /** Title of an article or thread, null for short posts. */
  title: string | null
  /** Plain text: markup removed, entities decoded, at most TEXT_CHARACTERS_MAX. */
  text: string
  url: string | null
  /** As claimed by the network; intake clamps it to [1990, now + 10 min]. */
  publishedAt: Date
  editedAt: Date | null
  /** BCP 47, as stated by the network; null: to be recognised. */
  language: string | null
  parent: PostReference | null
  root: PostReference | null
  media: HeardMedia[]
  links: string[]
  /** Network ids of the accounts mentioned. */
  mentions: string[]
  /** Host name of the site that carries the post. */
  site: string | null
  /** True when it was said to our own account: reply, mention, direct message. Kept also without a match. */
  addressed: boolean
  /** Whom it was said to: everybody (when left out), or us and few others. */
  visibility?: Visibility
  /** Written by a machine of theirs (an absence note, a mailing list): kept in a thread that is known, and nobody has to answer it. */
  automatic?: boolean
  /**
   * Set where the network vouches for no sender: scope that the author gets where this names an account of ours. Anybody
   * may write our address on a letter; what is ours we know from where we sent it.
   */
  scopeIfOurs?: string
  /** False: nobody but the post itself says who wrote it. Left out: the network knows its authors. */
  vouched?: boolean
}

export type Visibility = 'public' | 'private'

/** What a source hears. Deletions and departures are facts of their own, never inferred from absence. */
export type HeardItem =
  | { kind: 'post'; post: HeardPost }
  | { kind: 'post-deleted'; network: string; scope: string; externalId: string; at: Date }
  | { kind: 'author-changed'; author: HeardAuthor; at: Date }
  | {
      kind: 'author-gone'
      network: string
      scope: string
      networkId: string
      reason: 'deleted' | 'taken-down' | 'deactivated'
      at: Date
    }
  | { kind: 'author-back'; network: string; scope: string; networkId: string; at: Date }
  | { kind: 'malformed'; raw: string; reason: string }

/** JSON that only the connector reads. Stored after everything in the batch was stored. */
export type Cursor = { [key: string]: string | number | boolean | null } | null

export interface HeardBatch {
  items: HeardItem[]
  cursor: Cursor
  /** True when the next poll would bring more at once. */
  more: boolean
  /** What the network says that may still be asked; absent where it says nothing. */
  quota?: { limit: number; left: number; resetsAt: Date }
  /** What was said in between and can no longer be heard. */
  gap?: { from: Date; until: Date }
}

export interface Connection {
  /** Parsed by Connector.settings. */
  settings: Record<string, unknown>
  /** Parsed by Connector.credentials, decrypted just before the call; null where none are needed. */
  credentials: Record<string, unknown> | null
}

export interface CheckedAccount {
  /** What the source may be called: feed title, account handle. */
  name: string
  /** Our own account behind the credentials; null where none is needed. */
  author: HeardAuthor | null
  /** Settings completed by discovery (a page address becomes the feed address). */
  settings: Record<string, unknown>
}

export interface OutgoingPost {
  text: string
  /** Private: goes to `recipient`, or into the private thread of `parent` or `root`. */
  visibility?: Visibility
  /** Network id of whom a private message is for. */
  recipient?: string | null
  /** Of a letter; networks without titles leave it out. */
  title?: string | null
  language: string | null
  parent: PostReference | null
  root: PostReference | null
  /** Within Capabilities.pictures; size in pixels, as it is seen. */
  media: { bytes: Uint8Array; mediaType: string; width: number; height: number; alt: string }[]
  /** Frozen before the first attempt, the same in every retry: record key, idempotency key, Message-ID. */
  networkKey: string
  /** Frozen before the first attempt; becomes the network's creation time where it takes one. */
  createdAt: Date
}

export interface PublishedPost {
  externalId: string
  reference: string | null
  url: string | null
  /** The private thread that it stands in, where only the network knows it. */
  root?: PostReference
}

/** What a network takes of pictures; they are made to fit before they are handed over. */
export interface PictureLimits {
  /** In one post. */
  countMax: number
  /** Of one picture. */
  bytesMax: number
  /** Longest side in pixels that the network shows; more is wasted. */
  sideMax: number
  /** Media types, of `image/jpeg`, `image/png` and `image/webp`. */
  types: readonly string[]
}

export interface Capabilities {
  /** Works with no key at all. */
  open: boolean
  /** 'poll': asked when due; 'stream': one connection for the installation; 'none': only written to or imported. */
  hears: 'poll' | 'stream' | 'none'
  speaks: boolean
  tellsDeletions: boolean
  tellsEdits: boolean
  /** After doubt, can the network be asked whether networkKey was published? */
  findsByKey: boolean
  textCharactersMax: number | null
  /** Null: takes none. */
  pictures: PictureLimits | null
  /** Absent: none. */
  moderates?: readonly ModerationAction[]
  /** Absent: carries no private messages. */
  private?: PrivateCapabilities
  pollEverySeconds: number
  /** After a while without being asked it goes on where we stopped; otherwise it shows its newest only. */
  resumes: boolean
}

export interface PrivateCapabilities {
  /** 'network': told apart from public posts of the same accounts; 'letters': everything there is private. */
  kind: 'network' | 'letters'
  /** Whether we may write first. */
  begins: boolean
  /** How long after the customer's last message an answer is taken; null: always. */
  replyWindowHours: number | null
  /** As Capabilities.findsByKey, for private messages. */
  findsByKey: boolean
  textCharactersMax: number | null
  pictures: PictureLimits | null
}

/** What can be done with posts and accounts of others. Own posts are taken off by `remove`. */
export type ModerationAction = 'like' | 'hide' | 'block' | 'mute' | 'report'
/** What every network that takes reports can be told. */
export type ReportReason = 'spam' | 'rude' | 'misleading' | 'violation' | 'other'

export interface ModerationAct {
  action: ModerationAction
  /** Null: it is about the account alone. */
  post: PostReference | null
  root: PostReference | null
  /** Who wrote it, or who is meant. */
  authorNetworkId: string
  reason: ReportReason
  /** In our words, for the network; only reports carry it. */
  note: string
  /** Frozen before the first attempt, the same in every retry. */
  networkKey: string
  /** Frozen as well; becomes the network's creation time where it takes one. */
  at: Date
}

export interface Connector {
  network: string
  capabilities: Capabilities
  /** Throws nothing: a fault is named with the field it belongs to. */
  parseSettings(input: unknown): Outcome<Record<string, unknown>>
  parseCredentials(input: unknown): Outcome<Record<string, unknown> | null>
  check(connection: Connection, signal: AbortSignal): Promise<Outcome<CheckedAccount>>
  poll?(connection: Connection, cursor: Cursor, signal: AbortSignal): Promise<Outcome<HeardBatch>>
  /** Ends with a failure or when the signal aborts. Batches are awaited: a slow reader slows the stream. */
  stream?(connection: Connection, cursor: Cursor, signal: AbortSignal): AsyncGenerator<HeardBatch, Failure | null>
  /** The thread around a post as it stands now, root first. */
  readThread?(connection: Connection, post: PostReference, signal: AbortSignal): Promise<Outcome<HeardPost[]>>
  publish?(connection: Connection, post: OutgoingPost, signal: AbortSignal): Promise<Outcome<PublishedPost>>
  /** 'undecidable': it was begun, and nothing there says how it ended; a person has to look. */
  findByKey?(
    connection: Connection,
    networkKey: string,
    signal: AbortSignal,
  ): Promise<Outcome<PublishedPost | null | 'undecidable'>>
  /** Is the post heard the one published under this key? Pure: our own echo may arrive before the network's answer. */
  isEchoOf?(networkKey: string, externalId: string): boolean
  remove?(connection: Connection, externalId: string, signal: AbortSignal): Promise<Outcome<null>>
  /** Where a private answer is to be sent so that it brings its code along: an address, or null where it has to be written. */
  addressFor?(connection: Connection, code: string): string
  /** Doing it again under the same key does it once; but a report may arrive twice. `undoReference` is for `undoModeration` alone; null: it cannot be taken back. */
  moderate?(
    connection: Connection,
    act: ModerationAct,
    signal: AbortSignal,
  ): Promise<Outcome<{ undoReference: string | null }>>
  /** What is not there any more counts as taken back. */
  undoModeration?(
    connection: Connection,
    action: ModerationAction,
    undoReference: string,
    signal: AbortSignal,
  ): Promise<Outcome<null>>
  /** What lies behind an address of its own that it gave a medium. */
  readMedium?(
    connection: Connection,
    address: string,
    limits: { bytesMax: number; signal: AbortSignal },
  ): Promise<Outcome<MediumRead>>
  profile?(connection: Connection, networkId: string, signal: AbortSignal): Promise<Outcome<HeardAuthor>>
}

export const TEXT_CHARACTERS_MAX = 20_000
