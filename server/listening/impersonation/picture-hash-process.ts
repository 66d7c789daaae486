/** The far side of PictureHasher: strangers' pictures meet native code here and nowhere else. */
import { ResizeFit, Transformer } from '@napi-rs/image'
import { differenceHash, HASH_HIGH, HASH_WIDE } from './picture-hash.ts'

const PIXELS_MAX = 16_000_000

process.on('disconnect', () => process.exit(0))
process.on('message', async (bytes: Uint8Array) => {
  process.send?.(await hashOf(bytes).catch(() => null))
})

async function hashOf(bytes: Uint8Array): Promise<string | null> {
  const { width, height } = await new Transformer(bytes).metadata()
  if (width * height > PIXELS_MAX) return null
  const small = new Transformer(bytes).resize({ width: HASH_WIDE, height: HASH_HIGH, fit: ResizeFit.Fill }).grayscale()
  const points = await small.rawPixels()
  return differenceHash(points, points.length / (HASH_WIDE * HASH_HIGH))
}
