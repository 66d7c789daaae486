import { imageTypeOf } from '../publishing/index.ts'

const text = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

/** Films and sounds that browsers play, by their first bytes. Pages, playlists and SVG are none of them. */
export function mediaTypeOf(bytes: Uint8Array): string | null {
  const image = imageTypeOf(bytes)
  if (image) return image
  if (text(bytes, 4, 8) === 'ftyp') return boxType(text(bytes, 8, 12))
  if (bytes[0] === 0x1a && bytes[1] === 0x45 && bytes[2] === 0xdf && bytes[3] === 0xa3) return 'video/webm'
  if (text(bytes, 0, 4) === 'OggS') return 'audio/ogg'
  if (text(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg'
  return null
}

/** Pieces of a film as players of playlists take them: transport stream, fragments of MP4, packed audio, subtitles. */
export function filmPieceTypeOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0x47 && (bytes.length === 188 || bytes[188] === 0x47)) return 'video/mp2t'
  if (['ftyp', 'styp', 'moof', 'sidx'].includes(text(bytes, 4, 8))) return 'video/mp4'
  if (text(bytes, 0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0)) return 'audio/aac'
  return text(bytes, 0, 6) === 'WEBVTT' ? 'text/vtt' : null
}

/** ISO base media (MP4 and its relatives) names its brand after the box type. */
function boxType(brand: string): string {
  if (brand === 'avif' || brand === 'avis') return 'image/avif'
  return brand.startsWith('M4A') ? 'audio/mp4' : 'video/mp4'
}
