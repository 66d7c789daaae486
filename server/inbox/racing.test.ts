import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, openDesk } from './testing/desk.ts'

const ROUNDS = 12

let desk: Desk
let customers = 0
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

async function waiting(): Promise<{ handle: string; conversationId: string; version: string }> {
  const handle = `racer-${++customers}.test`
  desk.says(handle, '@nordwind.test Who answers first?')
  await desk.hear()
  const { conversationId, version } = await desk.conversationOf(handle)
  return { handle, conversationId, version }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 8))
const answersTo = (handle: string) =>
  desk.rows(sql<{ state: string }>`select d.state from delivery d join answer a using (workspace_id, delivery_id)
    join conversation c using (workspace_id, conversation_id) join author u using (workspace_id, author_id)
    where u.handle = ${handle}`)

describe('two people and a bot on one conversation', () => {
  it('answer exactly once, however their steps fall together', async () => {
    const bot = { key: desk.bot }
    for (let round = 0; round < ROUNDS; round++) {
      const { handle, conversationId, version } = await waiting()
      const run = async (as: Parameters<Desk['tell']>[2], name: string) => {
        await pause()
        if (Math.random() < 0.5) await desk.tell('inbox.leases.claim', { conversationId }, as)
        await pause()
        return desk.tell(
          'inbox.answers.send',
          { conversations: [{ conversationId, againstVersion: version }], text: `${name} ${round}`, undoSeconds: 0 },
          as,
        )
      }
      const outcomes = await Promise.all([run(desk.anna, 'Anna'), run(desk.ben, 'Ben'), run(bot, 'Robo')])
      await desk.deliver()
      expect(outcomes.map((one) => one.status).sort()).toEqual([200, 409, 409])
      for (const { status, body } of outcomes)
        if (status === 409) expect(['newer-post', 'lease-held']).toContain(body.data?.code)
      expect(await answersTo(handle)).toEqual([{ state: 'sent' }])
      const said = desk.published().filter((text) => new RegExp(`^(Anna|Ben|Robo) ${round}( |$)`).test(text))
      expect(said).toHaveLength(1)
    }
  })

  it('find a colleague’s answer in the refusal', async () => {
    const { conversationId, version } = await waiting()
    const send = (text: string, as: Parameters<Desk['tell']>[2]) =>
      desk.tell(
        'inbox.answers.send',
        { conversations: [{ conversationId, againstVersion: version }], text, undoSeconds: 30 },
        as,
      )
    expect((await send('Mine', desk.anna)).status).toBe(200)
    const late = await send('Mine too', { key: desk.bot })
    expect(late.status).toBe(409)
    expect(late.body.data?.news).toMatchObject([{ posts: [], answers: [{ text: 'Mine ^AA', state: 'queued' }] }])
  })
})

describe('a lease', () => {
  it('is one person’s until it runs out on the database’s clock', async () => {
    const { conversationId } = await waiting()
    const mine = await desk.tell('inbox.leases.claim', { conversationId }, desk.anna)
    expect(mine.status).toBe(200)
    const refused = await desk.tell('inbox.leases.claim', { conversationId }, desk.ben)
    expect(refused.body.data).toMatchObject({ code: 'lease-held', params: { holderName: 'Anna Albers' } })
    expect(refused.body.data?.params?.until).toBeTypeOf('string')
    await desk.rows(sql`update lease set expires_at = now() where conversation_id = ${conversationId}`)
    expect((await desk.tell('inbox.leases.claim', { conversationId }, desk.ben)).status).toBe(200)
    const lost = await desk.tell('inbox.leases.renew', { conversationId }, desk.anna)
    expect(lost.body.data).toMatchObject({ code: 'lease-lost', params: { holderName: 'Ben Bakker' } })
  })

  it('is taken by exactly one of many', async () => {
    const { conversationId } = await waiting()
    const claims = await Promise.all(
      [desk.anna, desk.ben, desk.lead, { key: desk.bot }].map((as) =>
        desk.tell('inbox.leases.claim', { conversationId }, as),
      ),
    )
    expect(claims.filter((claim) => claim.status === 200)).toHaveLength(1)
  })

  it('keeps others from answering, a bot included, and shows who holds it', async () => {
    const { conversationId, version } = await waiting()
    await desk.tell('inbox.leases.claim', { conversationId }, desk.anna)
    const refused = await desk.tell(
      'inbox.answers.send',
      { conversations: [{ conversationId, againstVersion: version }], text: 'Beep' },
      { key: desk.bot },
    )
    expect(refused.body.data?.code).toBe('lease-held')
    const [item] = (await desk.conversations()).filter((one) => one.conversationId === conversationId)
    expect(item?.lease).toMatchObject({ holder: { kind: 'member', name: 'Anna Albers' }, mine: true })
  })

  it('is taken over by a lead, with a reason in the timeline', async () => {
    const { conversationId } = await waiting()
    await desk.tell('inbox.leases.claim', { conversationId }, desk.anna)
    const input = { conversationId, reason: 'Anna is at lunch' }
    expect((await desk.tell('inbox.leases.takeOver', input, desk.ben)).status).toBe(403)
    expect((await desk.tell('inbox.leases.takeOver', input, desk.lead)).status).toBe(200)
    const opened = await desk.ask<{ timeline: unknown[] }>('inbox.conversations.get', { conversationId }, desk.anna)
    expect(opened.timeline).toContainEqual(
      expect.objectContaining({ type: 'conversation.taken-over', reason: 'Anna is at lunch' }),
    )
  })

  it('of a colleague keeps a conversation from being closed under their hands', async () => {
    const { conversationId } = await waiting()
    await desk.tell('inbox.leases.claim', { conversationId }, desk.anna)
    const report = await desk.ask(
      'inbox.conversations.change',
      { which: { conversationIds: [conversationId] }, change: { change: 'close' } },
      desk.ben,
    )
    expect(report).toMatchObject({ changed: [], refused: [{ conversationId, because: 'lease-held' }] })
  })
})
