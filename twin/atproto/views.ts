import { quotedUri } from '../notifications.ts'
import { type Account, POST, type StoredRecord, type World } from '../world.ts'
import * as moderation from './moderation.ts'

type Json = Record<string, unknown>

/** How the AppView shows records to readers: app.bsky.actor.defs and app.bsky.feed.defs. */
export interface Views {
  profile(account: Account): Json
  profileDetailed(account: Account): Json
  post(record: StoredRecord): Json
  repliesTo(uri: string): StoredRecord[]
}

export function viewsOf(world: World, origin: () => string): Views {
  const image = (did: string, cid: string, size: string): string => `${origin()}/img/${size}/plain/${did}/${cid}@jpeg`

  const profile = (account: Account): Json => ({
    did: account.did,
    handle: account.handle,
    displayName: account.name,
    ...(account.avatarCid === null ? {} : { avatar: image(account.did, account.avatarCid, 'avatar') }),
    createdAt: account.createdAt,
    labels: [],
  })

  const profileDetailed = (account: Account): Json => ({
    ...profile(account),
    description: account.bio,
    followersCount: account.followers,
    followsCount: Math.ceil(account.followers / 3),
    postsCount: world.postCount(account.did),
    indexedAt: account.createdAt,
  })

  const repliesTo = (uri: string): StoredRecord[] =>
    [...new Set(world.replies.get(uri))]
      .map((reply) => world.visibleRecord(reply))
      .filter((reply) => reply !== undefined)

  const post = (record: StoredRecord): Json => {
    const embed = embedView(record)
    return {
      uri: record.uri,
      cid: record.cid,
      author: profile(world.accounts.get(record.did) as Account),
      record: record.value,
      ...(embed === null ? {} : { embed }),
      replyCount: repliesTo(record.uri).length,
      repostCount: 0,
      likeCount: world.likes.get(record.uri)?.size ?? 0,
      ...moderation.gateOf(world, record),
      quoteCount: 0,
      indexedAt: record.indexedAt,
      labels: [],
    }
  }

  const embedView = (record: StoredRecord): Json | null => {
    const embed = record.value.embed as Json | undefined
    if (embed?.$type === 'app.bsky.embed.images') {
      const images = (embed.images as Json[]).map((entry) =>
        imageView(entry, (cid, size) => image(record.did, cid, size)),
      )
      return { $type: 'app.bsky.embed.images#view', images }
    }
    if (embed?.$type === 'app.bsky.embed.external')
      return { $type: 'app.bsky.embed.external#view', external: embed.external }
    const quoted = quotedUri(embed)
    return quoted === null ? null : { $type: 'app.bsky.embed.record#view', record: quotedView(quoted) }
  }

  const quotedView = (uri: string): Json => {
    const record = world.visibleRecord(uri)
    if (record === undefined) return { $type: 'app.bsky.embed.record#viewNotFound', uri, notFound: true }
    const author = profile(world.accounts.get(record.did) as Account)
    const { cid, value, indexedAt } = record
    return { $type: 'app.bsky.embed.record#viewRecord', uri, cid, author, value, indexedAt }
  }

  return { profile, profileDetailed, post, repliesTo }
}

function imageView({ image, alt, aspectRatio }: Json, addressOf: (cid: string, size: string) => string): Json {
  const cid = String(((image as Json).ref as Json).$link)
  const sizes = { thumb: addressOf(cid, 'feed_thumbnail'), fullsize: addressOf(cid, 'feed_fullsize') }
  return { ...sizes, alt, ...(aspectRatio ? { aspectRatio } : {}) }
}

export const parentOf = (record: StoredRecord): string | null =>
  record.collection === POST
    ? ((record.value.reply as { parent?: { uri?: string } } | undefined)?.parent?.uri ?? null)
    : null
