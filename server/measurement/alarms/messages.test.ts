import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Mailbox, startMailbox } from '../../../e2e/mailbox.ts'
import { webhookSignature } from '../../platform/webhook.ts'
import { type StormTest, stormTest } from '../testing/storm.ts'
import { sendDueMessages } from './sending.ts'

let test: StormTest
let mailbox: Mailbox
let receiver: Server
let answer = 200
const received: { headers: IncomingMessage['headers']; body: string }[] = []

beforeAll(async () => {
  test = await stormTest()
  mailbox = await startMailbox()
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(answer).end('the answer is not read')
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  await test.ask('accounts.installation.updateMail', {
    host: '127.0.0.1',
    port: mailbox.port,
    security: 'none',
    user: '',
    from: 'rapport@example.org',
  })
})
afterAll(async () => {
  await mailbox.stop()
  receiver.close()
  await test.close()
})
beforeEach(async () => {
  received.length = 0
  answer = 200
  test.pass(24 * 60)
  await test.rows(sql`delete from alarm`)
  await test.rows(sql`delete from alarm_message`)
  await test.rows(sql`update alarm_rule set webhook_url = null`)
})

const url = (path = '') => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/${path}`
/** What waits is due now, whatever the test's clock and back-off say. */
const send = async () => {
  await test.rows(sql`update alarm_message set due_at = now() where due_at is not null`)
  return sendDueMessages(test.services)
}
const messages = () =>
  test.rows(sql<{ channel: string; state: string; attempts: number; failure: string | null; due_at: Date | null }>`
    select channel, state, attempts, failure, due_at from alarm_message order by created_at, message_id`)

describe('mail', () => {
  it('goes to who is told, once, with the cause and links, without texts of posts', async () => {
    await test.watch()
    await test.storm(30, 20, { text: 'nordwind signal failure at the harbour' })
    await test.look()
    expect(await send()).toBe(1)
    const { text } = await mailbox.next(test.workspace.owner.email)
    expect(text).toMatch(/30 posts; usually/)
    expect(text).toContain('/measure/alarms?alarm=')
    expect(text).toMatch(/listening\/posts\?post=/)
    expect(text).not.toContain('signal failure at the harbour (')
    expect(await send()).toBe(0)
  })

  it('of a worker that died while sending is sent by the next one', async () => {
    await test.watch()
    await test.storm(30, 20)
    await test.look()
    // As a killed worker leaves it: taken, and not settled.
    await test.rows(sql`update alarm_message set attempts = 1, due_at = now() + interval '3 minutes'`)
    expect(await sendDueMessages(test.services)).toBe(0)
    expect(await send()).toBe(1)
    await mailbox.next(test.workspace.owner.email)
    expect(await messages()).toMatchObject([{ state: 'sent', attempts: 2, due_at: null }])
  })

  it('waits for the morning, unless it is a crisis; and is not needed when somebody looks after it', async () => {
    const quietHours = { from: 0, until: 1439 }
    await test.watch({ quietHours })
    await test.storm(14, 20)
    await test.look()
    const [waiting] = await messages()
    expect(waiting?.due_at?.getTime()).toBeGreaterThan(test.clock.at.getTime() + 3_600_000)
    const [alarm] = await test.alarms()
    expect(alarm?.strength).toBe('unusual')
    await test.ask('measurement.alarms.acknowledge', { alarmId: alarm?.alarmId })
    expect(await send()).toBe(0)
    expect(await messages()).toEqual([])
    await test.storm(300, 2)
    await test.look()
    expect((await messages())[0]?.due_at?.getTime()).toBe(test.clock.at.getTime())
  })

  it('is not sent to who wants none about alarms', async () => {
    await test.watch()
    const setting = { kind: 'alarm', inApp: true, byMail: false, byPush: false, withContent: false, offShift: false }
    await test.ask('notifications.changeSetting', setting)
    await test.storm(30, 20)
    await test.look()
    expect(await send()).toBe(0)
    await test.ask('notifications.changeSetting', { ...setting, byMail: true })
  })
})

describe('a webhook', () => {
  it('has its whole address shown only to who may change it', async () => {
    await test.watch({ memberIds: [], webhook: { url: 'https://hooks.example/T1/secret', withContent: false } })
    const viewer = await test.join(test.workspaceId, 'viewer')
    const given = { cookie: viewer.cookie, workspaceId: test.workspaceId }
    const { body } = await test.call('measurement.alarms.rule', { topicId: test.topicId }, given)
    expect(body).toMatchObject({ webhook: { url: 'https://hooks.example/…' } })
    expect(await test.ask('measurement.alarms.rule', { topicId: test.topicId })).toMatchObject({
      webhook: { url: 'https://hooks.example/T1/secret' },
    })
  })

  it('is signed so that its receiver can check it, and holds ids, not words', async () => {
    const { webhookSecret } = await test.watch({ memberIds: [], webhook: { url: url(), withContent: false } })
    await test.storm(30, 20, { text: 'nordwind signal failure at the harbour' })
    await test.look()
    await send()
    const [{ headers, body } = { headers: {}, body: '' }] = received
    const id = String(headers['webhook-id'])
    const signed = webhookSignature(String(webhookSecret), id, Number(headers['webhook-timestamp']), body)
    expect(headers['webhook-signature']).toBe(signed)
    expect(JSON.parse(body)).toMatchObject({ id, type: 'alarm.raised', alarm: { posts: 30, state: 'open' } })
    expect(body).not.toMatch(/harbour|voice-/)
  })

  it('with content tells texts too, and its end as well', async () => {
    await test.watch({ memberIds: [], webhook: { url: url('content'), withContent: true } })
    await test.storm(30, 20, { text: 'nordwind signal failure at the harbour' })
    await test.look()
    test.pass(120)
    await test.look()
    await send()
    expect(received.map(({ body }) => JSON.parse(body).type).sort()).toEqual(['alarm.ended', 'alarm.raised'])
    expect(received[0]?.body).toContain('signal failure at the harbour')
  })

  it('that refuses is tried again, and given up in the end; gone is gone', async () => {
    await test.watch({ memberIds: [], webhook: { url: url('refusing'), withContent: false } })
    await test.ask('measurement.alarms.testWebhook', { topicId: test.topicId })
    answer = 503
    await send()
    expect(await messages()).toMatchObject([{ state: 'waiting', attempts: 1, failure: 'refused' }])
    for (let attempt = 0; attempt < 8; attempt++) await send()
    expect(await messages()).toMatchObject([{ state: 'failed', attempts: 7, due_at: null }])
    answer = 410
    await test.ask('measurement.alarms.testWebhook', { topicId: test.topicId })
    await send()
    expect((await messages()).map(({ attempts }) => attempts)).toContain(1)
  })

  it('to a private place that the operator did not allow is refused, and an address with a password too', async () => {
    await test.watch({ memberIds: [], webhook: { url: 'http://192.168.7.7/hook', withContent: false } })
    await test.ask('measurement.alarms.testWebhook', { topicId: test.topicId })
    await send()
    expect(await messages()).toMatchObject([{ state: 'failed', attempts: 1, failure: 'forbidden-address' }])
    await expect(
      test.watch({ webhook: { url: 'https://me:secret@example.org/', withContent: false } }),
    ).rejects.toThrow(/webhook-address-unusable/)
  })

  it('keeps its secret until another is asked for, and never shows it again', async () => {
    const first = await test.watch({ webhook: { url: url('kept'), withContent: false } })
    const again = await test.watch({ webhook: { url: url('kept'), withContent: true } })
    expect(first.webhookSecret).toMatch(/^whsec_/)
    expect(again.webhookSecret).toBeNull()
    const rule = await test.ask<object>('measurement.alarms.rule', { topicId: test.topicId })
    expect(JSON.stringify(rule)).not.toContain('whsec_')
    const [{ webhook_secret } = { webhook_secret: '' }] = await test.rows(
      sql<{ webhook_secret: string }>`select webhook_secret from alarm_rule`,
    )
    expect(webhook_secret).not.toContain(String(first.webhookSecret).slice(6))
  })
})
