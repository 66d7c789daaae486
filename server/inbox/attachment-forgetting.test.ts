import { globSync } from 'node:fs'
import { utimes } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dataRegister } from '../modules.ts'
import { workOnce } from '../privacy/index.ts'
import { pixels } from '../publishing/photo.fixture.ts'
import { forgetUnusedAttachments } from './drafts.ts'
import { type Desk, openDesk } from './testing/desk.ts'

const DAY_MS = 86_400_000
let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.close())

/** Each name is a picture of its own. */
async function upload(name: string): Promise<string> {
  const picture = await pixels({ width: 8, height: 8 + name.length + name.charCodeAt(0) }).png()
  const answer = await desk.app.request('/files/attachments?name=picture.png', {
    method: 'POST',
    headers: { cookie: desk.anna.cookie, 'x-rapport-workspace': desk.workspaceId, host: 'localhost:3000' },
    body: new Uint8Array(picture),
  })
  return ((await answer.json()) as { attachmentId: string }).attachmentId
}

const folder = () => path.join(desk.services.config.home, 'attachments')
const files = () => globSync('*/*/*', { cwd: folder() })

describe('an uploaded picture', () => {
  it('goes after a week in no draft, no answer and no text that waits, and its file with the last that needs it', async () => {
    desk.says('kunde.test', '@nordwind.test hello')
    await desk.hear()
    const conversation = await desk.conversationOf('kunde.test')
    const [inDraft, inAnswer, waiting, unused, sameBytes, young] = [
      await upload('draft'),
      await upload('answer'),
      await upload('waiting for a guest'),
      await upload('unused'),
      await upload('answer'),
      await upload('young'),
    ]
    const { conversationId, version } = conversation
    await desk.answer(conversation, 'With a picture', { attachmentIds: [inAnswer] })
    await desk.ask(
      'inbox.drafts.save',
      { conversationId, text: 'x', againstVersion: version, attachmentIds: [inDraft] },
      desk.ben,
    )
    await desk.ask('publishing.approvals.submit', { sourceId: desk.sourceId, text: 'Look', attachmentIds: [waiting] })
    const old = new Date(Date.now() - 8 * DAY_MS)
    await desk.rows(sql`update attachment set created_at = ${old} where attachment_id <> ${young}`)
    for (const file of files()) await utimes(path.join(folder(), file), old, old)
    expect(files()).toHaveLength(5)

    await forgetUnusedAttachments(desk.services, [desk.workspaceId])
    const left = await desk.rows(sql<{ id: string }>`select attachment_id as id from attachment`)
    expect(left.map(({ id }) => id).sort()).toEqual([inDraft, inAnswer, waiting, young].sort())
    expect([unused, sameBytes].some((id) => left.some((row) => row.id === id))).toBe(false)
    expect(files()).toHaveLength(4)
  })

  it('goes at once with the erasure of whom it was shown or meant for, and stays where others were shown it', async () => {
    for (const handle of ['erased.test', 'stays.test']) desk.says(handle, '@nordwind.test a picture, please')
    await desk.hear()
    const [shown, meant, kept, asked] = [
      await upload('p'),
      await upload('pq'),
      await upload('pqr'),
      await upload('pqrs'),
    ]
    const erased = await desk.conversationOf('erased.test')
    await desk.answer(erased, 'Here', { attachmentIds: [shown] })
    await desk.answer(await desk.conversationOf('stays.test'), 'Here', { attachmentIds: [kept] })
    await desk.deliver()
    const { conversationId, version } = await desk.conversationOf('erased.test')
    const conversations = [{ conversationId, againstVersion: version }]
    await desk.ask('inbox.answers.submit', { conversations, text: 'May I?', attachmentIds: [asked] }, desk.anna)
    await desk.ask(
      'inbox.drafts.save',
      { conversationId, text: 'one more', againstVersion: version, attachmentIds: [meant] },
      desk.ben,
    )
    const before = files().length
    const [row] = await desk.rows(
      sql<{ person_id: string; name: string }>`select p.person_id, p.name from author a join person p
        on p.workspace_id = a.workspace_id and p.person_id = a.person_id where a.handle = 'erased.test'`,
    )
    await desk.ask('privacy.erasures.create', { personId: row?.person_id, name: row?.name })
    await workOnce(desk.services, dataRegister())
    const left = await desk.rows(
      sql<{
        id: string
      }>`select attachment_id as id from attachment where attachment_id = any(${[shown, meant, kept, asked]}::uuid[])`,
    )
    expect(left).toEqual([{ id: kept }])
    expect(files()).toHaveLength(before - 3)
  })
})
