import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { phonePhoto } from './photo.fixture.ts'
import { readPictureHeader } from './picture-header.ts'

interface Embedded {
  image: { ref: { $link: string }; mimeType: string; size: number }
  alt: string
  aspectRatio: { width: number; height: number }
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const upload = (body: Buffer, name = 'picture.png') =>
  desk.app.request(`/files/attachments?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { cookie: desk.anna.cookie, 'x-rapport-workspace': desk.workspaceId },
    body: new Uint8Array(body),
  })

describe('an attachment', () => {
  it('goes with an answer to the network, with its description', async () => {
    const stored = (await (await upload(PNG)).json()) as { attachmentId: string; mediaType: string }
    expect(stored.mediaType).toBe('image/png')
    await desk.ask(
      'publishing.attachments.describe',
      { attachmentId: stored.attachmentId, alt: 'A red dot' },
      desk.anna,
    )
    desk.says('viewer.test', '@nordwind.test Show me')
    await desk.hear()
    const queued = await desk.answer(await desk.conversationOf('viewer.test'), 'Here', {
      attachmentIds: [stored.attachmentId],
    })
    await desk.deliver()
    expect((await desk.delivery(queued.deliveryId)).state).toBe('sent')
    const record = [...desk.twin.world.records.values()].find((one) => one.value.text === 'Here ^AA')
    expect(record?.value.embed).toMatchObject({ images: [{ alt: 'A red dot' }] })
  })

  it('larger than the network takes goes out smaller, upright, and says nothing of who took it and where', async () => {
    const photo = await phonePhoto({ width: 3_000, height: 2_000, orientation: 6 })
    expect(photo.length).toBeGreaterThan(2_000_000)
    const stored = (await (await upload(photo, 'IMG_1.jpg')).json()) as { attachmentId: string; hash?: string }
    expect(stored).not.toHaveProperty('hash')
    desk.says('balcony.test', '@nordwind.test And this?')
    await desk.hear()
    const queued = await desk.answer(await desk.conversationOf('balcony.test'), 'Thus', {
      attachmentIds: [stored.attachmentId],
    })
    await desk.deliver()
    expect((await desk.delivery(queued.deliveryId)).state).toBe('sent')
    const record = [...desk.twin.world.records.values()].find((one) => one.value.text === 'Thus ^AA')
    const [image] = (record?.value.embed as { images: Embedded[] } | undefined)?.images ?? []
    const { bytes } = desk.twin.world.blobs.get(image?.image.ref.$link ?? '') ?? { bytes: new Uint8Array() }
    expect(bytes.byteLength).toBeGreaterThan(100_000)
    expect(bytes.byteLength).toBeLessThanOrEqual(1_000_000)
    for (const trace of ['Exif', 'Jana Brandt', 'balcony']) expect(Buffer.from(bytes).includes(trace)).toBe(false)
    const header = readPictureHeader(bytes)
    expect(header).toMatchObject({ mediaType: 'image/jpeg', metadata: false, orientation: 1 })
    expect(image?.aspectRatio).toEqual({ width: header?.width, height: header?.height })
    expect((header?.height ?? 0) / (header?.width ?? 1)).toBeCloseTo(1.5, 1)
  })

  it('comes back as an image and nothing else', async () => {
    const stored = (await (await upload(PNG, '../../etc/passwd')).json()) as { attachmentId: string; name: string }
    expect(stored.name).not.toContain('/')
    const answer = await desk.app.request(`/files/attachments/${stored.attachmentId}?workspace=${desk.workspaceId}`, {
      headers: { cookie: desk.ben.cookie },
    })
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(readPictureHeader(new Uint8Array(await answer.arrayBuffer()))).toMatchObject({ width: 1, height: 1 })
  })

  it('is refused when it is no image, is empty or too large', async () => {
    const code = async (body: Buffer) => ((await (await upload(body)).json()) as { code: string }).code
    expect(await code(Buffer.from('<svg onload="alert(1)"/>'))).toBe('attachment-type')
    expect(await code(Buffer.alloc(0))).toBe('attachment-empty')
    expect(await code(Buffer.concat([PNG, Buffer.alloc(20 * 1024 * 1024)]))).toBe('attachment-too-large')
  })

  it('is refused when it moves, is broken or has too many pixels, each with its own word', async () => {
    const told = async (body: Buffer) => (await (await upload(body)).json()) as unknown
    expect(await told(Buffer.from('GIF89a\x01\0\x01\0', 'latin1'))).toMatchObject({ code: 'attachment-moves' })
    expect(await told(PNG.subarray(0, 50))).toMatchObject({ code: 'attachment-unreadable' })
    const bomb = Buffer.from(PNG)
    bomb.writeUInt32BE(100_000, 16)
    bomb.writeUInt32BE(100_000, 20)
    expect(await told(bomb)).toMatchObject({ code: 'attachment-too-many-pixels', params: { megapixelsMax: 50 } })
  })

  it('is not a stranger’s to see', async () => {
    const stored = (await (await upload(PNG)).json()) as { attachmentId: string }
    const other = await desk.app.createWorkspace('Strangers')
    const address = `/files/attachments/${stored.attachmentId}?workspace=${other.workspaceId}`
    expect((await desk.app.request(address, { headers: { cookie: other.owner.cookie } })).status).toBe(404)
    expect((await desk.app.request(address)).status).toBe(401)
  })
})
