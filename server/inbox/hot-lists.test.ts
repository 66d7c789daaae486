import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationFilters } from '../../contract/inbox-conversations.ts'
import { newId } from '../platform/ids.ts'
import { explain } from '../platform/testing/explain.ts'
import { allOf, conditionsOf } from './filters.ts'
import { type Desk, openDesk } from './testing/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

describe('the inbox’s lists, as the application’s role', () => {
  const lists: [ConversationFilters, 'last_post_at desc' | 'waiting_since', string][] = [
    [{}, 'last_post_at desc', 'conversation_newest'],
    [{ state: 'open' }, 'last_post_at desc', 'conversation_state'],
    [{ state: 'open', memberId: newId() }, 'last_post_at desc', 'conversation_member'],
    [{ state: 'open', assignee: 'nobody' }, 'last_post_at desc', 'conversation_(member|team|state)'],
    [{ state: 'open', teamId: newId() }, 'last_post_at desc', 'conversation_team'],
    [{ state: 'open', network: 'bluesky' }, 'last_post_at desc', 'conversation_(network|state)'],
    [{ state: 'open', language: 'nl' }, 'last_post_at desc', 'conversation_(language|state)'],
    [{ state: 'open', priority: 'urgent' }, 'last_post_at desc', 'conversation_(priority|state)'],
    [{ authorId: newId() }, 'last_post_at desc', 'conversation_author'],
    [{ state: 'open', waiting: 'yes' }, 'waiting_since', 'conversation_waiting'],
  ]
  for (const [filters, order, index] of lists)
    it(`walk ${index} for ${JSON.stringify(Object.keys(filters))}, sorting nothing`, async () => {
      const query = await desk.inWorkspace(async (tx) => {
        const id = order.endsWith('desc') ? sql`c.conversation_id desc` : sql`c.conversation_id`
        const conditions = allOf(await conditionsOf(tx, filters))
        return sql`select c.conversation_id from conversation c where ${conditions}
          order by ${sql.raw(`c.${order}`)}, ${id} limit 51`
      })
      const [explained] = await explain(desk, [[query, index]])
      expect(explained, explained?.plan).toMatchObject({ usesIndex: true })
    })

  it('find due deliveries, the timeline and the members of a conversation by index', async () => {
    const workspaceId = desk.workspaceId
    const id = newId()
    const explained = await explain(desk, [
      [
        sql`select 1 from event where workspace_id = ${workspaceId} and conversation_id = ${id} order by position desc limit 300`,
        'event_conversation',
      ],
      [
        sql`select 1 from conversation_post where workspace_id = ${workspaceId} and post_id = ${id}`,
        'conversation_post_post',
      ],
      [
        sql`select 1 from delivery where workspace_id = ${workspaceId} and network = 'bluesky' and post_id is null and created_at > now() - interval '1 day' order by created_at desc`,
        'delivery_unheard',
      ],
      [
        sql`select 1 from notification where workspace_id = ${workspaceId} and member_id = ${id} order by at desc, notification_id desc limit 51`,
        'notification_member',
      ],
    ])
    for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
  })
})

describe('counts', () => {
  const count = async (filters: ConversationFilters[], as = desk.anna) =>
    (await desk.ask<{ counts: unknown[] }>('inbox.conversations.count', { filters }, as)).counts

  it('stop at their limit and say so', async () => {
    await desk.inWorkspace(async (tx) => {
      await sql`insert into thread (workspace_id, thread_id, network, root_external_id) values (${tx.workspaceId}, ${newId()}, 'x', 'r')`.execute(
        tx.sql,
      )
      await sql`insert into conversation (workspace_id, conversation_id, thread_id, author_id, network, opened_because, last_post_at)
        select ${tx.workspaceId}, gen_random_uuid(), t.thread_id, gen_random_uuid(), 'x', 'mention', now()
        from thread t, generate_series(1, 1005) where t.network = 'x'`.execute(tx.sql)
    })
    expect(
      await count([
        { state: 'open', network: 'x' },
        { state: 'closed', network: 'x' },
      ]),
    ).toEqual([
      { count: 1000, more: true },
      { count: 0, more: false },
    ])
  })

  it('tell nobody how much lies with one colleague, nor with a team of a few', async () => {
    const team = await desk.ask<{ teamId: string }>('accounts.teams.create', {
      name: 'Night',
      memberIds: [desk.ben.memberId],
    })
    const state = 'open' as const
    const filters = [
      { memberId: desk.ben.memberId, state },
      { teamId: team.teamId, state },
      { assignee: 'me' as const, state },
    ]
    expect(await count(filters)).toEqual([null, null, { count: 0, more: false }])
    expect(await count(filters, desk.ben)).toEqual([
      { count: 0, more: false },
      { count: 0, more: false },
      { count: 0, more: false },
    ])
    // With one's own, what the one other colleague has closed would follow from all that is closed.
    expect(
      await count([{ assignee: 'me', state: 'closed' }, { assignee: 'me' }, { memberId: desk.anna.memberId }]),
    ).toEqual([null, null, null])
    const byFilter = await desk.tell(
      'inbox.conversations.change',
      { which: { filters: { memberId: desk.ben.memberId } }, change: { change: 'reopen' } },
      desk.anna,
    )
    expect(byFilter.body.data?.code).toBe('filter-names-colleague')
  })
})
