import { Transformer } from '@napi-rs/image'
import type { PictureHeader } from './picture-header.ts'

/** Above it, the library's resizing takes too much: a gigabyte for 48 megapixels, against 440 MB this way. */
const LARGE_PIXELS = 20_000_000

/**
 * A large photo, each square of n by n points averaged into one, so that no side is longer than `sideMax`. Null: the
 * library does as well, because it is small, no JPEG, or of an unusual kind.
 */
export async function shrinkLarge(
  bytes: Uint8Array,
  { mediaType, width, height }: PictureHeader,
  sideMax: number,
): Promise<Transformer | null> {
  const by = Math.ceil(Math.max(width, height) / sideMax)
  if (mediaType !== 'image/jpeg' || width * height <= LARGE_PIXELS || by === 1) return null
  const points = await new Transformer(bytes).rawPixels()
  const channels = points.length / (width * height)
  if (channels !== 3 && channels !== 1) return null
  const [wide, high] = [Math.floor(width / by), Math.floor(height / by)]
  return Transformer.fromRgbaPixels(averages(points, channels, width, wide, high, by), wide, high)
}

function averages(points: Uint8Array, channels: 1 | 3, width: number, wide: number, high: number, by: number) {
  const rgba = new Uint8Array(wide * high * 4)
  const [green, blue, area] = [channels === 3 ? 1 : 0, channels === 3 ? 2 : 0, by * by]
  for (let to = 0; to < rgba.length; to += 4) {
    const [x, y] = [(to / 4) % wide, Math.floor(to / 4 / wide)]
    let [r, g, b] = [area / 2, area / 2, area / 2]
    for (let row = 0; row < by; row++) {
      let at = ((y * by + row) * width + x * by) * channels
      for (let column = 0; column < by; column++, at += channels) {
        r += points[at] ?? 0
        g += points[at + green] ?? 0
        b += points[at + blue] ?? 0
      }
    }
    rgba[to] = r / area
    rgba[to + 1] = g / area
    rgba[to + 2] = b / area
    rgba[to + 3] = 255
  }
  return rgba
}
