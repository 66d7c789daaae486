import { type AppBskyFeedPost, type AtpAgent, type Facet, RichText } from '@atproto/api'
import type { OutgoingPost, PictureLimits, PostReference } from '../connector.ts'
import { FailureError } from './failure.ts'
import { POST_COLLECTION, postUriParts } from './record.ts'

export const GRAPHEMES_MAX = 300
const TEXT_BYTES_MAX = 3_000
/**
 * app.bsky.embed.images. Newer servers take 2 MB; the megabyte of the older ones passes everywhere. A GIF would be taken
 * too, and stand still.
 */
export const PICTURES: PictureLimits = {
  countMax: 4,
  bytesMax: 1_000_000,
  sideMax: 2_000,
  types: ['image/jpeg', 'image/png', 'image/webp'],
}

/**
 * The record of a post, ready to be created. Checks what the network would refuse before anything is uploaded.
 * Mentions are looked up now; a handle that leads nowhere stays plain text, as in the network's own app.
 */
export async function outgoingRecord(agent: AtpAgent, post: OutgoingPost): Promise<AppBskyFeedPost.Record> {
  const text = new RichText({ text: post.text.trim() })
  assertSendable(text, post)
  await text.detectFacets(agent)
  const record: AppBskyFeedPost.Record = {
    $type: POST_COLLECTION,
    text: text.text,
    createdAt: post.createdAt.toISOString(),
  }
  const facets = resolvedFacets(text)
  if (facets.length > 0) record.facets = facets
  if (post.language !== null) record.langs = [post.language]
  if (post.parent !== null) {
    record.reply = { parent: strongReference(post.parent), root: strongReference(post.root ?? post.parent) }
  }
  if (post.media.length > 0) record.embed = await uploadedImages(agent, post)
  return record
}

/** The client library leaves a mention without a DID where nobody has the handle; the network would refuse the whole post. */
const resolvedFacets = (text: RichText): Facet[] =>
  (text.facets ?? []).filter((facet) =>
    facet.features.every((feature) => !('did' in feature) || String(feature.did).startsWith('did:')),
  )

function assertSendable(text: RichText, post: OutgoingPost): void {
  if (text.text === '' && post.media.length === 0) refuse('the post is empty')
  if (text.graphemeLength > GRAPHEMES_MAX)
    refuse(`the text has ${text.graphemeLength} characters, the network takes ${GRAPHEMES_MAX}`)
  if (text.length > TEXT_BYTES_MAX) refuse(`the text has ${text.length} bytes, the network takes ${TEXT_BYTES_MAX}`)
  if (post.media.length > PICTURES.countMax)
    refuse(`${post.media.length} images, the network takes ${PICTURES.countMax}`)
  for (const image of post.media) {
    if (!PICTURES.types.includes(image.mediaType)) refuse(`${image.mediaType} is no image type that the network takes`)
    if (image.bytes.byteLength > PICTURES.bytesMax)
      refuse(`an image has ${image.bytes.byteLength} bytes, the network takes ${PICTURES.bytesMax}`)
  }
}

/** A reply names its parent by address and content id: both, or the network's servers drop it from the thread. */
function strongReference(reference: PostReference): { uri: string; cid: string } {
  if (postUriParts(reference.externalId) === null) return refuse('the post replied to has no Bluesky address')
  if (reference.reference === null) return refuse('the content id of the post replied to is unknown')
  return { uri: reference.externalId, cid: reference.reference }
}

async function uploadedImages(agent: AtpAgent, post: OutgoingPost): Promise<AppBskyFeedPost.Record['embed']> {
  const images = []
  for (const { bytes, mediaType, width, height, alt } of post.media) {
    const { data } = await agent.uploadBlob(bytes, { encoding: mediaType })
    images.push({ image: data.blob, alt, aspectRatio: { width, height } })
  }
  return { $type: 'app.bsky.embed.images', images }
}

function refuse(detail: string): never {
  throw new FailureError({ name: 'refused', detail })
}
