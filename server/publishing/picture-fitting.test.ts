import { crc32 } from 'node:zlib'
import { Transformer } from '@napi-rs/image'
import { describe, expect, it } from 'vitest'
import { exif, exifSegment, phonePhoto, pixels } from './photo.fixture.ts'
import type { Picture, PictureOutcome } from './picture.ts'
import { cleanPicture, fitPicture } from './picture-fitting.ts'
import { PIXELS_MAX, readPictureHeader } from './picture-header.ts'

const LIMITS = { countMax: 4, bytesMax: 200_000, sideMax: 800, types: ['image/jpeg', 'image/png', 'image/webp'] }

const pictureOf = (outcome: PictureOutcome): Picture => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.fault}`)
  return outcome.picture
}
const faultOf = (outcome: PictureOutcome) => (outcome.ok ? 'none' : outcome.fault)

const chunk = (type: string, body: Buffer): Buffer => {
  const bytes = Buffer.alloc(12 + body.length)
  bytes.writeUInt32BE(body.length)
  bytes.write(type, 4, 'latin1')
  body.copy(bytes, 8)
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + body.length)), 8 + body.length)
  return bytes
}

describe('a picture that is kept', () => {
  it('stands upright and has lost place, author and comment, but not its colours', async () => {
    const photo = await phonePhoto({ width: 300, height: 200, orientation: 6 })
    expect(readPictureHeader(photo)).toMatchObject({ orientation: 6, metadata: true, width: 300 })
    expect(photo.includes('Jana Brandt')).toBe(true)
    const kept = pictureOf(await cleanPicture(photo))
    expect(kept).toMatchObject({ mediaType: 'image/jpeg', width: 200, height: 300 })
    for (const trace of ['Jana Brandt', 'Exif', 'balcony'])
      expect(Buffer.from(kept.bytes).includes(trace), trace).toBe(false)
    expect(readPictureHeader(kept.bytes)).toMatchObject({ metadata: false, orientation: 1 })
    expect(readPictureHeader(kept.bytes)?.colourProfile?.toString('latin1', 16, 20)).toBe('RGB ')
    expect(await new Transformer(kept.bytes).metadata()).toMatchObject({ width: 200, height: 300 })
  })

  it('of another format stands upright too, without loss', async () => {
    const plain = await pixels({ width: 60, height: 40 }).png()
    const header = plain.subarray(0, 33)
    const turned = Buffer.concat([
      header,
      chunk('eXIf', exif(8)),
      chunk('tEXt', Buffer.from('Author\0Jana')),
      plain.subarray(33),
    ])
    const kept = pictureOf(await cleanPicture(turned))
    expect(kept).toMatchObject({ mediaType: 'image/png', width: 40, height: 60 })
    expect(Buffer.from(kept.bytes).includes('Jana')).toBe(false)
    const webp = pictureOf(await cleanPicture(await pixels({ width: 60, height: 40, seeThrough: true }).webp(80)))
    expect(webp).toMatchObject({ mediaType: 'image/png', width: 60, height: 40 })
    expect((await new Transformer(webp.bytes).metadata()).colorType % 2).toBe(1)
  })

  it('is a still one of at most so many pixels, by what its header claims', async () => {
    expect(faultOf(await cleanPicture(Buffer.from('GIF89a\x01\0\x01\0', 'latin1')))).toBe('moves')
    const still = await pixels({ width: 8, height: 8 }).png()
    const moving = Buffer.concat([still.subarray(0, 33), chunk('acTL', Buffer.alloc(8)), still.subarray(33)])
    expect(faultOf(await cleanPicture(moving))).toBe('moves')
    const bomb = Buffer.from(still)
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    expect(faultOf(await cleanPicture(bomb))).toBe('too-many-pixels')
    bomb.writeUInt32BE(PIXELS_MAX, 16)
    bomb.writeUInt32BE(1, 20)
    expect(faultOf(await cleanPicture(bomb))).toBe('unreadable')
  })

  it('can be read to its end', async () => {
    const photo = await phonePhoto({ width: 100, height: 100 })
    for (const length of [2, 20, 150, 330])
      expect(faultOf(await cleanPicture(photo.subarray(0, length)))).toBe('unreadable')
    expect(faultOf(await cleanPicture(Buffer.from('not a picture')))).toBe('unreadable')
    const png = await pixels({ width: 100, height: 100 }).png()
    expect(faultOf(await cleanPicture(png.subarray(0, png.length / 2)))).toBe('unreadable')
  })
})

describe('a photo of many megapixels', () => {
  it('is shrunk by averaging, upright, with the same light in the same places', async () => {
    const [width, height] = [6_000, 4_000]
    const rgba = new Uint8Array(width * height * 4).fill(255)
    // The left third is red, the rest nearly white.
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width / 3; x++) rgba.set([200, 30, 20, 255], (y * width + x) * 4)
    const photo = await Transformer.fromRgbaPixels(rgba, width, height).jpeg(90)
    const turned = Buffer.concat([photo.subarray(0, 2), exifSegment(6), photo.subarray(2)])
    const kept = pictureOf(await cleanPicture(turned))
    expect(kept).toMatchObject({ mediaType: 'image/jpeg', width: 2_000, height: 3_000 })
    const points = await new Transformer(kept.bytes).rawPixels()
    const redAt = (y: number) => points[(y * 2_000 + 1_000) * 3 + 1] ?? 0
    expect(redAt(500)).toBeLessThan(60)
    expect(redAt(990)).toBeLessThan(60)
    expect(redAt(1_010)).toBeGreaterThan(230)
    expect(redAt(2_500)).toBeGreaterThan(230)
  })
})

describe('a picture that is sent', () => {
  it('goes as it is when the network takes it so', async () => {
    const small = await pixels({ width: 40, height: 30 }).png()
    const sent = pictureOf(await fitPicture(small, LIMITS))
    expect(Buffer.from(sent.bytes).equals(small)).toBe(true)
    expect(sent).toMatchObject({ width: 40, height: 30 })
  })

  it('never takes along what should have been removed', async () => {
    const sent = pictureOf(await fitPicture(await phonePhoto({ width: 40, height: 30, orientation: 6 }), LIMITS))
    expect(Buffer.from(sent.bytes).includes('Jana')).toBe(false)
    expect(sent).toMatchObject({ width: 30, height: 40 })
  })

  it('keeps its shape within the network’s limits of side and bytes', async () => {
    const sent = pictureOf(await fitPicture(await pixels({ width: 2400, height: 1200 }).jpeg(95), LIMITS))
    expect(sent.bytes.byteLength).toBeLessThanOrEqual(LIMITS.bytesMax)
    expect(sent.width).toBeLessThanOrEqual(LIMITS.sideMax)
    expect(sent.width / sent.height).toBeCloseTo(2, 1)
    expect(sent.mediaType).toBe('image/jpeg')
  })

  it('stays see-through, and becomes what the network takes', async () => {
    const large = await pixels({ width: 900, height: 900, seeThrough: true }).png()
    const webp = pictureOf(await fitPicture(large, LIMITS))
    expect(webp.mediaType).toBe('image/webp')
    expect((await new Transformer(webp.bytes).metadata()).colorType % 2).toBe(1)
    const onlyPng = pictureOf(await fitPicture(large, { ...LIMITS, types: ['image/png'] }))
    expect(onlyPng.mediaType).toBe('image/png')
    expect(onlyPng.bytes.byteLength).toBeLessThanOrEqual(LIMITS.bytesMax)
  })

  it('is refused when nothing would be left of it', async () => {
    const large = await pixels({ width: 900, height: 900 }).jpeg(90)
    expect(faultOf(await fitPicture(large, { ...LIMITS, bytesMax: 300 }))).toBe('does-not-fit')
  })
})
