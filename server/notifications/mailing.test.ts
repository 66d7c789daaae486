import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANSWER_FAILED, MENTION } from '../inbox/notification-kinds.ts'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { sourcesSubscription } from '../listening/source-news.ts'
import type { StoredEvent } from '../platform/event-log.ts'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { mailText } from './mail-texts.ts'
import { mailDue as mailDueOf } from './mailing.ts'
import { sending } from './testing/sending.ts'

let desk: Desk
let server: SMTPServer
const mails: string[] = []

beforeAll(async () => {
  desk = await openDesk()
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      stream.on('end', () => {
        mails.push(text)
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
})
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(resolve))
  await desk.close()
})

const useMailServer = () =>
  desk.ask('accounts.installation.updateMail', {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    security: 'none',
    user: '',
    from: 'rapport@example.org',
  })
const mailDue = () => mailDueOf(desk.services, sending())
const due = () => desk.rows(sql`update notification set mail_due_at = now() where mail_due_at is not null`)
const assign = async (handle: string) => {
  desk.says(handle, '@nordwind.test A secret matter')
  await desk.hear()
  const { conversationId } = await desk.conversationOf(handle)
  await desk.ask('inbox.conversations.change', {
    which: { conversationIds: [conversationId] },
    change: { change: 'assign', memberId: desk.ben.memberId, teamId: null },
  })
  return conversationId
}

describe('a notification by mail', () => {
  it('waits a minute, comes once, with a link and without content', async () => {
    await useMailServer()
    const conversationId = await assign('mail-1.test')
    expect(await mailDue()).toBe(0)
    await due()
    expect(await mailDue()).toBe(1)
    await due()
    expect(await mailDue()).toBe(0)
    expect(mails).toHaveLength(1)
    expect(mails[0]).toContain(`To: ${desk.ben.email}`)
    expect(mails[0]?.replaceAll('=\r\n', '')).toContain(`/inbox/${conversationId}`)
    expect(mails[0]).not.toContain('secret')
  })

  it('is not sent when it was read in the app meanwhile', async () => {
    const conversationId = await assign('mail-2.test')
    await desk.ask('notifications.markRead', { about: { subject: 'conversation', id: conversationId } }, desk.ben)
    await due()
    expect(await mailDue()).toBe(0)
  })

  it('carries content only for those who asked for it, and nothing for those who want no mail', async () => {
    await desk.ask(
      'notifications.changeSetting',
      { kind: 'assignment', inApp: true, byMail: true, byPush: true, withContent: true, offShift: null },
      desk.ben,
    )
    await assign('mail-3.test')
    await due()
    await mailDue()
    expect(mails.at(-1)).toContain('secret matter')
    await desk.ask(
      'notifications.changeSetting',
      { kind: 'assignment', inApp: false, byMail: false, byPush: true, withContent: false, offShift: null },
      desk.ben,
    )
    const { count } = await desk.ask<{ count: number }>('notifications.unread', {}, desk.ben)
    await assign('mail-4.test')
    expect((await desk.ask<{ count: number }>('notifications.unread', {}, desk.ben)).count).toBe(count)
  })

  it('is tried again later when the mail server is away', async () => {
    await desk.ask('accounts.installation.updateMail', {
      host: '127.0.0.1',
      port: 1,
      security: 'none',
      user: '',
      from: 'rapport@example.org',
    })
    const { conversationId } = await desk.conversationOf('mail-1.test')
    await desk.ask('inbox.notes.add', { conversationId, text: 'Hi', mentions: [desk.anna.memberId] }, desk.ben)
    await due()
    expect(await mailDue()).toBe(0)
    const waiting = await desk.rows(
      sql<{ later: boolean }>`select mail_due_at > now() as later from notification where kind = 'mention'`,
    )
    expect(waiting).toEqual([{ later: true }])
  })
})

describe('a source that needs somebody', () => {
  it('is told to those who look after sources, once until they read it, in the app and by mail with its link', async () => {
    await useMailServer()
    const sourceId = newId()
    await desk.rows(sql`
      insert into source (workspace_id, source_id, network, name, identity)
      values (${desk.workspaceId}, ${sourceId}, 'feed', 'Router forum', 'router-forum')`)
    const events: StoredEvent[] = [1, 2].map((position) => ({
      position: String(position),
      eventId: newId(),
      at: desk.services.clock.now(),
      type: 'source.silent',
      actorKind: 'system',
      actorId: null,
      subjects: { source: sourceId },
      codes: {},
    }))
    const before = mails.length
    for (const event of events)
      await desk.services.database.inWorkspace(desk.workspaceId, SYSTEM, (tx) =>
        sourcesSubscription(desk.services).handle(tx, [event]),
      )
    const told = await desk.ask<{
      items: { kind: string; times: number; name: string | null; about: { subject: string; id: string } }[]
    }>('notifications.list', {})
    expect(told.items[0]).toMatchObject({
      kind: 'source',
      times: 2,
      name: 'Router forum',
      about: { subject: 'source', id: sourceId },
    })
    const { items } = await desk.ask<{ items: { kind: string }[] }>('notifications.list', {}, desk.ben)
    expect(items.some(({ kind }) => kind === 'source')).toBe(false)
    await due()
    await mailDue()
    const mail = mails
      .slice(before)
      .find((one) => one.replaceAll('=\r\n', '').includes(`/listening/sources/${sourceId}`))
    expect(mail).toBeDefined()
  })

  it('is no news when it happened long ago', async () => {
    const old = { subjects: { source: newId() }, at: new Date(desk.services.clock.now().getTime() - 25 * 3_600_000) }
    const { count } = await desk.ask<{ count: number }>('notifications.unread', {})
    await desk.services.database.inWorkspace(desk.workspaceId, SYSTEM, (tx) =>
      sourcesSubscription(desk.services).handle(tx, [old as unknown as StoredEvent]),
    )
    expect((await desk.ask<{ count: number }>('notifications.unread', {})).count).toBe(count)
  })
})

describe('the text of the mail', () => {
  it('is in the reader’s language, one entry for each thing', () => {
    const place = { workspace: 'Nordwind', link: (id: string) => `https://rapport.example/${id}` }
    const told = [
      { kind: MENTION, news: null, path: '1', content: null },
      { kind: ANSWER_FAILED, news: null, path: '2', content: 'two\nlines' },
    ]
    expect(mailText('de', told, place).subject).toBe('2 Hinweise für Sie in Nordwind')
    expect(mailText('nl', told.slice(0, 1), place).subject).toBe('Iets voor jou in Nordwind')
    expect(mailText('en', told, place).text).toContain('https://rapport.example/2\n> two\n> lines')
  })
})
