import { Transformer } from '@napi-rs/image'

export interface PhotoOptions {
  width: number
  height: number
  /** EXIF: how a camera was held; 6 is a phone upright. */
  orientation?: number
  /** The lower half can be seen through. */
  seeThrough?: boolean
}

/** Grain that no codec can foresee: such a picture stays large. Seeded, so that it is always the same one. */
export function pixels({ width, height, seeThrough = false }: PhotoOptions): Transformer {
  const rgba = new Uint8Array(width * height * 4)
  let state = 12_345
  for (let at = 0; at < rgba.length; at += 4) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    rgba[at] = state >>> 24
    rgba[at + 1] = (at / 4 / width) & 255
    rgba[at + 2] = (state >>> 16) & 127
    rgba[at + 3] = seeThrough && at > rgba.length / 2 ? 0 : 255
  }
  return Transformer.fromRgbaPixels(rgba, width, height)
}

/** A JPEG as a phone writes it: with EXIF (author, place, orientation), a comment and a colour profile. */
export async function phonePhoto(options: PhotoOptions): Promise<Buffer> {
  const plain = await pixels(options).jpeg(95)
  const profile = Buffer.alloc(132, 1)
  profile.write('RGB ', 16, 'latin1')
  return Buffer.concat([
    plain.subarray(0, 2),
    exifSegment(options.orientation ?? 1),
    segment(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), profile])),
    segment(0xfe, Buffer.from('Seen from the balcony of Jana Brandt')),
    plain.subarray(2),
  ])
}

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

export const exifSegment = (orientation: number): Buffer =>
  segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation)]))

/** TIFF 6.0, little end first: orientation, artist, and a directory of the place (53° 33′ north). */
export function exif(orientation: number): Buffer {
  const artist = Buffer.from('Jana Brandt\0', 'latin1')
  const [afterDirectory, gpsAt] = [8 + 2 + 3 * 12 + 4, 8 + 2 + 3 * 12 + 4 + artist.length]
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16LE(tag, 0)
    bytes.writeUInt16LE(type, 2)
    bytes.writeUInt32LE(count, 4)
    bytes.writeUInt32LE(value, 8)
    return bytes
  }
  const rational = Buffer.alloc(24)
  for (const [index, value] of [53, 1, 33, 1, 0, 1].entries()) rational.writeUInt32LE(value, index * 4)
  return Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0\x03\0', 'latin1'),
    entry(0x0112, 3, 1, orientation),
    entry(0x013b, 2, artist.length, afterDirectory),
    entry(0x8825, 4, 1, gpsAt),
    Buffer.alloc(4),
    artist,
    Buffer.from('\x02\0', 'latin1'),
    entry(0x0001, 2, 2, 'N'.charCodeAt(0)),
    entry(0x0002, 5, 3, gpsAt + 2 + 2 * 12 + 4),
    Buffer.alloc(4),
    rational,
  ])
}
