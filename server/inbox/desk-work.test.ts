import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationItem } from '../../contract/inbox-conversations.ts'
import { indexAll } from '../listening/search-index.ts'
import { newId } from '../platform/ids.ts'
import { type Desk, openDesk } from './testing/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  for (const [index, word] of ['parcel', 'invoice', 'parcel', 'router', 'parcel'].entries())
    desk.says(`regular-${index}.test`, `@nordwind.test Where is my ${word}?`)
  await desk.hear()
  await indexAll(desk.services, desk.workspaceId)
})
afterAll(() => desk.close())

const change = (which: object, what: object, as = desk.anna) =>
  desk.ask<{ changed: string[]; unchanged: number; refused: unknown[]; more: boolean }>(
    'inbox.conversations.change',
    { which, change: what },
    as,
  )
const list = (filters: object) =>
  desk.ask<{ items: ConversationItem[]; nextCursor: string | null }>('inbox.conversations.list', filters, desk.anna)

describe('the list', () => {
  it('goes through everything once, page by page, in each order', async () => {
    for (const order of ['newest', 'oldest', 'waiting']) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = await list({ order, limit: 2, ...(after ? { after } : {}) })
        seen.push(...page.items.map((item) => item.conversationId))
        after = page.nextCursor ?? undefined
      } while (after)
      expect(new Set(seen).size).toBe(5)
      expect(seen).toHaveLength(5)
    }
  })

  it('finds words of posts and beginnings of handles', async () => {
    expect((await list({ text: 'parcel' })).items).toHaveLength(3)
    expect((await list({ text: 'WHERE invoice' })).items.map((item) => item.author.handle)).toEqual(['regular-1.test'])
    expect((await list({ text: '@regular-3' })).items.map((item) => item.author.handle)).toEqual(['regular-3.test'])
    expect((await list({ text: 'telescope' })).items).toEqual([])
  })

  it('narrows to who has it, and refuses "me" for a bot', async () => {
    const [first] = (await list({})).items
    if (!first) throw new Error('an empty inbox')
    await change(
      { conversationIds: [first.conversationId] },
      { change: 'assign', memberId: desk.anna.memberId, teamId: null },
    )
    expect((await list({ assignee: 'me' })).items.map((item) => item.conversationId)).toEqual([first.conversationId])
    expect((await list({ assignee: 'nobody' })).items).toHaveLength(4)
    const bot = await desk.tell('inbox.conversations.list', { assignee: 'me' }, { key: desk.bot })
    expect(bot.body.data?.code).toBe('filter-needs-member')
    await change({ conversationIds: [first.conversationId] }, { change: 'assign', memberId: null, teamId: null })
  })

  it('shows nothing of another workspace', async () => {
    const [own] = (await list({})).items
    const other = await desk.app.createWorkspace('Other')
    const as = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    expect((await desk.app.call('inbox.conversations.list', {}, as)).body).toMatchObject({ items: [] })
    const opened = await desk.app.call('inbox.conversations.get', { conversationId: own?.conversationId }, as)
    expect(opened.status).toBe(404)
  })
})

describe('a bulk action', () => {
  it('reports exactly what it changed, by ids and by filter', async () => {
    const tag = await desk.ask<{ tagId: string }>('inbox.tags.create', { name: 'Delivery' }, desk.lead)
    const tagged = await change({ filters: { text: 'parcel' } }, { change: 'tag', add: [tag.tagId] })
    expect(tagged).toMatchObject({ unchanged: 0, refused: [], more: false })
    expect(tagged.changed).toHaveLength(3)
    const again = await change({ filters: { text: 'parcel' } }, { change: 'tag', add: [tag.tagId] })
    expect(again).toMatchObject({ changed: [], unchanged: 3 })
    expect((await list({ tagId: tag.tagId })).items.map((item) => item.tags)).toEqual([
      ...Array.from({ length: 3 }, () => [{ tagId: tag.tagId, name: 'Delivery', colour: 'gray' }]),
    ])
    const unknown = newId()
    const closed = await change({ conversationIds: [...tagged.changed, unknown] }, { change: 'close' })
    expect(closed.changed.toSorted()).toEqual(tagged.changed.toSorted())
    expect(closed.refused).toEqual([{ conversationId: unknown, because: 'not-found' }])
    await change({ conversationIds: closed.changed }, { change: 'reopen' })
  })

  it('refuses what makes no sense: strangers, the past', async () => {
    const [first] = (await list({})).items
    const which = { conversationIds: [first?.conversationId] }
    const code = async (what: object) =>
      (await desk.tell('inbox.conversations.change', { which, change: what }, desk.anna)).body.data?.code
    expect(await code({ change: 'assign', memberId: newId(), teamId: null })).toBe('member-unknown')
    expect(await code({ change: 'assign', memberId: null, teamId: newId() })).toBe('team-unknown')
    expect(await code({ change: 'snooze', until: new Date(0) })).toBe('snooze-time')
    expect(await code({ change: 'tag', add: [newId()] })).toBe('tag-unknown')
  })
})

describe('a macro', () => {
  it('fills in its text and does what can be done before sending', async () => {
    const [first] = (await list({ text: '@regular-0' })).items
    const tag = await desk.ask<{ tagId: string }>('inbox.tags.create', { name: 'Late' }, desk.lead)
    const macro = await desk.ask<{ macroId: string }>(
      'inbox.macros.create',
      {
        name: 'Sorry',
        text: 'Hello {{author.handle}}, sorry! {{ agent.sign-off }}',
        actions: [{ action: 'tag', tagId: tag.tagId }, { action: 'close' }],
      },
      desk.lead,
    )
    const input = { conversationId: first?.conversationId, macroId: macro.macroId }
    expect(await desk.ask('inbox.macros.apply', input, desk.anna)).toEqual({
      text: 'Hello @regular-0.test, sorry! ^AA',
      language: null,
      missing: [],
      done: ['tag'],
      refused: [],
      afterSending: ['close'],
    })
    expect((await desk.conversationOf('regular-0.test')).tags.map((one) => one.name)).toContain('Late')
  })

  it('with a placeholder that nothing fills, or a name that is taken, is refused', async () => {
    const create = (name: string, text: string, as = desk.lead) => desk.tell('inbox.macros.create', { name, text }, as)
    expect((await create('Odd', 'Hi {{author.age}}')).body.data).toMatchObject({ code: 'placeholder-unknown' })
    expect((await create('Twice', 'Hi')).status).toBe(200)
    expect((await create('Twice', 'Ho')).body.data?.code).toBe('name-taken')
    expect((await create('Agents may not', 'Hi', desk.anna)).status).toBe(403)
  })
})

describe('a saved view', () => {
  it('is one’s own until somebody who manages the inbox shares it', async () => {
    const view = { name: 'Waiting', filters: { state: 'open', waiting: 'yes' } }
    const mine = await desk.ask<{ savedViewId: string }>('inbox.views.create', view, desk.anna)
    const names = async (as = desk.ben) =>
      (await desk.ask<{ items: { name: string; mine: boolean }[] }>('inbox.views.list', {}, as)).items.map(
        (one) => one.name,
      )
    expect(await names()).toEqual([])
    expect((await desk.tell('inbox.views.create', { ...view, shared: true }, desk.anna)).status).toBe(403)
    await desk.ask('inbox.views.create', { ...view, name: 'All waiting', shared: true }, desk.lead)
    expect(await names()).toEqual(['All waiting'])
    const stolen = await desk.tell('inbox.views.remove', { savedViewId: mine.savedViewId }, desk.ben)
    expect(stolen.body.data?.code).toBe('view-unknown')
  })
})

describe('a note', () => {
  it('belongs to whoever wrote it, and tells who is mentioned', async () => {
    const { conversationId } = await desk.conversationOf('regular-1.test')
    const { noteId } = await desk.ask<{ noteId: string }>(
      'inbox.notes.add',
      { conversationId, text: '@Ben have a look', mentions: [desk.ben.memberId, desk.anna.memberId] },
      desk.anna,
    )
    const told = await desk.ask<{ items: { kind: string; about: { subject: string; id: string } }[] }>(
      'notifications.list',
      {},
      desk.ben,
    )
    expect(told.items[0]).toMatchObject({ kind: 'mention', about: { subject: 'conversation', id: conversationId } })
    expect((await desk.ask<{ count: number }>('notifications.unread', {}, desk.anna)).count).toBe(0)
    expect((await desk.tell('inbox.notes.edit', { noteId, text: 'Mine now' }, desk.ben)).status).toBe(403)
    await desk.ask('inbox.notes.remove', { noteId }, desk.anna)
    const [note] = await desk.rows(sql<{ text: string }>`select text from note where note_id = ${noteId}`)
    expect(note?.text).toBe('')
  })
})

describe('a draft', () => {
  it('is kept on the server and says when it is stale', async () => {
    const { conversationId, version } = await desk.conversationOf('regular-3.test')
    const draft = { conversationId, text: 'Half a thought', againstVersion: version }
    expect(await desk.ask('inbox.drafts.save', draft, desk.anna)).toMatchObject({ stale: false })
    await desk.ask('inbox.conversations.change', {
      which: { conversationIds: [conversationId] },
      change: { change: 'close' },
    })
    expect(await desk.ask('inbox.drafts.save', { ...draft, againstVersion: '0' }, desk.anna)).toMatchObject({
      stale: true,
    })
    const opened = await desk.ask<{ myDraft: unknown }>('inbox.conversations.get', { conversationId }, desk.ben)
    expect(opened.myDraft).toBeNull()
    await desk.ask('inbox.drafts.save', { ...draft, text: ' ' }, desk.anna)
    const mine = await desk.ask<{ myDraft: unknown }>('inbox.conversations.get', { conversationId }, desk.anna)
    expect(mine.myDraft).toBeNull()
  })
})
