import { expect, it } from 'vitest'
import { phonePhoto, pixels } from './photo.fixture.ts'
import { PictureProcess } from './picture-processing.ts'

const SMALL = await pixels({ width: 20, height: 20 }).png()

it('cleans and fits in a process of its own, one after the other', async () => {
  await using pictures = new PictureProcess()
  const limits = { countMax: 1, bytesMax: 50_000, sideMax: 300, types: ['image/jpeg'] }
  const photo = await phonePhoto({ width: 600, height: 400 })
  const [kept, sent] = await Promise.all([pictures.clean(photo), pictures.fit(photo, limits)])
  expect(kept).toMatchObject({ ok: true, picture: { width: 600, height: 400 } })
  expect(sent).toMatchObject({ ok: true, picture: { mediaType: 'image/jpeg' } })
  expect(sent.ok && sent.picture.bytes.byteLength).toBeLessThanOrEqual(50_000)
  expect(pictures.underWay).toBe(0)
})

it('refuses by the header without waking the process', async () => {
  await using pictures = new PictureProcess(1)
  expect(await pictures.clean(Buffer.from('nothing'))).toEqual({ ok: false, fault: 'unreadable' })
})

it('gives up on a picture that takes too long, and takes the next', async () => {
  // Shorter than the process takes to begin.
  await using hurried = new PictureProcess(1)
  expect(await hurried.clean(SMALL)).toEqual({ ok: false, fault: 'took-too-long' })
  expect(await hurried.clean(SMALL)).toEqual({ ok: false, fault: 'took-too-long' })
})
