import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from '../inbox/testing/desk.ts'
import { ALARM } from '../measurement/alarms/notification-kind.ts'
import { newId } from '../platform/ids.ts'
import { queryAsAdmin } from '../platform/testing/database.ts'
import { explain } from '../platform/testing/explain.ts'
import { notify } from './notifying.ts'
import { offDutyBy } from './off-duty.ts'
import { pushDue as pushDueOf } from './pushing.ts'
import type { OffDuty } from './taking.ts'
import { type PushService, startPushService, type TestBrowser } from './testing/push-service.ts'
import { sending } from './testing/sending.ts'

let desk: Desk
let service: PushService
beforeAll(async () => {
  service = await startPushService()
  desk = await openDesk()
})
afterAll(async () => {
  await desk.close()
  await service.close()
})
beforeEach(async () => {
  await desk.rows(sql`delete from push_device`)
  await desk.rows(sql`delete from notification`)
  await desk.rows(sql`delete from notification_setting`)
})

interface Listed {
  publicKey: string
  items: { deviceId: string; name: string; lastUsedAt: string | null; thisOne: boolean }[]
}
const devices = (endpoint?: string, as = desk.ben) =>
  desk.ask<Listed>('notifications.devices.list', endpoint ? { endpoint } : {}, as)
const add = (browser: TestBrowser, name = 'Chrome on Android', as = desk.ben) =>
  desk.ask<{ deviceId: string }>('notifications.devices.add', { name, subscription: browser.subscription }, as)
const pushDue = async (offDuty: OffDuty = async () => new Map()) => {
  await desk.rows(sql`update notification set push_due_at = now() where push_due_at is not null`)
  return pushDueOf(desk.services, { ...sending(), offDuty })
}
let customers = 0
const assign = async (text = '@nordwind.test A secret matter', to = desk.ben) => {
  const handle = `push-${++customers}.test`
  desk.says(handle, text)
  await desk.hear()
  const { conversationId } = await desk.conversationOf(handle)
  await desk.ask('inbox.conversations.change', {
    which: { conversationIds: [conversationId] },
    change: { change: 'assign', memberId: to.memberId, teamId: null },
  })
  return conversationId
}
const wishes = (wish: object, kind = 'assignment') =>
  desk.ask(
    'notifications.changeSetting',
    { kind, inApp: true, byMail: true, byPush: true, withContent: false, offShift: null, ...wish },
    desk.ben,
  )

describe('a push', () => {
  it('comes encrypted and signed to every device of the member, without content, and leads to the conversation', async () => {
    const [phone, laptop, annas] = [service.browser(), service.browser(), service.browser()]
    await add(phone)
    await add(laptop, 'Firefox on Linux')
    await add(annas, 'Annas', desk.anna)
    const conversationId = await assign()
    expect(await pushDue()).toBe(2)
    const [told] = phone.received
    expect(told?.message).toMatchObject({
      title: 'Nordwind',
      body: 'A conversation was assigned to you',
      url: expect.stringMatching(new RegExp(`^/w/[^/]+/inbox/${conversationId}`)),
    })
    expect(JSON.stringify(told?.message)).not.toContain('secret')
    expect(told?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high' })
    expect(told?.claims.aud).toBe(new URL(phone.subscription.endpoint).origin)
    expect(told?.publicKey).toBe((await devices()).publicKey)
    expect(laptop.received).toHaveLength(1)
    expect(annas.received).toHaveLength(0)
    expect(await pushDue()).toBe(0)
    const listed = await devices(phone.subscription.endpoint)
    expect(listed.items.map(({ name, thisOne }) => [name, thisOne])).toEqual([
      ['Chrome on Android', true],
      ['Firefox on Linux', false],
    ])
    expect(listed.items[0]?.lastUsedAt).not.toBeNull()
  })

  it('goes to no device whose sign-in was ended, from whichever other one', async () => {
    const { app, workspaceId } = desk
    const gina = await app.join(workspaceId, 'agent', 'Gina Gast')
    const phone = service.browser()
    await add(phone, 'A lost phone', gina)
    await assign('@nordwind.test Are you there?', gina)
    expect(await pushDue()).toBe(1)
    await assign('@nordwind.test Still nobody?', gina)
    await queryAsAdmin(
      app.test.admin,
      `delete from system.auth_session where "userId" = (select user_id from member where member_id = $1)`,
      [gina.memberId],
    )
    expect(await pushDue()).toBe(0)
    expect(phone.received).toHaveLength(1)
    expect(await desk.rows(sql`select from push_device`)).toEqual([])
  })

  it('gathers several of one kind, and takes the place of the one before', async () => {
    const phone = service.browser()
    await add(phone)
    await assign()
    await assign()
    await pushDue()
    expect(phone.received.map(({ message }) => message.body)).toEqual(['2 conversations were assigned to you'])
    expect(phone.received[0]?.message.url).toMatch(/\/notifications$/)
    await assign()
    await pushDue()
    expect(new Set(phone.received.map(({ message }) => message.tag)).size).toBe(1)
  })

  it('carries the customer’s words only for those who asked for it', async () => {
    const phone = service.browser()
    await add(phone)
    await wishes({ withContent: true })
    await assign()
    await pushDue()
    expect(phone.received[0]?.message.body).toContain('secret matter')
  })

  it('is not sent of what was read in the app, nor of a kind that is not wanted', async () => {
    const phone = service.browser()
    await add(phone)
    const id = await assign()
    await desk.ask('notifications.markRead', { about: { subject: 'conversation', id } }, desk.ben)
    await wishes({ byPush: false })
    await assign()
    expect(await pushDue()).toBe(0)
    expect(phone.received).toHaveLength(0)
  })

  it('waits until the member is at work, unless it is urgent and they want it then too', async () => {
    const phone = service.browser()
    await add(phone)
    const tomorrow = new Date(Date.now() + 86_400_000)
    const away: OffDuty = async (_tx, memberIds) => new Map(memberIds.map((id) => [id, tomorrow]))
    await assign()
    const alarm = () =>
      desk.inWorkspace(async (tx) => {
        await notify(tx, { ...ALARM, about: 'source' }, [{ memberId: desk.ben.memberId, id: newId() }])
      })
    await alarm()
    expect(await pushDue(away)).toBe(0)
    const waiting = await desk.rows(sql<{ at: Date }>`select push_due_at as at from notification`)
    expect(waiting.map(({ at }) => at.getTime())).toEqual([tomorrow.getTime(), tomorrow.getTime()])
    await wishes({ offShift: true }, 'alarm')
    expect(await pushDue(away)).toBe(1)
    expect(phone.received.map(({ message }) => message.body)).toEqual(['An alarm was raised'])
    expect(await pushDue()).toBe(1)
    expect(phone.received.at(-1)?.message.body).toBe('A conversation was assigned to you')
  })
})

describe('whoever said that they are off', () => {
  it('is told when they are back', async () => {
    const phone = service.browser()
    await add(phone)
    await assign()
    const at = (presence: string) =>
      desk.rows(sql`insert into staffing (workspace_id, member_id, presence)
      values (${desk.workspaceId}, ${desk.ben.memberId}, ${presence})
      on conflict (workspace_id, member_id) do update set presence = excluded.presence`)
    await at('off')
    expect(await pushDue(offDutyBy(desk.services.clock))).toBe(0)
    await at('away')
    expect(await pushDue(offDutyBy(desk.services.clock))).toBe(1)
    await at('available')
  })
})

describe('a device', () => {
  it.each([404, 410])('that its push service knows no more (%i) is dropped', async (status) => {
    const phone = service.browser()
    await add(phone)
    phone.status = status
    await assign()
    expect(await pushDue()).toBe(0)
    expect((await devices()).items).toEqual([])
  })

  it('whose push service is away is tried again, and kept', async () => {
    const phone = service.browser()
    await add(phone)
    phone.status = 503
    await assign()
    expect(await pushDue()).toBe(0)
    phone.status = 201
    expect(await pushDue()).toBe(1)
    expect(phone.received).toHaveLength(1)
  })

  it('that cannot be encrypted for is dropped, and holds nobody else up', async () => {
    const [broken, phone] = [service.browser(), service.browser()]
    broken.subscription.keys.p256dh = Buffer.alloc(65, 4).toString('base64url')
    await add(broken)
    await add(phone)
    await assign()
    expect(await pushDue()).toBe(1)
    expect((await devices()).items).toHaveLength(1)
  })

  it('belongs to whoever registered it last, and is listed once', async () => {
    const shared = service.browser()
    await add(shared, 'Shared', desk.anna)
    await add(shared, 'Shared')
    await add(shared, 'Renamed')
    expect((await devices(undefined, desk.anna)).items).toEqual([])
    expect((await devices()).items.map(({ name }) => name)).toEqual(['Renamed'])
  })

  it('is removed by its member alone', async () => {
    const { deviceId } = await add(service.browser())
    const refused = await desk.tell('notifications.devices.remove', { deviceId }, desk.anna)
    expect(refused.status).toBe(404)
    await desk.ask('notifications.devices.remove', { deviceId }, desk.ben)
    expect((await devices()).items).toEqual([])
  })

  it('in a private place, or not by https, is never written to', async () => {
    const { subscription } = service.browser()
    const endpoint = subscription.endpoint.replace('https:', 'http:')
    const input = { name: 'Plain', subscription: { ...subscription, endpoint } }
    expect((await desk.tell('notifications.devices.add', input, desk.ben)).status).toBe(400)
    const inside = service.browser()
    await add(inside)
    await assign()
    await desk.rows(sql`update notification set push_due_at = now() where push_due_at is not null`)
    const config = { ...desk.services.config, allowPrivate: [] }
    expect(await pushDueOf({ ...desk.services, config }, sending())).toBe(0)
    expect(inside.received).toHaveLength(0)
  })

  it('holds its keys encrypted', async () => {
    const browser = service.browser()
    await add(browser)
    const [row] = await desk.rows(sql<{ subscription: string }>`select subscription from push_device`)
    expect(row?.subscription).not.toContain(browser.subscription.keys.auth)
    expect(row?.subscription).not.toContain('localhost')
  })
})

it('what is due, and the devices of a member, are found by index', async () => {
  const workspaceId = desk.workspaceId
  const explained = await explain(desk, [
    [
      sql`select * from notification where workspace_id = ${workspaceId} and push_due_at <= now() order by push_due_at limit 200`,
      'notification_push',
    ],
    [
      sql`select * from push_device where workspace_id = ${workspaceId} and member_id = ${newId()} order by created_at limit 20`,
      'push_device_member',
    ],
  ])
  for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
})
