import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { blueskyAccount } from '../connectors/bluesky/index.ts'
import { openOutside } from '../connectors/index.ts'
import { replaceConnectors } from '../listening/index.ts'
import type { Limits } from '../publishing/index.ts'
import { type Desk, openDesk } from './testing/desk.ts'

/** Short enough that a silent network does not hold up the tests. */
const HASTY: Partial<Limits> = { publishTimeoutMs: 1_500, readTimeoutMs: 1_500 }
const CREATE = 'com.atproto.repo.createRecord'

let desk: Desk
let customers = 0
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
afterEach(() => desk.twin.control.clearFaults())

async function queued(text: string): Promise<{ handle: string; deliveryId: string }> {
  const handle = `writer-${++customers}.test`
  desk.says(handle, '@nordwind.test Hello?')
  await desk.hear()
  return { handle, deliveryId: (await desk.answer(await desk.conversationOf(handle), text)).deliveryId }
}

/** As if the time that the outbox waits for had passed. */
const dueNow = (deliveryId: string) =>
  desk.rows(sql`update delivery set due_at = now(), lease_until = null where delivery_id = ${deliveryId}`)

const onNetwork = (text: string): number => desk.published().filter((one) => one.startsWith(text)).length

describe('a delivery whose answer was lost', () => {
  it('is looked for before anything is tried again, and is found', async () => {
    const { deliveryId } = await queued('Cut after')
    desk.twin.control.fault({ kind: 'cut-after', path: CREATE })
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'unknown', failure: 'lost-answer' })
    expect(onNetwork('Cut after')).toBe(1)
    await dueNow(deliveryId)
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'sent', attempts: 1 })
    expect(onNetwork('Cut after')).toBe(1)
  })

  it('is sent again under its own key when it is not there', async () => {
    const { deliveryId } = await queued('Cut before')
    desk.twin.control.fault({ kind: 'cut-before', path: CREATE })
    await desk.deliver(HASTY)
    expect((await desk.delivery(deliveryId)).state).toBe('unknown')
    await dueNow(deliveryId)
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'queued', failure: 'lost-answer' })
    const tooLate = await desk.tell('publishing.deliveries.cancel', { deliveryId }, desk.anna)
    expect(tooLate.status).toBe(409)
    await dueNow(deliveryId)
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(onNetwork('Cut before')).toBe(1)
  })

  it('is joined by its own echo, without anybody looking and without a new version', async () => {
    const { handle, deliveryId } = await queued('Echo first')
    const before = await desk.conversationOf(handle)
    desk.twin.control.fault({ kind: 'cut-after', path: CREATE })
    await desk.deliver(HASTY)
    expect((await desk.delivery(deliveryId)).state).toBe('unknown')
    const echo = [...desk.twin.world.records.values()].find((one) => one.value.text === 'Echo first ^AA')
    await desk.hearThread(echo?.uri ?? '')
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'sent', attempts: 1, failure: null })
    const after = await desk.conversationOf(handle)
    expect(BigInt(after.version) - BigInt(before.version)).toBe(0n)
    expect(after).toMatchObject({ postCount: 2, waitingSince: null, undelivered: null })
    expect(await desk.deliver(HASTY)).toBe(0)
    expect(onNetwork('Echo first')).toBe(1)
  })

  it('waits for a person where the network cannot be asked', async () => {
    const { services } = desk
    const { findByKey: _, ...mute } = blueskyAccount(openOutside({ allowPrivate: ['127.0.0.0/8'] }))
    const { deliveryId } = await queued('Ask a person')
    replaceConnectors(services, [{ ...mute, capabilities: { ...mute.capabilities, findsByKey: false } }])
    try {
      desk.twin.control.fault({ kind: 'cut-before', path: CREATE })
      await desk.deliver(HASTY)
      await dueNow(deliveryId)
      await desk.deliver(HASTY)
      const waiting = await desk.delivery(deliveryId)
      expect(waiting).toMatchObject({ state: 'unknown', needsDecision: true, nextTryAt: null })
      const list = await desk.ask<{ items: { delivery: { deliveryId: string } }[] }>(
        'inbox.answers.undelivered',
        {},
        desk.anna,
      )
      expect(list.items.map((one) => one.delivery.deliveryId)).toContain(deliveryId)
      const byAgent = await desk.tell('publishing.deliveries.decide', { deliveryId, decision: 'send-again' }, desk.anna)
      expect(byAgent.status).toBe(403)
      await desk.ask('publishing.deliveries.decide', { deliveryId, decision: 'send-again' }, desk.lead)
      await desk.deliver(HASTY)
      expect((await desk.delivery(deliveryId)).state).toBe('sent')
      expect(onNetwork('Ask a person')).toBe(1)
    } finally {
      replaceConnectors(services, [blueskyAccount(openOutside({ allowPrivate: ['127.0.0.0/8'] }))])
    }
  })

  it('can be declared to stand there, or be dropped', async () => {
    const there = await queued('It is there')
    const dropped = await queued('Drop it')
    for (const { deliveryId } of [there, dropped])
      await desk.rows(
        sql`update delivery set state = 'unknown', needs_decision = true, due_at = null where delivery_id = ${deliveryId}`,
      )
    const url = 'https://bsky.app/profile/x/post/1'
    await desk.ask('publishing.deliveries.decide', { ...there, decision: 'it-is-there', url }, desk.lead)
    await desk.ask('publishing.deliveries.decide', { ...dropped, decision: 'drop' }, desk.lead)
    await desk.app.settle()
    expect(await desk.delivery(there.deliveryId)).toMatchObject({ state: 'sent', url })
    expect(await desk.delivery(dropped.deliveryId)).toMatchObject({ state: 'refused', failure: 'dropped' })
    expect((await desk.conversationOf(there.handle)).waitingSince).toBeNull()
    expect((await desk.conversationOf(dropped.handle)).waitingSince).not.toBeNull()
  })
})

describe('a network that says no', () => {
  it('is asked again when its rate limit is over', async () => {
    const { deliveryId } = await queued('Too many')
    desk.twin.control.fault({ kind: 'rate-limit', path: CREATE, retryAfterSeconds: 120 })
    await desk.deliver(HASTY)
    const waiting = await desk.delivery(deliveryId)
    expect(waiting).toMatchObject({ state: 'queued', failure: 'rate-limited' })
    expect(Date.parse(String(waiting.nextTryAt)) - Date.now()).toBeGreaterThan(60_000)
    expect(await desk.deliver(HASTY)).toBe(0)
    await dueNow(deliveryId)
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'sent', failure: null })
    expect(onNetwork('Too many')).toBe(1)
  })

  it('is not written to while its thread cannot be read', async () => {
    const { deliveryId } = await queued('Unreadable')
    desk.twin.control.fault({ kind: 'server-error', path: 'getPostThread', status: 503, times: 20 })
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'queued', failure: 'upstream', attempts: 0 })
    await desk.rows(
      sql`update delivery set troubled_since = now() - interval '16 minutes' where delivery_id = ${deliveryId}`,
    )
    await dueNow(deliveryId)
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'refused', failure: 'upstream' })
    expect(onNetwork('Unreadable')).toBe(0)
  })

  it('is not written to from a workspace that only practises', async () => {
    const { deliveryId } = await queued('Drill')
    await desk.rows(sql`update workspace set mode = 'drill'`)
    await desk.deliver(HASTY)
    await desk.rows(sql`update workspace set mode = 'live'`)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'refused', failure: 'drill' })
    expect(onNetwork('Drill')).toBe(0)
  })
})

describe('a worker that died', () => {
  it('between the freeze and the network leaves a row that the next one looks up', async () => {
    const { deliveryId } = await queued('Died before')
    await desk.rows(sql`update delivery set state = 'sending', frozen_at = now(), attempts = 1, payload = null,
      lease_until = now() - interval '1 second', lease_token = gen_random_uuid() where delivery_id = ${deliveryId}`)
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'queued', failure: 'lost-answer' })
    await dueNow(deliveryId)
    await desk.deliver(HASTY)
    expect((await desk.delivery(deliveryId)).state).toBe('sent')
    expect(onNetwork('Died before')).toBe(1)
  })

  it('and came back late says nothing that counts any more', async () => {
    const { deliveryId } = await queued('Came back')
    desk.twin.control.fault({ kind: 'slow', path: CREATE, delayMs: 900 })
    const first = desk.deliver(HASTY)
    await new Promise((resolve) => setTimeout(resolve, 500))
    await desk.rows(
      sql`update delivery set lease_until = now() - interval '1 second' where delivery_id = ${deliveryId}`,
    )
    await Promise.all([first, desk.deliver(HASTY)])
    for (let round = 0; round < 3; round++) {
      await dueNow(deliveryId)
      await desk.deliver(HASTY)
    }
    expect((await desk.delivery(deliveryId)).state).toBe('sent')
    expect(onNetwork('Came back')).toBe(1)
  })
})

describe('a post of our own', () => {
  it('goes out without a conversation, and comes off the network with a reason', async () => {
    const made = await desk.ask<{ deliveryId: string }>(
      'publishing.deliveries.create',
      { sourceId: desk.sourceId, text: 'We are hiring', undoSeconds: 0 },
      desk.lead,
    )
    await desk.deliver()
    const sent = await desk.delivery(made.deliveryId)
    expect(sent).toMatchObject({ state: 'sent', replyToPostId: null })
    expect(onNetwork('We are hiring')).toBe(1)
    const reason = 'the position is filled'
    await desk.ask('publishing.deliveries.remove', { deliveryId: made.deliveryId, reason }, desk.lead)
    expect(onNetwork('We are hiring')).toBe(0)
    expect(await desk.delivery(made.deliveryId)).toMatchObject({ removedBecause: reason })
    const [post] = await desk.rows(
      sql<{ text: string; deleted: boolean }>`select text, deleted_at is not null as deleted from post
        where post_id = ${sent.postId}`,
    )
    expect(post).toEqual({ text: '', deleted: true })
  })

  it('that answered somebody leaves them waiting when it is taken off', async () => {
    const { handle, deliveryId } = await queued('Wrong answer')
    await desk.deliver()
    expect((await desk.conversationOf(handle)).waitingSince).toBeNull()
    await desk.ask('publishing.deliveries.remove', { deliveryId, reason: 'it was wrong' }, desk.lead)
    await desk.app.settle()
    expect((await desk.conversationOf(handle)).waitingSince).not.toBeNull()
  })
})

describe('expired credentials', () => {
  it('refuse the answer, mark the source, and keep the text as a draft', async () => {
    const { handle, deliveryId } = await queued('No entry')
    desk.twin.control.revokePassword({ account: 'nordwind.test' })
    await desk.deliver(HASTY)
    expect(await desk.delivery(deliveryId)).toMatchObject({ state: 'refused', failure: 'credentials-expired' })
    const source = await desk.ask<{ state: string }>('listening.sources.get', { sourceId: desk.sourceId })
    expect(source.state).toBe('needs-credentials')
    const { conversationId } = await desk.conversationOf(handle)
    const opened = await desk.ask<{ myDraft: { text: string } }>(
      'inbox.conversations.get',
      { conversationId },
      desk.anna,
    )
    expect(opened.myDraft.text).toBe('No entry')
  })
})
