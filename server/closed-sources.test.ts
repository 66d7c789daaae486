import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationItem } from '../contract/inbox-conversations.ts'
import { contract } from '../contract/index.ts'
import { ROLE_PERMISSIONS } from '../contract/permissions.ts'
import { asMember } from './accounts/index.ts'
import { openEvents } from './inbox/index.ts'
import { MENTION } from './inbox/notification-kinds.ts'
import { type Desk, openDesk } from './inbox/testing/desk.ts'
import { pollSource } from './listening/source-poll.ts'
import { callerOf } from './modules.ts'
import { notify } from './notifications/index.ts'
import { takeDue } from './notifications/taking.ts'
import { sending } from './notifications/testing/sending.ts'
import { queryAsAdmin } from './platform/testing/database.ts'
import type { TestMember } from './testing/app.ts'
import { columnOf, inputOf } from './testing/inputs.ts'
import { jsonSchemaOf, placesOf, proceduresOf } from './testing/procedures.ts'

/**
 * Two accounts of one brand: the shop's, and the clinic's, which is closed to Carla, who may do everything else. What came
 * through the clinic's account has a word that stands nowhere else; nothing that Carla is answered with may hold it.
 */
const SECRET = 'Zyperngras'
const PASSWORD = 'twin-klinik-3333'

let desk: Desk
let clinicId: string
/** All but the clinic. */
let carla: TestMember
/** Reads everything, and answers for the clinic alone. */
let dora: TestMember
/** Sees the clinic's account and nothing else. */
let emil: TestMember
let shops: ConversationItem
let clinics: ConversationItem
/** Ids of what is closed, by column. */
const closed = new Map<string, string>()

const setRole = (memberId: string, sourceId: string, role: object) =>
  desk.ask('accounts.roles.setSourceRole', { memberId, sourceId, ...role })
const outcome = async (path: string, input: unknown, as: TestMember) => {
  const { status, body } = await desk.tell(path, input, as)
  return [status, body?.data?.code ?? null]
}

beforeAll(async () => {
  desk = await openDesk()
  const { app, twin, workspaceId } = desk
  twin.control.account({ handle: 'klinik.test', name: 'Klinik', password: PASSWORD })
  clinicId = (
    await desk.ask<{ sourceId: string }>('listening.sources.create', {
      network: 'bluesky',
      settings: twin.urls.bluesky,
      credentials: { identifier: 'klinik.test', appPassword: PASSWORD },
    })
  ).sourceId
  const { topicId } = await desk.ask<{ topicId: string }>('listening.topics.create', {
    name: 'Everything',
    query: 'parcel OR clinicword',
    languages: ['en'],
    kind: 'brand',
  })
  desk.says('kunde.test', '@nordwind.test where is my parcel?')
  desk.says('patientin.test', `@klinik.test clinicword about the ${SECRET} in my room`)
  await desk.hear()
  await pollSource(desk.services, workspaceId, clinicId, AbortSignal.timeout(10_000))
  await app.settle()
  shops = await desk.conversationOf('kunde.test')
  clinics = await desk.conversationOf('patientin.test')
  await desk.ask('inbox.notes.add', { conversationId: clinics.conversationId, text: `${SECRET} note`, mentions: [] })
  await desk.answer(clinics, `We look at the ${SECRET}`, { undoSeconds: 60 })
  await desk.answer(shops, 'On its way', { undoSeconds: 60 })

  carla = await app.join(workspaceId, 'admin', 'Carla Conrad')
  dora = await app.join(workspaceId, 'viewer', 'Dora Dietz')
  emil = await app.join(workspaceId, 'viewer', 'Emil Ernst')
  await desk.ask('inbox.notes.add', {
    conversationId: clinics.conversationId,
    text: `${SECRET} for Carla`,
    mentions: [carla.memberId],
  })
  await setRole(carla.memberId, clinicId, { role: 'none' })
  await setRole(dora.memberId, clinicId, { role: 'agent' })
  const nothing = { name: 'Guest', permissions: ['workspace.read', 'sources.read', 'people.read'] }
  const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', nothing)
  await desk.ask('accounts.members.update', { memberId: emil.memberId, roleId })
  await setRole(emil.memberId, clinicId, { role: 'viewer' })

  const { items } = await desk.ask<{ items: { postId: string; text: string }[] }>('listening.posts.search', { topicId })
  const deliveries = await desk.ask<{ items: { deliveryId: string; text: string }[] }>('publishing.deliveries.list', {})
  const { person } = await desk.ask<{ person: { personId: string } }>('people.authors.get', {
    authorId: clinics.author.authorId,
  })
  const ids = {
    conversation_id: clinics.conversationId,
    post_id: items.find((post) => post.text.includes(SECRET))?.postId,
    delivery_id: deliveries.items.find((delivery) => delivery.text.includes(SECRET))?.deliveryId,
    topic_id: topicId,
    source_id: clinicId,
    author_id: clinics.author.authorId,
    person_id: person.personId,
    member_id: desk.anna.memberId,
  }
  for (const [column, id] of Object.entries(ids)) closed.set(column, id ?? '')
})
afterAll(() => desk?.close())

/** Whatever reads, asked plainly, and asked about what is closed wherever it takes an id. */
const questions = proceduresOf(contract)
  .filter(({ allow }) => ROLE_PERMISSIONS.admin.some((permission) => permission === allow))
  .filter(({ method, allow }) => method === 'GET' || allow.endsWith('.read'))
  // The law knows no sources: who answers for data protection must be told all of a person.
  .filter(({ allow }) => allow !== 'privacy.manage')
  .flatMap(({ path, input }) => {
    const schema = jsonSchemaOf(input, 'input')
    const places = placesOf(schema)
    const root = { path: '', name: '', schema }
    return [root, ...places.filter((place) => place.schema.format === 'uuid')].map((target) => ({
      path,
      where: target.path || 'nowhere',
      inputFor: () => inputOf(root, target, closed.get(columnOf(target.name)) ?? '', closed),
    }))
  })

describe('a source that is closed to somebody', () => {
  it.each(questions)('is in no answer of $path, asked about it at $where', async ({ path, inputFor }) => {
    const { body } = await desk.tell(path, inputFor(), carla)
    expect(JSON.stringify(body ?? null).toLowerCase()).not.toContain(SECRET.toLowerCase())
  })

  it('would be noticed: the same questions are answered with it where nothing is closed', async () => {
    const telling = new Set<string>()
    for (const { path, inputFor } of questions) {
      const { body } = await desk.tell(path, inputFor(), desk.app.workspace.owner)
      if (JSON.stringify(body ?? null).includes(SECRET)) telling.add(path)
    }
    expect([...telling].sort()).toEqual(
      expect.arrayContaining([
        'inbox.conversations.get',
        'inbox.conversations.list',
        'inbox.conversations.thread',
        'listening.posts.get',
        'listening.posts.search',
        'publishing.deliveries.get',
        'publishing.deliveries.list',
      ]),
    )
  })

  it('is in no file that is handed out', async () => {
    const headers = (as: TestMember) => ({
      cookie: as.cookie,
      'x-rapport-workspace': desk.workspaceId,
      host: 'localhost:3000',
    })
    const file = async (as: TestMember) => (await desk.app.request('/files/posts.csv', { headers: headers(as) })).text()
    expect(await file(desk.app.workspace.owner)).toContain(SECRET)
    expect(await file(carla)).toContain('parcel')
    expect(await file(carla)).not.toContain(SECRET)
  })

  it('is as if it were not there for whoever would change something of it', async () => {
    const conversation = { conversationId: clinics.conversationId }
    const against = { ...conversation, againstVersion: clinics.version }
    expect(await outcome('inbox.leases.claim', conversation, carla)).toEqual([404, 'conversation-unknown'])
    expect(await outcome('inbox.answers.send', { conversations: [against], text: 'Hello' }, carla)).toEqual([
      404,
      'conversation-unknown',
    ])
    const which = { conversationIds: [clinics.conversationId] }
    const { body } = await desk.tell('inbox.conversations.change', { which, change: { change: 'close' } }, carla)
    expect(body).toMatchObject({ changed: [], refused: [{ because: 'not-found' }] })
    const postId = closed.get('post_id')
    const label = { what: 'sentiment', value: 'negative' }
    expect(await outcome('listening.labels.give', { postId, label }, carla)).toEqual([404, 'post-unknown'])
    expect(
      await outcome('publishing.deliveries.create', { sourceId: clinicId, text: 'Hello', undoSeconds: 60 }, carla),
    ).toEqual([403, 'not-at-this-source'])
  })

  it('is in no line of the trail, and no live event or signal tells of it', async () => {
    const trail = async (as: TestMember) => JSON.stringify(await desk.ask('privacy.trail.list', { limit: 100 }, as))
    expect(await trail(desk.app.workspace.owner)).toContain(clinics.conversationId)
    expect(await trail(carla)).not.toContain(clinics.conversationId)
    expect(await trail(carla)).toContain(shops.conversationId)
    const caller = await callerOf(
      desk.services,
      new Headers({ cookie: carla.cookie, host: 'localhost:3000' }),
      '127.0.0.1',
      desk.workspaceId,
    )
    const posts = [closed.get('post_id') ?? '']
    const told = await desk.inWorkspace(
      (tx) =>
        openEvents(tx, [
          { subjects: { conversationId: clinics.conversationId } },
          { subjects: { conversationId: shops.conversationId } },
          { subjects: { posts } },
          { subjects: { memberId: carla.memberId } },
        ]),
      caller?.workspace?.actor,
    )
    expect(told).toEqual([
      { subjects: { conversationId: shops.conversationId } },
      { subjects: { memberId: carla.memberId } },
    ])
  })

  it('is in no mail and no push, and in no list of what one was told', async () => {
    const settings = ['mention', 'assignment', 'newer-post'].map((kind) => ({
      kind,
      inApp: true,
      byMail: true,
      byPush: true,
      withContent: true,
      offShift: false,
    }))
    for (const as of [carla, desk.app.workspace.owner])
      for (const { kind, ...change } of settings) await desk.ask('notifications.changeSetting', { kind, ...change }, as)
    await desk.inWorkspace((tx) =>
      notify(tx, MENTION, [
        { memberId: carla.memberId, id: clinics.conversationId },
        { memberId: carla.memberId, id: shops.conversationId },
        { memberId: desk.app.workspace.owner.memberId, id: clinics.conversationId },
      ]),
    )
    const told = async (as: TestMember) =>
      (await desk.ask<{ items: { about: { id: string } }[] }>('notifications.list', {}, as)).items.map(
        ({ about }) => about.id,
      )
    expect(await told(carla)).toEqual([shops.conversationId])
    expect(await desk.ask('notifications.unread', {}, carla)).toEqual({ count: 1 })
    expect(await told(desk.app.workspace.owner)).toContain(clinics.conversationId)
    for (const channel of ['mail', 'push'] as const) {
      await queryAsAdmin(desk.app.test.admin, `update notification set ${channel}_due_at = now() - interval '1 second'`)
      const due = await desk.inWorkspace((tx) => takeDue(tx, channel, sending()))
      const to = (as: TestMember) => JSON.stringify(due.filter(({ memberId }) => memberId === as.memberId))
      expect(to(desk.app.workspace.owner)).toContain(SECRET)
      expect(to(carla)).not.toContain(SECRET)
      expect(to(carla)).not.toContain(clinics.conversationId)
      expect(to(carla)).toContain(shops.conversationId)
    }
  })

  it('is in no word that rose over all sources: it is refused rather than cut', async () => {
    const period = { days: 7 }
    expect(await outcome('listening.discovery.links', period, carla)).toEqual([403, 'not-with-closed-sources'])
    expect((await outcome('listening.discovery.links', period, dora))[0]).toBe(200)
  })

  it('leaves a transaction open again that looked with the eyes of somebody', async () => {
    const seen = await desk.inWorkspace(async (tx) => {
      const count = async (one: typeof tx) =>
        (await sql`select from conversation where workspace_id = ${one.workspaceId}`.execute(one.sql)).rows.length
      return [await asMember(tx, carla.memberId, count), await asMember(tx, emil.memberId, count), await count(tx)]
    })
    expect(seen).toEqual([1, 1, 2])
  })

  it('looks with eyes that see nothing said in private where their role reads no inbox, and opens again after', async () => {
    const petra = await desk.app.join(desk.workspaceId, 'agent', 'Petra Press')
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', {
      name: 'Press office',
      permissions: ['workspace.read', 'posts.read', 'answers.approve'],
    })
    await desk.ask('accounts.members.update', { memberId: petra.memberId, roleId })
    const seen = await desk.inWorkspace(async (tx) => {
      await sql`update post set visibility = 'private' where text like '%parcel%'`.execute(tx.sql)
      const count = async (one: typeof tx) =>
        (await sql`select from post where text like '%parcel%'`.execute(one.sql)).rows.length
      const counted = [
        await asMember(tx, petra.memberId, count),
        await asMember(tx, desk.anna.memberId, count),
        await count(tx),
      ]
      await sql`update post set visibility = 'public' where text like '%parcel%'`.execute(tx.sql)
      return counted
    })
    expect(seen).toEqual([0, 1, 1])
  })

  it('tells nobody by mail or push of what their role has ceased to see since', async () => {
    const gerd = await desk.app.join(desk.workspaceId, 'agent', 'Gerd Gast')
    await desk.inWorkspace((tx) => notify(tx, MENTION, [{ memberId: gerd.memberId, id: shops.conversationId }]))
    const nothing = { name: 'Council', permissions: ['workspace.read', 'members.read', 'staff.council'] }
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', nothing)
    await desk.ask('accounts.members.update', { memberId: gerd.memberId, roleId })
    await queryAsAdmin(desk.app.test.admin, `update notification set mail_due_at = now() - interval '1 second'`)
    const due = await desk.inWorkspace((tx) => takeDue(tx, 'mail', sending()))
    expect(due.filter(({ memberId }) => memberId === gerd.memberId)).toEqual([])
  })

  it('is not in what was added up over all sources: figures of the desk, an audit, texts that an alarm sends elsewhere', async () => {
    const refused = [403, 'not-with-closed-sources']
    const lisa = await desk.app.join(desk.workspaceId, 'lead', 'Lisa Lorenz')
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', {
      name: 'Posts alone',
      permissions: ['posts.read'],
    })
    await setRole(lisa.memberId, clinicId, { roleId })
    expect((await outcome('listening.discovery.links', { days: 7 }, lisa))[0]).toBe(200)
    expect(await outcome('measurement.response.read', {}, lisa)).toEqual(refused)
    const audit = { brand: 'Nordwind', timeZone: 'Europe/Berlin', source: { kind: 'stored' } }
    expect(await outcome('measurement.audits.start', audit, carla)).toEqual(refused)
    const rule = {
      topicId: closed.get('topic_id'),
      on: true,
      kinds: ['volume'],
      sensitivity: 'medium',
      quietHours: null,
      memberIds: [],
      webhook: { url: 'https://hooks.example/T1', withContent: true },
    }
    expect(await outcome('measurement.alarms.changeRule', rule, carla)).toEqual(refused)
    const bare = { ...rule, webhook: { ...rule.webhook, withContent: false } }
    expect(await outcome('measurement.alarms.changeRule', bare, carla)).toEqual([200, null])
  })

  it('is opened by nobody to themselves: not by their key, a role of theirs, a colleague or an invitation', async () => {
    const refused = [403, 'more-than-you-have']
    const opening = { memberId: carla.memberId, sourceId: clinicId, role: 'admin' }
    const { secret } = await desk.ask<{ secret: string }>(
      'accounts.keys.create',
      { name: 'Opens', scopes: ['members.manage', 'posts.read', 'inbox.read'] },
      carla,
    )
    const byKey = await desk.tell('accounts.roles.setSourceRole', { ...opening, role: undefined }, { key: secret })
    expect([byKey.status, byKey.body.data?.code]).toEqual([409, 'not-to-yourself'])

    const blind = { name: 'Blind', permissions: ['workspace.read'] }
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', blind)
    await setRole(carla.memberId, clinicId, { roleId })
    const wider = { roleId, version: 1, permissions: ['workspace.read', 'inbox.read'] }
    expect(await outcome('accounts.roles.update', wider, carla)).toEqual(refused)
    expect(await outcome('accounts.roles.remove', { roleId, version: 1, toRole: 'agent' }, carla)).toEqual(refused)
    await setRole(carla.memberId, clinicId, { role: 'none' })

    expect(await outcome('accounts.roles.setSourceRole', { ...opening, memberId: emil.memberId }, carla)).toEqual(
      refused,
    )
    expect(await outcome('accounts.members.update', { memberId: emil.memberId, role: 'viewer' }, carla)).toEqual(
      refused,
    )
    expect(await outcome('accounts.members.invite', { role: 'viewer' }, carla)).toEqual(refused)
    expect(await outcome('accounts.members.invite', { roleId }, carla)).toEqual([200, null])
  })

  it('is open to whoever becomes an owner', async () => {
    const otto = await desk.app.join(desk.workspaceId, 'admin', 'Otto Obst')
    await setRole(otto.memberId, clinicId, { role: 'none' })
    await desk.ask('accounts.members.update', { memberId: otto.memberId, role: 'owner' })
    const { items } = await desk.ask<{ items: object[] }>('accounts.roles.sourceRoles', { memberId: otto.memberId })
    expect(items).toEqual([])
  })

  it('is closed to the keys of a member too', async () => {
    const scopes = ['inbox.read', 'posts.read']
    const made = await desk.app.call(
      'accounts.keys.create',
      { name: 'Carla’s', scopes },
      { cookie: carla.cookie, workspaceId: desk.workspaceId },
    )
    const { secret } = made.body as { secret: string }
    const { body } = await desk.tell('inbox.conversations.list', {}, { key: secret })
    const handles = (body as unknown as { items: ConversationItem[] }).items.map((item) => item.author.handle)
    expect(handles).toEqual(['kunde.test'])
  })
})

describe('a role for one source', () => {
  it('lets do there what the role in the workspace does not, and nowhere else', async () => {
    expect(await outcome('inbox.leases.claim', { conversationId: clinics.conversationId }, dora)).toEqual([200, null])
    expect(await outcome('inbox.leases.claim', { conversationId: shops.conversationId }, dora)).toEqual([
      403,
      'not-at-this-source',
    ])
    const which = { conversationIds: [shops.conversationId, clinics.conversationId] }
    const change = { change: 'snooze', until: new Date(Date.now() + 86_400_000) }
    const { body } = await desk.tell('inbox.conversations.change', { which, change }, dora)
    expect(body).toMatchObject({
      changed: [clinics.conversationId],
      refused: [{ conversationId: shops.conversationId, because: 'not-at-this-source' }],
    })
  })

  it('is no role in the workspace: what is about no source stays refused', async () => {
    expect(await outcome('inbox.views.create', { name: 'Mine', filters: {}, shared: false }, dora)).toEqual([
      403,
      'permission-missing',
    ])
    expect(await outcome('people.graph.merge', {}, dora)).toEqual([403, 'permission-missing'])
  })

  it('opens one source to whoever reads nothing else', async () => {
    const { body } = await desk.tell('inbox.conversations.list', {}, emil)
    const handles = (body as unknown as { items: ConversationItem[] }).items.map((item) => item.author.handle)
    expect(handles).toEqual(['patientin.test'])
    const posts = await desk.ask<{ items: { text: string }[] }>('listening.posts.search', {}, emil)
    expect(posts.items.every((post) => post.text.includes(SECRET))).toBe(true)
    expect(posts.items.length).toBeGreaterThan(0)
  })

  it('says what one may do, in the workspace and at each source', async () => {
    const me = await desk.ask<{
      workspaces: {
        permissions: string[]
        elsewhere: string[]
        atSources: { sourceId: string; permissions: string[] }[]
      }[]
    }>('accounts.session.me', {}, dora)
    const [workspace] = me.workspaces
    expect(workspace?.permissions).toContain('answers.speak')
    expect(workspace?.elsewhere).not.toContain('answers.speak')
    expect(workspace?.atSources).toEqual([
      { sourceId: clinicId, permissions: expect.arrayContaining(['answers.speak', 'inbox.read']) },
    ])
  })

  it('that reads posts and no inbox shows nothing that was said to us alone', async () => {
    const frida = await desk.app.join(desk.workspaceId, 'viewer', 'Frida Falk')
    const { roleId } = await desk.ask<{ roleId: string }>('accounts.roles.create', {
      name: 'Public posts',
      permissions: ['posts.read'],
    })
    await setRole(frida.memberId, clinicId, { roleId })
    const visibleTo = async (as: TestMember) => {
      const headers = new Headers({ cookie: as.cookie, host: 'localhost:3000' })
      const caller = await callerOf(desk.services, headers, '127.0.0.1', desk.workspaceId)
      return desk.inWorkspace(
        async (tx) =>
          (await sql`select from post where post_id = ${closed.get('post_id')}`.execute(tx.sql)).rows.length,
        caller?.workspace?.actor,
      )
    }
    expect(await visibleTo(frida)).toBe(1)
    await queryAsAdmin(
      desk.app.test.admin,
      `update post set visibility = 'private' where post_id = '${closed.get('post_id')}'`,
    )
    expect([await visibleTo(frida), await visibleTo(dora), await visibleTo(emil)]).toEqual([0, 1, 1])
  })
})
