/**
 * What a picture says of itself before anything is decoded: its kind, its size, which way up it is, and what travels
 * with it. Read from the container alone (JPEG: ITU T.81; PNG: W3C, third edition; WebP: RFC 9649; EXIF: TIFF 6.0), so
 * that a bomb of a few kilobytes is known by the size it claims.
 */
import { imageTypeOf } from './image-type.ts'
import type { PictureFault } from './picture.ts'

/** The largest photo of today's phones; four bytes for each of them are what decoding takes. */
export const PIXELS_MAX = 50_000_000

export interface PictureHeader {
  mediaType: string
  /** As stored: orientation 5 to 8 stands on its side. */
  width: number
  height: number
  /** 1 to 8, as in EXIF. */
  orientation: number
  /** Several frames, or a format made for them. */
  moves: boolean
  /** Something travels with it that is not the picture: EXIF, XMP, IPTC, comments. */
  metadata: boolean
  /** ICC profile of a JPEG; null: none, or in another format. */
  colourProfile: Buffer | null
}

const COLOUR_PROFILE_BYTES_MAX = 64 * 1024

/** What is refused before anything is decoded. */
export function headerFault(header: PictureHeader | null): PictureFault | null {
  if (!header) return 'unreadable'
  if (header.moves) return 'moves'
  return header.width * header.height > PIXELS_MAX ? 'too-many-pixels' : null
}

/** Null: none of the formats we read, or cut off before it says what it is. */
export function readPictureHeader(given: Uint8Array): PictureHeader | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  const mediaType = imageTypeOf(bytes)
  const read = mediaType && READERS[mediaType]
  if (!read) return null
  const header = { mediaType, width: 0, height: 0, orientation: 1, moves: false, metadata: false, colourProfile: null }
  try {
    read(bytes, header)
  } catch (error) {
    // Read beyond the end: cut off. What was said before counts.
    if (!(error instanceof RangeError)) throw error
  }
  return header.width > 0 && header.height > 0 ? header : null
}

const READERS: Record<string, (bytes: Buffer, header: PictureHeader) => void> = {
  'image/jpeg': readJpeg,
  'image/png': readPng,
  'image/webp': readWebp,
  'image/gif': (bytes, header) => {
    grow(header, bytes.readUInt16LE(6), bytes.readUInt16LE(8))
    header.moves = true
  },
}

/** A file that states several sizes has the largest of each: a decoder may believe any of them. */
function grow(header: PictureHeader, width: number, height: number): void {
  header.width = Math.max(header.width, width)
  header.height = Math.max(header.height, height)
}

function readJpeg(bytes: Buffer, header: PictureHeader): void {
  const profile: Buffer[] = []
  for (let at = 2; ; ) {
    // Any number of 0xFF may fill the place before a marker.
    while (bytes.readUInt8(at) === 0xff && bytes.readUInt8(at + 1) === 0xff) at++
    const marker = bytes.readUInt16BE(at)
    if (marker < 0xffc0 || marker === 0xffda || marker === 0xffd9) break
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2) break
    readJpegSegment(marker & 0xff, bytes.subarray(at + 4, at + 2 + length), header, profile)
    at += 2 + length
  }
  const whole = Buffer.concat(profile)
  if (whole.length > 0 && whole.length <= COLOUR_PROFILE_BYTES_MAX) header.colourProfile = whole
}

function readJpegSegment(marker: number, body: Buffer, header: PictureHeader, profile: Buffer[]): void {
  const begins = (text: string) => body.toString('latin1', 0, text.length) === text
  const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
  if (isFrame) grow(header, body.readUInt16BE(3), body.readUInt16BE(1))
  else if (marker === 0xe2 && begins('ICC_PROFILE\0')) profile.push(body.subarray(14))
  else if (marker === 0xe1 || marker === 0xfe || (marker > 0xe1 && marker <= 0xef && marker !== 0xee))
    header.metadata = true
  if (marker === 0xe1 && begins('Exif\0\0')) header.orientation = orientationOf(body.subarray(6))
}

function readPng(bytes: Buffer, header: PictureHeader): void {
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'IHDR') grow(header, bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12))
    else if (type === 'acTL') header.moves = true
    else if (type === 'eXIf') header.orientation = orientationOf(bytes.subarray(at + 8, at + 8 + length))
    else if (type === 'IEND') return
    if (PNG_METADATA.has(type)) header.metadata = true
    at += 12 + length
  }
}

const PNG_METADATA = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

function readWebp(bytes: Buffer, header: PictureHeader): void {
  for (let at = 12; at < bytes.length; ) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'VP8X') grow(header, body.readUIntLE(4, 3) + 1, body.readUIntLE(7, 3) + 1)
    else if (type === 'VP8 ') grow(header, body.readUInt16LE(6) & 0x3fff, body.readUInt16LE(8) & 0x3fff)
    else if (type === 'VP8L')
      grow(header, (body.readUInt32LE(1) & 0x3fff) + 1, ((body.readUInt32LE(1) >> 14) & 0x3fff) + 1)
    else if (type === 'ANIM') header.moves = true
    else if (type === 'EXIF') header.orientation = orientationOf(body)
    if (type === 'EXIF' || type === 'XMP ') header.metadata = true
    at += 8 + length + (length % 2)
  }
}

/** Tag 0x0112 of the first directory; 1 where it is not said or makes no sense. */
function orientationOf(tiff: Buffer): number {
  const from = tiff.toString('latin1', 0, 6) === 'Exif\0\0' ? tiff.subarray(6) : tiff
  try {
    const little = from.toString('latin1', 0, 2) === 'II'
    const short = (at: number) => (little ? from.readUInt16LE(at) : from.readUInt16BE(at))
    const directory = little ? from.readUInt32LE(4) : from.readUInt32BE(4)
    for (let entry = 0; entry < short(directory); entry++) {
      const at = directory + 2 + entry * 12
      const value = short(at) === 0x0112 ? short(at + 8) : 0
      if (value >= 1 && value <= 8) return value
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return 1
}
