import { RichText } from '@atproto/api'
import { newRecordKey } from './atproto/repo.ts'
import { FILM, filmSegment } from './film.ts'
import { POST, type StoredRecord, type World } from './world.ts'

export interface Said {
  text: string
  language?: string | undefined
  /** Address of the post answered. */
  answers?: string | undefined
  quotes?: string | undefined
  image?: { bytes: Uint8Array; mediaType: string; alt: string; width: number; height: number } | undefined
  /** The film that the twin makes (film.ts). */
  film?: { alt: string } | undefined
  /** ISO time; the present when left out. */
  at?: string | undefined
}

/** Says something as an account of the world, the way an app would write it: facets, references, languages. */
export function say(world: World, did: string, said: Said): StoredRecord {
  const at = said.at ?? world.now()
  const value = postRecord(world, said, at)
  return world.writeRecord(did, POST, newRecordKey(world, at), value, at)
}

export function postRecord(world: World, said: Said, at: string): Record<string, unknown> {
  const embed = embedOf(world, said, at)
  const reply = said.answers === undefined ? undefined : replyTo(world, said.answers)
  const facets = facetsOf(world, said.text)
  return {
    $type: POST,
    text: said.text,
    createdAt: at,
    ...(facets === undefined ? {} : { facets }),
    ...(said.language === undefined ? {} : { langs: [said.language] }),
    ...(reply === undefined ? {} : { reply }),
    ...(embed === undefined ? {} : { embed }),
  }
}

/** Mentions of handles that nobody has stay plain text. */
function facetsOf(world: World, text: string): unknown[] | undefined {
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const facets = (rich.facets ?? []).flatMap((facet) => {
    const features = facet.features.flatMap((feature) => {
      if (!('did' in feature)) return [feature]
      const account = world.accountOf(String(feature.did))
      return account === undefined ? [] : [{ ...feature, did: account.did }]
    })
    return features.length === 0 ? [] : [{ $type: 'app.bsky.richtext.facet', index: facet.index, features }]
  })
  return facets.length === 0 ? undefined : facets
}

/** Null parents happen: what was answered may be gone by now. Then it is a post of its own. */
function replyTo(world: World, uri: string): Record<string, unknown> | undefined {
  const parent = world.records.get(uri)
  if (parent === undefined) return undefined
  const reference = { uri: parent.uri, cid: parent.cid }
  const root = (parent.value.reply as { root?: unknown } | undefined)?.root
  return { root: root ?? reference, parent: reference }
}

function embedOf(world: World, said: Said, at: string): Record<string, unknown> | undefined {
  if (said.image !== undefined) {
    const { bytes, mediaType, alt, width, height } = said.image
    const ref = { $link: world.storeBlob(bytes, mediaType, at) }
    const image = { $type: 'blob', ref, mimeType: mediaType, size: bytes.byteLength }
    return { $type: 'app.bsky.embed.images', images: [{ image, alt, aspectRatio: { width, height } }] }
  }
  if (said.film !== undefined) {
    const bytes = Buffer.concat(Array.from({ length: FILM.segments }, (_, index) => filmSegment(index)))
    const video = { $type: 'blob', ref: { $link: world.storeBlob(bytes, 'video/mp4', at) }, mimeType: 'video/mp4' }
    const { width, height } = FILM
    const aspectRatio = { width, height }
    return {
      $type: 'app.bsky.embed.video',
      video: { ...video, size: bytes.byteLength },
      alt: said.film.alt,
      aspectRatio,
    }
  }
  const quoted = said.quotes === undefined ? undefined : world.records.get(said.quotes)
  if (quoted === undefined) return undefined
  return { $type: 'app.bsky.embed.record', record: { uri: quoted.uri, cid: quoted.cid } }
}
