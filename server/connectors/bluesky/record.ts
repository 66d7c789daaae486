import {
  type HeardAuthor,
  type HeardMedia,
  type HeardPost,
  type PostReference,
  TEXT_CHARACTERS_MAX,
} from '../connector.ts'
import type { BlueskySettings } from './settings.ts'

/** Network name of every account and post of the AT Protocol, whichever way it was heard. */
export const NETWORK = 'bluesky'
export const POST_COLLECTION = 'app.bsky.feed.post'

const LINKS_MAX = 20
const MENTIONS_MAX = 50
const MEDIA_MAX = 10
const ALT_CHARACTERS_MAX = 2_000
const URL_CHARACTERS_MAX = 2_000
const POST_URI = /^at:\/\/(did:[a-z]+:[a-zA-Z0-9._:%-]{1,256})\/app\.bsky\.feed\.post\/([a-zA-Z0-9._~:-]{1,512})$/

export interface RecordPlace {
  uri: string
  cid: string | null
  author: HeardAuthor
  /** Used when the record's own time is unreadable. */
  heardAt: Date
  editedAt: Date | null
  /** Our own account: decides `addressed`. Null where the stream serves everybody. */
  ownDid: string | null
  /** True where the network itself says that it is for us (a quote). */
  addressed?: boolean
}

type Json = Record<string, unknown>

/**
 * Reads a post record as it came: JSON from the stream, or as the client library hands it over (content ids and blobs
 * as objects). A record is written by anybody's software, so every field is checked and only text is required.
 * Returns the reason when it is no post.
 */
export function readPost(record: unknown, place: RecordPlace, settings: BlueskySettings): HeardPost | string {
  const parts = postUriParts(place.uri)
  if (parts === null) return 'not the address of a post'
  if (!isJson(record)) return 'record is not an object'
  if (typeof record.text !== 'string') return 'record has no text'
  const reply = isJson(record.reply) ? record.reply : {}
  const parent = referenceOf(reply.parent)
  const root = referenceOf(reply.root) ?? parent
  const features = facetFeatures(record.facets)
  const mentions = unique(
    features.map((feature) => feature.did),
    MENTIONS_MAX,
  ).filter((did) => did.startsWith('did:'))
  const embeds = embedsOf(record.embed)
  return {
    network: NETWORK,
    scope: '',
    externalId: place.uri,
    reference: place.cid,
    author: place.author,
    title: null,
    text: record.text.replaceAll('\u0000', '').slice(0, TEXT_CHARACTERS_MAX),
    url: `${settings.web}/profile/${parts.did}/post/${parts.recordKey}`,
    publishedAt: dateOf(record.createdAt) ?? place.heardAt,
    editedAt: place.editedAt,
    language: languageOf(record.langs),
    parent,
    root,
    media: embeds.flatMap((embed) => mediaOf(embed, parts.did, settings)).slice(0, MEDIA_MAX),
    links: unique(
      [...features.map((feature) => feature.uri), ...embeds.map((embed) => linkOf(embed, settings))].filter(
        isWebAddress,
      ),
      LINKS_MAX,
    ),
    mentions,
    site: new URL(settings.web).hostname,
    addressed: isAddressed(place, [parent, root], mentions),
  }
}

export function postUriParts(uri: unknown): { did: string; recordKey: string } | null {
  const match = typeof uri === 'string' ? POST_URI.exec(uri) : null
  return match?.[1] && match[2] ? { did: match[1], recordKey: match[2] } : null
}

function isAddressed(place: RecordPlace, references: (PostReference | null)[], mentions: string[]): boolean {
  const own = place.ownDid
  if (own === null || place.author.networkId === own) return false
  if (place.addressed === true || mentions.includes(own)) return true
  return references.some((reference) => reference?.externalId.startsWith(`at://${own}/`))
}

function referenceOf(value: unknown): PostReference | null {
  if (!isJson(value) || postUriParts(value.uri) === null) return null
  return { externalId: String(value.uri), reference: typeof value.cid === 'string' ? value.cid : null }
}

/** A post that states several languages states none: it is recognised from its text. */
function languageOf(langs: unknown): string | null {
  if (!Array.isArray(langs) || langs.length !== 1 || typeof langs[0] !== 'string') return null
  return /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}$/.test(langs[0]) ? langs[0] : null
}

function facetFeatures(facets: unknown): Json[] {
  if (!Array.isArray(facets)) return []
  return facets.flatMap((facet) =>
    isJson(facet) && Array.isArray(facet.features) ? facet.features.filter(isJson) : [],
  )
}

/** The embed itself, or both halves of "quoted post with media". */
function embedsOf(embed: unknown): Json[] {
  if (!isJson(embed)) return []
  if (embed.$type !== 'app.bsky.embed.recordWithMedia') return [embed]
  return [embed.media, embed.record].filter(isJson)
}

function mediaOf(embed: Json, did: string, settings: BlueskySettings): HeardMedia[] {
  if (embed.$type === 'app.bsky.embed.images' && Array.isArray(embed.images))
    return embed.images.filter(isJson).flatMap((entry) => {
      const cid = blobCid(entry.image)
      if (cid === null) return []
      const image = (size: string) => `${settings.images}/img/${size}/plain/${did}/${cid}@jpeg`
      return [medium('image', image('feed_fullsize'), image('feed_thumbnail'), entry.alt, entry.image)]
    })
  const video = embed.$type === 'app.bsky.embed.video' ? blobCid(embed.video) : null
  if (video === null) return []
  const base = `${settings.videos}/watch/${encodeURIComponent(did)}/${video}`
  return [medium('video', `${base}/playlist.m3u8`, `${base}/thumbnail.jpg`, embed.alt, embed.video)]
}

function medium(kind: HeardMedia['kind'], url: string, previewUrl: string, alt: unknown, blob: unknown): HeardMedia {
  const mediaType = isJson(blob) && typeof blob.mimeType === 'string' ? blob.mimeType.slice(0, 100) : null
  return { kind, url, previewUrl, alt: typeof alt === 'string' ? alt.slice(0, ALT_CHARACTERS_MAX) : '', mediaType }
}

function linkOf(embed: Json, settings: BlueskySettings): unknown {
  if (isJson(embed.external)) return embed.external.uri
  const quoted = isJson(embed.record) ? postUriParts(embed.record.uri) : null
  return quoted === null ? undefined : `${settings.web}/profile/${quoted.did}/post/${quoted.recordKey}`
}

/** Blobs are `{ref: {$link}}` in JSON, hold a CID object after the client library, and were `{cid}` before 2023. */
function blobCid(blob: unknown): string | null {
  if (!isJson(blob)) return null
  const reference = isJson(blob.ref) ? (blob.ref.$link ?? String(blob.ref)) : (blob.ref ?? blob.cid)
  return typeof reference === 'string' && /^[a-zA-Z0-9]{10,120}$/.test(reference) ? reference : null
}

export function dateOf(value: unknown): Date | null {
  const time = typeof value === 'string' && value.length <= 64 ? Date.parse(value) : Number.NaN
  return Number.isFinite(time) ? new Date(time) : null
}

function unique(values: unknown[], max: number): string[] {
  const texts = values.filter(
    (value): value is string => typeof value === 'string' && value.length <= URL_CHARACTERS_MAX,
  )
  return [...new Set(texts)].slice(0, max)
}

/** A facet may carry any scheme: only what a browser may follow leaves here. */
export const isWebAddress = (value: unknown): value is string =>
  typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '')

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
