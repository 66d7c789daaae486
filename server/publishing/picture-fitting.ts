/**
 * Makes pictures fit to be published: upright, without anything but the picture, and as small as a network asks. Runs in
 * a process of its own (picture-process.ts); the codecs are native code that reads what strangers made.
 */
import { FastResizeFilter, ResizeFit, Transformer } from '@napi-rs/image'
import type { PictureLimits } from '../connectors/index.ts'
import type { Picture, PictureFault, PictureOutcome } from './picture.ts'
import { headerFault, type PictureHeader, readPictureHeader } from './picture-header.ts'
import { shrinkLarge } from './picture-shrinking.ts'

/** Larger than any network shows; what is kept is bounded by it. */
const KEPT_SIDE_MAX = 4096
/** Above it a photo was saved without loss: kept as a photo. */
const KEPT_LOSSLESS_BYTES_MAX = 5_000_000
const KEPT_QUALITY = 92
const QUALITIES = [88, 80, 70]
const SIDE_STEP = 0.85
const SIDE_MIN = 160

/** The picture as it is kept: decoded and written anew, so that nothing else of the file is left. */
export async function cleanPicture(bytes: Uint8Array): Promise<PictureOutcome> {
  return withHeader(bytes, async (header) => {
    if (header.mediaType === 'image/jpeg') return written(bytes, header, 'image/jpeg', KEPT_SIDE_MAX, KEPT_QUALITY)
    const lossless = await written(bytes, header, 'image/png', KEPT_SIDE_MAX, 100)
    if (lossless.bytes.byteLength <= KEPT_LOSSLESS_BYTES_MAX) return lossless
    const type = (await isSeeThrough(bytes)) ? 'image/webp' : 'image/jpeg'
    return written(bytes, header, type, KEPT_SIDE_MAX, KEPT_QUALITY)
  })
}

/** The best that a network takes: as it is, else with less detail per pixel, else with fewer pixels. */
export async function fitPicture(bytes: Uint8Array, limits: PictureLimits): Promise<PictureOutcome> {
  return withHeader(bytes, async (header) => {
    if (isFit(bytes, header, limits)) return { bytes, ...header }
    const fits = (picture: Picture) => picture.bytes.byteLength <= limits.bytesMax
    const sideMax = Math.min(limits.sideMax, Math.max(header.width, header.height))
    if (header.mediaType === 'image/png' && limits.types.includes('image/png')) {
      const sharp = await written(bytes, header, 'image/png', sideMax, 100)
      if (fits(sharp)) return sharp
    }
    const wanted = (await isSeeThrough(bytes)) ? ['image/webp', 'image/png'] : ['image/jpeg', 'image/webp', 'image/png']
    const type = wanted.find((one) => limits.types.includes(one))
    if (!type) return 'does-not-fit'
    const sideMin = Math.min(SIDE_MIN, sideMax)
    for (let side = sideMax; side >= sideMin; ) {
      let excess = 1
      for (const quality of type === 'image/png' ? [100] : QUALITIES) {
        const picture = await written(bytes, header, type, side, quality)
        if (fits(picture)) return picture
        excess = picture.bytes.byteLength / limits.bytesMax
      }
      // Bytes go with the area: the next try is about right.
      side = Math.floor(side * Math.min(SIDE_STEP, Math.sqrt(1 / excess)))
    }
    return 'does-not-fit'
  })
}

async function withHeader(
  bytes: Uint8Array,
  work: (header: PictureHeader) => Promise<Picture | PictureFault>,
): Promise<PictureOutcome> {
  const header = readPictureHeader(bytes)
  const fault = headerFault(header)
  if (fault || !header) return { ok: false, fault: fault ?? 'unreadable' }
  try {
    const result = await work(header)
    if (typeof result === 'string') return { ok: false, fault: result }
    const { mediaType, width, height } = result
    return { ok: true, picture: { bytes: result.bytes, mediaType, width, height } }
  } catch (error) {
    // The codecs' own word for a file that breaks their format.
    if ((error as { code?: unknown }).code === 'InvalidArg') return { ok: false, fault: 'unreadable' }
    throw error
  }
}

const isFit = (bytes: Uint8Array, header: PictureHeader, limits: PictureLimits): boolean =>
  limits.types.includes(header.mediaType) &&
  bytes.byteLength <= limits.bytesMax &&
  Math.max(header.width, header.height) <= limits.sideMax &&
  header.orientation === 1 &&
  !header.metadata

async function written(
  bytes: Uint8Array,
  header: PictureHeader,
  mediaType: string,
  sideMax: number,
  quality: number,
): Promise<Picture> {
  const shrunk = await shrinkLarge(bytes, header, sideMax)
  const picture = shrunk ?? new Transformer(bytes)
  if (header.orientation !== 1) picture.rotate(header.orientation)
  if (!shrunk && Math.max(header.width, header.height) > sideMax)
    picture.fastResize({ width: sideMax, height: sideMax, fit: ResizeFit.Inside, filter: FastResizeFilter.Lanczos3 })
  const plain = await encoded(picture, mediaType, quality)
  const result = mediaType === 'image/jpeg' ? withColourProfile(plain, header.colourProfile) : plain
  const { width = 0, height = 0 } = readPictureHeader(result) ?? {}
  return { bytes: result, mediaType, width, height }
}

function encoded(picture: Transformer, mediaType: string, quality: number): Promise<Buffer> {
  if (mediaType === 'image/jpeg') return picture.jpeg(quality)
  return mediaType === 'image/webp' ? picture.webp(quality) : picture.png()
}

/** Odd colour types of the codecs have an alpha channel (JsColorType). */
async function isSeeThrough(bytes: Uint8Array): Promise<boolean> {
  const { colorType } = await new Transformer(bytes).metadata()
  return colorType % 2 === 1
}

/**
 * The codecs drop the colour profile, and a phone's photo in Display P3 would turn pale. It describes a device, not a
 * person. Only for RGB: what was stored in another space was converted when it was decoded.
 */
function withColourProfile(jpeg: Buffer, profile: Buffer | null): Buffer {
  if (profile?.toString('latin1', 16, 20) !== 'RGB ' || profile.length > 65_000) return jpeg
  const head = Buffer.from('\xff\xe2\0\0ICC_PROFILE\0\x01\x01', 'latin1')
  head.writeUInt16BE(profile.length + 16, 2)
  // After the JFIF segment, which has to be the first.
  const at = jpeg.readUInt16BE(2) === 0xffe0 ? 4 + jpeg.readUInt16BE(4) : 2
  return Buffer.concat([jpeg.subarray(0, at), head, profile, jpeg.subarray(at)])
}
