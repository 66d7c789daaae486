import { hash } from 'node:crypto'
import {
  type HeardAuthor,
  type HeardItem,
  type HeardMedia,
  type HeardPost,
  TEXT_CHARACTERS_MAX,
  type Visibility,
} from '../connectors/index.ts'
import type { AccountStateChange } from '../people/index.ts'

const EARLIEST = Date.UTC(1990, 0, 1)
const CLOCK_SKEW_MS = 10 * 60_000
const TITLE_CHARACTERS_MAX = 1_000
const URL_CHARACTERS_MAX = 2_000
const NAME_CHARACTERS_MAX = 300
const BIO_CHARACTERS_MAX = 4_000
const ALT_CHARACTERS_MAX = 4_000
const MEDIA_MAX = 20
const LINKS_MAX = 50
const MENTIONS_MAX = 100
/** An index entry holds 2,700 bytes; network, scope and id share one. */
const ID_CHARACTERS_MAX = 500
const RAW_CHARACTERS_MAX = 4_000

/** A post as we store it: bounded, valid UTF-8 without NUL, its time plausible. */
export interface NormalPost extends HeardPost {
  visibility: Visibility
  automatic: boolean
  vouched: boolean
  key: string
  contentHash: string
}

export interface PostPlace {
  network: string
  scope: string
  externalId: string
}

export interface Malformed {
  raw: string
  reason: string
}

/** What one batch says, by kind. A post that the same batch deletes is not among the posts. */
export interface Normalised {
  posts: NormalPost[]
  deletions: (PostPlace & { at: Date })[]
  states: AccountStateChange[]
  changedAuthors: HeardAuthor[]
  malformed: Malformed[]
}

export const postKey = (place: PostPlace): string => `${place.network}\n${place.scope}\n${place.externalId}`

/** Of several versions of a post in one batch the last stands; nothing else depends on the order. */
export function normalise(items: HeardItem[], heardAt: Date): Normalised {
  const posts = new Map<string, NormalPost>()
  const deletions = new Map<string, PostPlace & { at: Date }>()
  const result: Normalised = { posts: [], deletions: [], states: [], changedAuthors: [], malformed: [] }
  for (const item of items) {
    if (item.kind === 'post') {
      const post = normalPost(item.post, heardAt)
      if (typeof post === 'string') result.malformed.push({ raw: rawOf(item.post), reason: post })
      else posts.set(post.key, post)
    } else if (item.kind === 'post-deleted') {
      const { network, scope, externalId } = item
      deletions.set(postKey(item), { network, scope, externalId, at: clamped(item.at, heardAt) })
    } else if (item.kind === 'author-changed') result.changedAuthors.push(normalAuthor(item.author))
    else if (item.kind === 'malformed')
      result.malformed.push({
        raw: clean(item.raw, RAW_CHARACTERS_MAX),
        reason: clean(item.reason, NAME_CHARACTERS_MAX),
      })
    else result.states.push(stateChange(item, heardAt))
  }
  result.posts = [...posts.values()].filter((post) => !deletions.has(post.key))
  result.deletions = [...deletions.values()]
  return result
}

function stateChange(
  item: Extract<HeardItem, { kind: 'author-gone' | 'author-back' }>,
  heardAt: Date,
): AccountStateChange {
  const { network, scope, networkId } = item
  const away = item.kind === 'author-gone' && (item.reason === 'deactivated' ? 'deactivated' : 'gone')
  return { network, scope, networkId, state: away || 'active', at: clamped(item.at, heardAt) }
}

/** Returns why it cannot be stored, in a word. */
function normalPost(post: HeardPost, heardAt: Date): NormalPost | string {
  if (post.externalId === '' || post.author.networkId === '') return 'id-missing'
  const ids = [post.externalId, post.scope, post.author.networkId, post.parent?.externalId, post.root?.externalId]
  if (ids.some((id) => (id ?? '').length > ID_CHARACTERS_MAX)) return 'id-too-long'
  if (ids.some((id) => id?.includes('\0') || id?.isWellFormed() === false)) return 'id-unreadable'
  if (Number.isNaN(post.publishedAt.getTime())) return 'date-unreadable'
  const normal = {
    ...post,
    author: normalAuthor(post.author),
    title: post.title === null ? null : clean(post.title, TITLE_CHARACTERS_MAX) || null,
    text: clean(post.text, TEXT_CHARACTERS_MAX),
    url: webAddress(post.url),
    publishedAt: clamped(post.publishedAt, heardAt),
    editedAt: post.editedAt && !Number.isNaN(post.editedAt.getTime()) ? clamped(post.editedAt, heardAt) : null,
    media: post.media.slice(0, MEDIA_MAX).flatMap(normalMedia),
    links: [...new Set(post.links.flatMap((link) => webAddress(link) ?? []))].slice(0, LINKS_MAX),
    mentions: [...new Set(post.mentions.map((id) => clean(id, ID_CHARACTERS_MAX)))].slice(0, MENTIONS_MAX),
    site: post.site === null ? null : clean(post.site, NAME_CHARACTERS_MAX),
    visibility: post.visibility ?? 'public',
    automatic: post.automatic ?? false,
    vouched: post.vouched ?? true,
  }
  return { ...normal, key: postKey(post), contentHash: contentHash(normal) }
}

export function normalAuthor(author: HeardAuthor): HeardAuthor {
  return {
    ...author,
    handle: author.handle === null ? null : clean(author.handle, NAME_CHARACTERS_MAX) || null,
    name: author.name === null ? null : clean(author.name, NAME_CHARACTERS_MAX).trim() || null,
    bio: author.bio === null ? null : clean(author.bio, BIO_CHARACTERS_MAX),
    avatarUrl: webAddress(author.avatarUrl),
    url: webAddress(author.url),
  }
}

function normalMedia(media: HeardMedia): HeardMedia[] {
  const url = webAddress(media.url) ?? letterPart(media.url)
  if (url === null) return []
  const { kind, bytes } = media
  const mediaType = MEDIA_TYPE.test(media.mediaType ?? '') ? media.mediaType : null
  const size = Number.isSafeInteger(bytes) && (bytes ?? -1) >= 0 ? { bytes } : {}
  const alt = clean(media.alt, ALT_CHARACTERS_MAX)
  return [{ kind, url, previewUrl: webAddress(media.previewUrl), alt, mediaType, ...size }]
}

/** What makes a post another text: title, text and media. Not the time, the author or where it stands. */
function contentHash(post: Pick<HeardPost, 'title' | 'text' | 'media'>): string {
  const content = JSON.stringify([post.title, post.text, post.media.map((media) => media.url)])
  return hash('sha256', content, 'base64url').slice(0, 22)
}

const clean = (text: string, charactersMax: number): string =>
  text.replaceAll('\0', '').slice(0, charactersMax).toWellFormed()

function webAddress(address: string | null): string | null {
  if (address === null || address.length > URL_CHARACTERS_MAX || !URL.canParse(address)) return null
  return /^https?:/i.test(address) ? clean(address, URL_CHARACTERS_MAX) : null
}

/** RFC 6838, 4.2. */
const MEDIA_TYPE = /^[\w!#$&^.+-]{1,127}\/[\w!#$&^.+-]{1,127}$/

/** An attachment that its connector reads from the mailbox. */
const letterPart = (address: string): string | null =>
  /^mid:(?:%[0-9A-F]{2}|[\w.~!*'()-])+\/(?:inbox|sent)\/\d{1,4}(?:\.\d{1,4}){0,20}$/.test(address) &&
  address.length <= URL_CHARACTERS_MAX
    ? address
    : null

const clamped = (time: Date, heardAt: Date): Date => {
  const latest = heardAt.getTime() + CLOCK_SKEW_MS
  const milliseconds = time.getTime()
  return new Date(Number.isNaN(milliseconds) ? heardAt.getTime() : Math.min(Math.max(milliseconds, EARLIEST), latest))
}

const rawOf = (post: HeardPost): string => clean(JSON.stringify(post), RAW_CHARACTERS_MAX)
