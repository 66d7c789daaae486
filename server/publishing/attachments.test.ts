import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'

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

  it('comes back as it was, as an image and nothing else', async () => {
    const stored = (await (await upload(PNG, '../../etc/passwd')).json()) as { attachmentId: string; name: string }
    expect(stored.name).not.toContain('/')
    const answer = await desk.app.request(`/files/attachments/${stored.attachmentId}?workspace=${desk.workspaceId}`, {
      headers: { cookie: desk.ben.cookie },
    })
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true)
  })

  it('is refused when it is no image, is empty or too large', async () => {
    const code = async (body: Buffer) => ((await (await upload(body)).json()) as { code: string }).code
    expect(await code(Buffer.from('<svg onload="alert(1)"/>'))).toBe('attachment-type')
    expect(await code(Buffer.alloc(0))).toBe('attachment-empty')
    expect(await code(Buffer.concat([PNG, Buffer.alloc(5 * 1024 * 1024)]))).toBe('attachment-too-large')
  })

  it('is not a stranger’s to see', async () => {
    const stored = (await (await upload(PNG)).json()) as { attachmentId: string }
    const other = await desk.app.createWorkspace('Strangers')
    const address = `/files/attachments/${stored.attachmentId}?workspace=${other.workspaceId}`
    expect((await desk.app.request(address, { headers: { cookie: other.owner.cookie } })).status).toBe(404)
    expect((await desk.app.request(address)).status).toBe(401)
  })
})
