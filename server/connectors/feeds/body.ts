/** What an entry says: its text without markup, its links and its media, all addresses absolute and of the web. */
import { type HeardMedia, TEXT_CHARACTERS_MAX } from '../connector.ts'
import { cleanText, decodeEntities, looksLikeMarkup, readMarkup, webAddress } from '../markup.ts'
import type { Entry, Written } from './entry.ts'

const PLAIN_CHARACTERS_MAX = 500
const MEDIA_MAX = 20

export interface Body {
  text: string
  links: string[]
  media: HeardMedia[]
}

/** The text of the first body that says something; links and pictures of it, and the media of the entry itself. */
export function fullestBody(entry: Entry, base: string): Body {
  const attached = entry.media.flatMap((media): HeardMedia[] => {
    const url = webAddress(media.url, base)
    if (url === null) return []
    const mediaType = cleanMediaType(media.mediaType)
    const previewUrl = webAddress(media.previewUrl ?? undefined, base)
    return [{ kind: mediaKind(mediaType, url), url, previewUrl, alt: plainText(media.alt, base), mediaType }]
  })
  let found: Body = { text: '', links: [], media: [] }
  for (const written of entry.bodies) {
    const body = readWritten(written, base)
    if (found.text === '' && body.media.length + body.text.length > 0) found = { ...body, media: body.media }
    if (body.text !== '') {
      found = { ...body, media: [...found.media, ...body.media] }
      break
    }
  }
  const media = new Map([...attached, ...found.media].map((one) => [one.url, one]))
  return {
    text: cleanText(found.text, TEXT_CHARACTERS_MAX),
    links: found.links,
    media: [...media.values()].slice(0, MEDIA_MAX),
  }
}

function readWritten(written: Written, outerBase: string): Body {
  const base = webAddress(written.base ?? undefined, outerBase) ?? outerBase
  const markup = written.kind === 'markup' || (written.kind === 'unknown' && looksLikeMarkup(written.value))
  if (markup) return readMarkup(written.value, base)
  return { text: written.kind === 'unknown' ? decodeEntities(written.value) : written.value, links: [], media: [] }
}

export function plain(written: Written | null, base: string, charactersMax: number): string | null {
  if (written === null) return null
  const text = cleanText(readWritten(written, base).text.replace(/\s+/g, ' '), charactersMax)
  return text === '' ? null : text
}

export function plainText(value: string, base: string): string {
  return plain({ value, kind: 'unknown', base: null }, base, PLAIN_CHARACTERS_MAX) ?? ''
}

function cleanMediaType(written: string | null): string | null {
  const type = written?.trim().toLowerCase() ?? ''
  return /^[a-z]+\/([a-z0-9.+-]+|\*)$/.test(type) ? type : null
}

function mediaKind(mediaType: string | null, url: string): HeardMedia['kind'] {
  const kind = /^(image|video|audio)\//.exec(mediaType ?? '')?.[1]
  if (kind !== undefined) return kind as HeardMedia['kind']
  const path = new URL(url).pathname.toLowerCase()
  if (/\.(jpe?g|png|gif|webp|avif|svg)$/.test(path)) return 'image'
  if (/\.(mp4|m4v|webm|mov)$/.test(path)) return 'video'
  return /\.(mp3|m4a|ogg|opus|wav)$/.test(path) ? 'audio' : 'file'
}
