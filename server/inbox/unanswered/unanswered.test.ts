import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationItem } from '../../../contract/inbox-conversations.ts'
import { accountOf } from '../../listening/index.ts'
import { takeFromSource } from '../../listening/intake.ts'
import { newId } from '../../platform/ids.ts'
import { explain } from '../../platform/testing/explain.ts'
import { changeConversations } from '../changing.ts'
import { allOf, conditionsOf } from '../filters.ts'
import { type Desk, openDesk } from '../testing/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const ANGRY = '@nordwind.test This is the worst service ever. I am furious, this is terrible and disgusting!'
const change = (conversation: ConversationItem, what: object, as = desk.anna) =>
  desk.ask<{ changed: string[]; refused: { conversationId: string; because: string }[] }>(
    'inbox.conversations.change',
    { which: { conversationIds: [conversation.conversationId] }, change: what },
    as,
  )
const listed = async () =>
  (
    await desk.ask<{ items: ConversationItem[] }>(
      'inbox.conversations.list',
      { order: 'negative', limit: 100 },
      desk.anna,
    )
  ).items.map((item) => item.author.handle)
/** How conversations left the list, in order. */
const departures = async (handle: string) => {
  const { conversationId } = await desk.conversationOf(handle)
  const rows = await desk.rows(sql<{ codes: Record<string, string>; actor_kind: string }>`
    select codes, actor_kind from event where conversation_id = ${conversationId}
      and type = 'conversation.left-unanswered' order by position`)
  return rows.map(({ codes, actor_kind }) => [codes.how, codes.reason ?? actor_kind].join(' '))
}
const arrives = async (handle: string, text = ANGRY) => {
  const uri = desk.says(handle, text)
  await desk.hear()
  return { uri, conversation: await desk.conversationOf(handle) }
}

/** As a network tells it that shows each post as it stands now. */
const edits = async (uri: string, text: string) => {
  desk.twin.control.edit({ uri, text })
  const account = await desk.inWorkspace((tx) => accountOf(desk.services, tx, desk.sourceId))
  const place = { externalId: uri, reference: null }
  const read = await account?.connector.readThread?.(account.connection, place, AbortSignal.timeout(10_000))
  if (!read?.ok) throw new Error('the thread could not be read')
  const items = read.value.map((post) => ({ kind: 'post' as const, post }))
  const { workspaceId, sourceId } = desk
  const source = { workspaceId, sourceId, name: '', keepsEverything: true, tellsEdits: true }
  await takeFromSource(desk.services, items, source)
  await desk.app.settle()
}

describe('a negative post that nobody answered', () => {
  it('is on the list, the longest first, and counted; what is not negative is not', async () => {
    await arrives('kind.test', '@nordwind.test Thank you, that was a great and friendly service!')
    await arrives('angry-1.test')
    await arrives('angry-2.test')
    expect(await listed()).toEqual(['angry-1.test', 'angry-2.test'])
    const { counts } = await desk.ask<{ counts: unknown[] }>(
      'inbox.conversations.count',
      { filters: [{ unanswered: 'negative' }] },
      desk.anna,
    )
    expect(counts).toEqual([{ count: 2, more: false }])
  })

  it('is not closed without a reason, by hand, in bulk or by a macro, and stays when it is snoozed or assigned', async () => {
    const conversation = await desk.conversationOf('angry-1.test')
    const refused = [{ conversationId: conversation.conversationId, because: 'needs-reason' }]
    expect(await change(conversation, { change: 'close' })).toMatchObject({ changed: [], refused })
    const bulk = await desk.ask(
      'inbox.conversations.change',
      { which: { filters: { unanswered: 'negative' } }, change: { change: 'close' } },
      desk.anna,
    )
    expect(bulk).toMatchObject({ changed: [], refused: [{ because: 'needs-reason' }, { because: 'needs-reason' }] })
    const { macroId } = await desk.ask<{ macroId: string }>(
      'inbox.macros.create',
      { name: 'Away with it', actions: [{ action: 'close' }] },
      desk.lead,
    )
    const applied = await desk.ask(
      'inbox.macros.apply',
      { conversationId: conversation.conversationId, macroId },
      desk.anna,
    )
    expect(applied).toMatchObject({ done: [], refused: [{ action: 'close', because: 'needs-reason' }] })
    await change(conversation, { change: 'snooze', until: new Date(Date.now() + 3_600_000) })
    await change(conversation, { change: 'assign', memberId: desk.ben.memberId, teamId: null })
    expect(await listed()).toEqual(['angry-1.test', 'angry-2.test'])
    expect((await desk.conversationOf('angry-1.test')).state).toBe('snoozed')
  })

  it('another reason needs words', async () => {
    const conversation = await desk.conversationOf('angry-1.test')
    const which = { conversationIds: [conversation.conversationId] }
    const without = { which, change: { change: 'close', reason: { code: 'other' } } }
    expect((await desk.tell('inbox.conversations.change', without, desk.anna)).status).toBe(400)
    expect(await listed()).toHaveLength(2)
  })

  it('leaves with a reason, which stands in the trail; reopened it is back', async () => {
    const conversation = await desk.conversationOf('angry-1.test')
    const reason = { code: 'provocation', note: 'Third time this week' }
    expect(await change(conversation, { change: 'close', reason })).toMatchObject({ refused: [] })
    expect(await listed()).toEqual(['angry-2.test'])
    expect(await departures('angry-1.test')).toEqual(['reason provocation'])
    const opened = await desk.ask<{ timeline: { type?: string; codes?: object; reason?: string | null }[] }>(
      'inbox.conversations.get',
      { conversationId: conversation.conversationId },
      desk.ben,
    )
    const told = opened.timeline.filter((entry) => /closed|left/.test(entry.type ?? ''))
    expect(told).toMatchObject([
      { type: 'conversation.closed', codes: { reason: 'provocation' }, reason: 'Third time this week' },
    ])
    await change(conversation, { change: 'reopen' })
    expect(await listed()).toEqual(['angry-1.test', 'angry-2.test'])
    await change(conversation, { change: 'close', reason: { code: 'spam' } })
  })

  it('leaves with an answer, and comes back when the answer does not go out', async () => {
    const conversation = await desk.conversationOf('angry-2.test')
    const sent = await desk.answer(conversation, 'We are sorry. What happened?', { close: true, undoSeconds: 30 })
    expect(await listed()).toEqual([])
    await desk.ask('publishing.deliveries.cancel', { deliveryId: sent.deliveryId }, desk.anna)
    await desk.app.settle()
    expect(await listed()).toEqual(['angry-2.test'])
    await desk.answer(await desk.conversationOf('angry-2.test'), 'We are sorry. What happened?')
    await desk.deliver()
    expect(await listed()).toEqual([])
    expect(await departures('angry-2.test')).toEqual(['answer member', 'answer member'])
  })

  it('leaves by a rule, which the trail names', async () => {
    const { conversation } = await arrives('angry-3.test')
    const ruleId = newId()
    const report = await desk.inWorkspace((tx) =>
      changeConversations(
        tx,
        { conversationIds: [conversation.conversationId] },
        { change: 'close' },
        {
          now: new Date(),
          mayManage: true,
          ruleId,
        },
      ),
    )
    expect(report.changed).toEqual([conversation.conversationId])
    expect(await departures('angry-3.test')).toEqual(['rule system'])
    const [row] = await desk.rows(sql<{ rule: string }>`select subjects ->> 'ruleId' as rule from event
      where conversation_id = ${conversation.conversationId} and type = 'conversation.left-unanswered'`)
    expect(row?.rule).toBe(ruleId)
  })

  it('leaves when its author takes it back, and with an answer from the network’s own app', async () => {
    const { uri } = await arrives('angry-4.test')
    const other = await arrives('angry-5.test')
    expect(await listed()).toEqual(['angry-4.test', 'angry-5.test'])
    await desk.hearDeletion(uri)
    desk.saysInApp('Sorry to hear that', other.uri)
    await desk.hearThread(other.uri)
    expect(await listed()).toEqual([])
    expect(await departures('angry-4.test')).toEqual(['withdrawn customer'])
    expect(await departures('angry-5.test')).toEqual(['answer system'])
  })

  it('is negative by what a person says, whatever the model said; a newer model alone takes nothing off', async () => {
    const { conversation } = await arrives('angry-6.test')
    const [post] = await desk.rows(sql<{ postId: string }>`select post_id as "postId" from conversation_post
      where conversation_id = ${conversation.conversationId}`)
    const postId = post?.postId
    await desk.rows(sql`update post set sentiment = 'positive' where post_id = ${postId} returning post_id`)
    await desk.hear()
    expect(await listed()).toEqual(['angry-6.test'])
    const label = (value: string) =>
      desk.ask('listening.labels.give', { postId, label: { what: 'sentiment', value } }, desk.anna)
    await label('neutral')
    await desk.app.settle()
    expect(await listed()).toEqual([])
    await label('negative')
    await desk.app.settle()
    expect(await listed()).toEqual(['angry-6.test'])
    expect(await departures('angry-6.test')).toEqual(['not-negative member'])
  })

  it('stays when its author makes it milder: it was not answered yet', async () => {
    const { uri } = await arrives('angry-7.test')
    await edits(uri, '@nordwind.test Thank you, wonderful service!')
    expect(await listed()).toContain('angry-7.test')
  })

  it('comes back when its author edits what was answered into an angry one, wherever the answer was given', async () => {
    const mild = '@nordwind.test When does your shop open?'
    const here = await arrives('mild-1.test', mild)
    await desk.answer(here.conversation, 'At nine.', { close: true })
    await desk.deliver()
    const elsewhere = await arrives('mild-2.test', mild)
    desk.saysInApp('At nine!', elsewhere.uri)
    await desk.hearThread(elsewhere.uri)
    const byHand = await arrives('mild-3.test', mild)
    await change(byHand.conversation, { change: 'close' })
    for (const { uri } of [here, elsewhere, byHand]) await edits(uri, ANGRY)
    const handles = ['mild-1.test', 'mild-2.test', 'mild-3.test']
    expect((await listed()).filter((handle) => handles.includes(handle ?? '')).sort()).toEqual(handles)
    for (const handle of handles)
      expect(await desk.conversationOf(handle)).toMatchObject({ state: 'open', waitingSince: expect.anything() })
    await desk.answer(await desk.conversationOf('mild-1.test'), 'We are sorry!', { close: true })
    await desk.deliver()
    await edits(here.uri, `${ANGRY} Really.`)
    expect(await listed()).not.toContain('mild-1.test')
  })

  it('is found by its index alone', async () => {
    const query = await desk.inWorkspace(
      async (tx) => sql`select c.conversation_id from conversation c
        where ${allOf(await conditionsOf(tx, { unanswered: 'negative' }))}
        order by c.negative_since, c.conversation_id limit 51`,
    )
    const [explained] = await explain(desk, [[query, 'conversation_negative']])
    expect(explained, explained?.plan).toMatchObject({ usesIndex: true })
  })
})

it('no conversation ever left the list without saying how', async () => {
  // What every test above did: whoever is off the list and has a negative post left it by a recorded way.
  const rows = await desk.rows(sql<{ handle: string }>`
    select a.handle from conversation c join author a on a.workspace_id = c.workspace_id and a.author_id = c.author_id
    where c.negative_since is null
      and exists (select from conversation_post cp where cp.workspace_id = c.workspace_id
        and cp.conversation_id = c.conversation_id and cp.negative)
      and not exists (select from event e where e.workspace_id = c.workspace_id
        and e.conversation_id = c.conversation_id::text and e.type = 'conversation.left-unanswered')`)
  expect(rows).toEqual([])
})

it('migration 0057 works out for conversations of before what the bookkeeping says', async () => {
  await arrives('angry-8.test')
  desk.says('angry-8.test', '@nordwind.test And still nobody answers. Terrible, disgusting service!')
  await desk.hear()
  const rows = await desk.rows(sql<{ now: Date | null; then: Date | null }>`
    select c.negative_since as now, (
      select min(cp.published_at) from conversation_post cp
      where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id and cp.direction = 'in' and cp.negative
        and not cp.deleted and cp.answered_by is null and cp.settled_at is null and cp.published_at >= c.waiting_since) as then
    from conversation c where c.waiting_since is not null
      -- Of edits nothing was known then.
      and not exists (select from conversation_post cp where cp.workspace_id = c.workspace_id
        and cp.conversation_id = c.conversation_id and cp.turned_negative_at is not null)`)
  expect(rows.filter(({ now }) => now !== null).length).toBeGreaterThan(1)
  for (const { now, then } of rows) expect(then).toEqual(now)
})
