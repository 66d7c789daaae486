import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../platform/events.ts'
import { newId } from '../platform/ids.ts'
import { createTestApp, type TestApp } from '../testing/app.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const mine = () => ({ cookie: app.workspace.owner.cookie, workspaceId: app.workspace.workspaceId })
interface Entry {
  eventId: string
  type: string
  subjects: Record<string, unknown>
  actor: { id: string | null; name: string | null }
  content: string
  said: string | null
}
interface Named {
  type: string
  names: Record<string, string>
}
const erase = (eventIds: unknown[], reason = 'she asked for it', as = mine()) =>
  app.call('privacy.trail.erase', { eventIds, reason }, as)
const trail = async (input: Record<string, unknown> = {}) =>
  ((await app.call('privacy.trail.list', input, mine())).body as { items: Entry[] }).items
const record = (conversationId: string, reason: string, workspaceId = app.workspace.workspaceId) =>
  app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) =>
    tx.record({ type: 'conversation.taken-over', subjects: { conversationId }, content: { reason } }),
  )
const contents = async (workspaceId = app.workspace.workspaceId) =>
  (
    await app.services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      sql<{ content: { reason: string } }>`select content from event_content`.execute(tx.sql),
    )
  ).rows.map(({ content }) => content.reason)

describe('the trail', () => {
  it('keeps who did what when a reason is erased, and tells of the erasure', async () => {
    const [named, other] = [newId(), newId()]
    await record(named, 'Mrs Schmidt of Kiel asked for Ben')
    await record(other, 'Anna is at lunch')
    const [entry] = await trail({ subjectId: named })
    expect(entry).toMatchObject({ content: 'kept', said: 'Mrs Schmidt of Kiel asked for Ben' })
    const answer = await erase([entry?.eventId])
    expect(answer).toMatchObject({ status: 200, body: { erased: 1 } })
    expect((await contents()).sort()).toEqual(['Anna is at lunch', 'she asked for it'])
    expect(await trail({ subjectId: named })).toEqual([{ ...entry, content: 'erased', said: null }])
    const [erasure] = await trail({ type: 'trail.content-erased' })
    expect(erasure).toMatchObject({
      subjects: { event: entry?.eventId },
      actor: { name: 'Olga Owner' },
      said: 'she asked for it',
    })
    expect(await erase([entry?.eventId])).toMatchObject({ body: { erased: 0 } })
  })

  it('is erased for a reason only, and only by those who manage data protection', async () => {
    const conversationId = newId()
    await record(conversationId, 'nobody may touch this')
    const [entry] = await trail({ subjectId: conversationId })
    expect((await erase([entry?.eventId], '  ')).status).toBe(400)
    const lead = await app.join(app.workspace.workspaceId, 'lead', 'Lea Lind')
    const asLead = { cookie: lead.cookie, workspaceId: app.workspace.workspaceId }
    expect((await erase([entry?.eventId], 'I would like to', asLead)).status).toBe(403)
    expect(await contents()).toContain('nobody may touch this')
  })

  it('tells what was said only to those who may see the event where it belongs', async () => {
    const conversationId = newId()
    await record(conversationId, 'told in the inbox')
    const answer = await app.call('accounts.keys.create', { name: 'Auditor', scopes: ['trail.read'] }, mine())
    const { secret } = answer.body as { secret: string }
    const { body } = await app.call('privacy.trail.list', { subjectId: conversationId }, { key: secret })
    expect((body as { items: Entry[] }).items).toMatchObject([{ content: 'kept', said: null }])
  })

  it('says nothing of content where an event had none', async () => {
    expect(await trail({ type: 'workspace' })).toMatchObject([{ content: 'none', said: null }])
  })

  it('is erased by nobody from another workspace, and says nothing of an erasure that found nothing', async () => {
    const other = await app.createWorkspace('Südwind')
    const conversationId = newId()
    await record(conversationId, 'stays')
    const [entry] = await trail({ subjectId: conversationId })
    const theirOwner = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    const answer = await erase([entry?.eventId], 'not mine', theirOwner)
    expect(answer).toMatchObject({ status: 200, body: { erased: 0 } })
    expect(await contents()).toContain('stays')
    const theirs = await app.call(
      'privacy.trail.list',
      { type: 'trail' },
      { cookie: other.owner.cookie, workspaceId: other.workspaceId },
    )
    expect(theirs.body).toMatchObject({ items: [] })
  })

  describe('names what something happened to', () => {
    const [authorId, personId, gone] = [newId(), newId(), newId()]
    const [threadId, conversationId] = [newId(), newId()]
    beforeAll(async () => {
      const workspaceId = app.workspace.workspaceId
      await app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
        await sql`insert into author (workspace_id, author_id, network, network_id, handle, first_heard_at, last_heard_at)
          values (${workspaceId}, ${authorId}, 'pond', 'f1', 'frieda.pond', now(), now())`.execute(tx.sql)
        await sql`insert into person (workspace_id, person_id, current_id, name, name_key, began_because, created_by_kind)
          values (${workspaceId}, ${personId}, ${personId}, 'Frieda Fischer', 'frieda fischer', 'agent', 'system')`.execute(
          tx.sql,
        )
        await sql`insert into thread (workspace_id, thread_id, network, root_external_id)
          values (${workspaceId}, ${threadId}, 'pond', 'root')`.execute(tx.sql)
        await sql`insert into conversation (workspace_id, conversation_id, thread_id, author_id, network, opened_because,
            last_post_at)
          values (${workspaceId}, ${conversationId}, ${threadId}, ${authorId}, 'pond', 'addressed', now())`.execute(
          tx.sql,
        )
        tx.record({ type: 'conversation.snoozed', subjects: { conversationId } })
        tx.record({ type: 'link.made', subjects: { link: newId(), person: personId, author: authorId } })
        tx.record({ type: 'authors.profiled', subjects: { authors: [authorId, gone] } })
      })
    })
    const namesFor = async (caller: Parameters<typeof app.call>[2]) => {
      const pages = ['authors.profiled', 'link.made', 'conversation.snoozed'].map((type) =>
        app.call('privacy.trail.list', { type }, caller),
      )
      return (await Promise.all(pages)).map(({ body }) => (body as { items: Named[] }).items[0]?.names)
    }

    it('as far as it is still there; a conversation by whom it is with', async () => {
      expect(await namesFor(mine())).toEqual([
        { [authorId]: '@frieda.pond' },
        { [authorId]: '@frieda.pond', [personId]: 'Frieda Fischer' },
        { [conversationId]: '@frieda.pond' },
      ])
    })

    it('for those alone who may see it where it belongs', async () => {
      const answer = await app.call('accounts.keys.create', { name: 'Auditor', scopes: ['trail.read'] }, mine())
      const { secret } = answer.body as { secret: string }
      expect(await namesFor({ key: secret })).toEqual([{}, {}, {}])
    })
  })

  it("names a saved view of one's own to nobody else", async () => {
    const { workspaceId } = app.workspace
    const [own, shared] = [newId(), newId()]
    await app.services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
      for (const [id, name, memberId] of [
        [own, 'My angry ones', app.workspace.owner.memberId],
        [shared, 'Unanswered', null],
      ])
        await sql`insert into saved_view (workspace_id, saved_view_id, name, filters, member_id)
          values (${workspaceId}, ${id}, ${name}, '{}', ${memberId})`.execute(tx.sql)
      for (const savedViewId of [own, shared]) tx.record({ type: 'view.saved', subjects: { savedViewId } })
    })
    const lead = await app.join(workspaceId, 'lead', 'Lars Lund')
    const seenBy = async (caller: Parameters<typeof app.call>[2]) => {
      const { body } = await app.call('privacy.trail.list', { type: 'view.saved' }, caller)
      return (body as { items: Named[] }).items.flatMap(({ names }) => Object.values(names)).sort()
    }
    expect(await seenBy(mine())).toEqual(['My angry ones', 'Unanswered'])
    expect(await seenBy({ cookie: lead.cookie, workspaceId })).toEqual(['Unanswered'])
  })

  it('tells of a member how they joined, and does not line up what was given to them', async () => {
    const ben = await app.join(app.workspace.workspaceId, 'agent', 'Ben Bakker')
    await app.services.database.inWorkspace(app.workspace.workspaceId, SYSTEM, async (tx) =>
      tx.record({ type: 'conversation.assigned', subjects: { conversationId: newId(), memberId: ben.memberId } }),
    )
    expect((await trail({ subjectId: ben.memberId })).map(({ type }) => type)).toEqual(['member.joined'])
  })
})
