import { globSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Folder, folderOf, type MailAccount } from '../../twin/mail/box.ts'
import { readAttachedFile } from './attached-files.ts'
import { forgetMedia } from './media-cache.ts'
import { HELP, type LetterDesk, openLetterDesk } from './testing/letter-desk.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const PAGE = Buffer.from('<html><script>alert(1)</script></html>')
const file = (type: string, name: string, bytes: Buffer) =>
  `--b\nContent-Type: ${type}\nContent-Disposition: attachment; filename="${name}"\nContent-Transfer-Encoding: base64\n\n${bytes.toString('base64')}\n`

let desk: LetterDesk
let postId = ''
beforeAll(async () => {
  desk = await openLetterDesk()
  const body = [
    '--b\nContent-Type: text/plain\n\nThis is broken, see the photo\n',
    file('image/png', "Grüße 'x'.png", PNG),
    file('text/html', 'page.html', PAGE),
    file('image/png', 'no-picture.png', PAGE),
    '--b--',
  ].join('')
  await desk.writes('Karla <karla@kundin.test>', body, {
    'MIME-Version': '1.0',
    'Content-Type': 'multipart/mixed; boundary=b',
  })
  const [post] = await desk.rows(sql<{ post_id: string }>`select post_id from post where text like 'This is broken%'`)
  postId = post?.post_id ?? ''
})
afterAll(() => desk.closeAll())
beforeEach(() => forgetMedia(desk.services, [postId]))

const get = (address: string, cookie = desk.anna.cookie) =>
  desk.app.request(`/media/posts/${postId}/${address}?workspace=${desk.workspaceId}`, { headers: { cookie } })
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]
const inbox = () => folderOf(desk.mail.accounts.get(HELP) as MailAccount, 'INBOX') as Folder

describe('what is attached to a letter', () => {
  it('stands with the post, and is not in its text', async () => {
    const { conversationId } = await desk.conversationOf('karla@kundin.test')
    const { thread } = await desk.ask<{ thread: { posts: { text: string; media: object[] }[] } }>(
      'inbox.conversations.get',
      { conversationId },
      desk.anna,
    )
    expect(thread.posts).toMatchObject([
      {
        text: 'This is broken, see the photo',
        media: [
          { kind: 'image', alt: "Grüße 'x'.png", bytes: PNG.length },
          { kind: 'file', alt: 'page.html', bytes: PAGE.length },
          { kind: 'image', alt: 'no-picture.png' },
        ],
      },
    ])
  })

  it('is shown when it is a picture by its own bytes, and saved whatever it is, never run', async () => {
    const picture = await get('0/attached')
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect(Buffer.from(await picture.arrayBuffer()).equals(PNG)).toBe(true)
    for (const index of [1, 2]) expect((await get(`${index}/attached`)).status).toBe(404)
    const page = await get('1/file')
    expect(page.status).toBe(200)
    expect(Buffer.from(await page.arrayBuffer()).equals(PAGE)).toBe(true)
    expect(page.headers.get('content-type')).toBe('application/octet-stream')
    expect(page.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''page.html")
    expect(page.headers.get('content-security-policy')).toContain('sandbox')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await get('0/file')).headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%27x%27.png",
    )
  })

  it('is asked of the mailbox once, and goes with its post', async () => {
    expect((await get('0/attached')).status).toBe(200)
    const letters = inbox().messages.splice(0)
    expect((await get('0/attached')).status).toBe(200)
    expect(globSync(`media-cache/${postId}/*`, { cwd: path.resolve(desk.services.config.home) })).toHaveLength(1)
    await forgetMedia(desk.services, [postId])
    expect(await codeOf(await get('0/attached'))).toEqual([404, 'medium-gone'])
    expect(await codeOf(await get('0/file'))).toEqual([404, 'medium-gone'])
    inbox().messages.push(...letters)
  })

  it('that is erased while it is read does not stay', async () => {
    const asked = await Promise.all(['0/attached', '0/attached'].map((address) => get(address)))
    expect(asked.map(({ status }) => status)).toEqual([200, 200])
    await forgetMedia(desk.services, [postId])
    const [kept] = await desk.rows(sql<{ media: object[] }>`select media from post where post_id = ${postId}`)
    const reading = readAttachedFile(
      desk.services,
      {
        workspaceId: desk.workspaceId,
        inWorkspace: async (work) => {
          const found = await desk.inWorkspace(work)
          await desk.rows(sql`update post set media = '[]' where post_id = ${postId}`)
          return found
        },
      },
      postId,
      1,
    )
    await expect(reading).rejects.toMatchObject({ code: 'medium-gone' })
    expect(globSync(`media-cache/${postId}/*`, { cwd: path.resolve(desk.services.config.home) })).toEqual([])
    await desk.rows(sql`update post set media = ${JSON.stringify(kept?.media)} where post_id = ${postId}`)
  })

  it('that cannot be read says why', async () => {
    const account = desk.mail.accounts.get(HELP) as MailAccount
    const { password } = account
    account.password = 'changed'
    expect(await codeOf(await get('1/file'))).toEqual([502, 'mailbox-failed'])
    account.password = password
    for (const state of ['paused', 'needs-credentials']) {
      await desk.rows(sql`update source set state = ${state} where source_id = ${desk.mailSourceId}`)
      expect(await codeOf(await get('1/file'))).toEqual([502, 'mailbox-off'])
    }
    await desk.rows(sql`update source set state = 'active' where source_id = ${desk.mailSourceId}`)
    expect((await get('1/file')).status).toBe(200)
    for (const none of ['7/attached', '7/file']) expect((await get(none)).status).toBe(404)
  })

  it('is nothing for strangers, for who may not read letters, or of posts on the web', async () => {
    const stranger = await desk.app.request(`/media/posts/${postId}/0/file?workspace=${desk.workspaceId}`)
    expect(stranger.status).toBe(401)
    const viewer = await desk.app.join(desk.workspaceId, 'viewer', 'Vera')
    const closed = { memberId: viewer.memberId, sourceId: desk.mailSourceId, role: 'none' }
    await desk.ask('accounts.roles.setSourceRole', closed)
    for (const address of ['0/attached', '0/file']) expect((await get(address, viewer.cookie)).status).toBe(404)
    await desk.rows(sql`update post set media = '[{"kind":"file","url":"https://example.org/a","previewUrl":null,"alt":"a","mediaType":null}]'
      where post_id = ${postId}`)
    expect((await get('0/file')).status).toBe(404)
  })
})
