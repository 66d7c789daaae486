import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationItem } from '../../../contract/inbox-conversations.ts'
import { contract } from '../../../contract/index.ts'
import { ROLE_PERMISSIONS } from '../../../contract/permissions.ts'
import { MENTION } from '../../inbox/notification-kinds.ts'
import { type Desk, openDesk } from '../../inbox/testing/desk.ts'
import { notify } from '../../notifications/index.ts'
import { takeDue } from '../../notifications/taking.ts'
import { sending } from '../../notifications/testing/sending.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { columnOf, inputOf } from '../../testing/inputs.ts'
import { jsonSchemaOf, placesOf, proceduresOf } from '../../testing/procedures.ts'
import { coveringOf, coverNames } from './covering.ts'

/** A customer names a colleague; the name stands nowhere else, so no answer to anybody may hold it once it is covered. */
const NAME = 'Quirinius'

let desk: Desk
let conversation: ConversationItem
let postId = ''
const ids = new Map<string, string>()

beforeAll(async () => {
  desk = await openDesk()
  desk.says('kunde.test', `@nordwind.test Mr ${NAME} on the phone was rude, Mr ${NAME.toUpperCase()} I mean, not Edda`)
  desk.says('kundin.test', '@nordwind.test where is my parcel?')
  const { topicId } = await desk.ask<{ topicId: string }>('listening.topics.create', {
    name: 'Everything',
    query: 'phone OR parcel',
    languages: ['en'],
    kind: 'brand',
  })
  await desk.hear()
  conversation = await desk.conversationOf('kunde.test')
  const { items } = await desk.ask<{ items: { postId: string; text: string }[] }>('listening.posts.search', { topicId })
  postId = items.find(({ text }) => text.includes(NAME))?.postId ?? ''
  ids.set('conversation_id', conversation.conversationId).set('post_id', postId).set('topic_id', topicId)
})
afterAll(() => desk?.close())

/** Whatever reads, asked plainly and about the conversation and its post. */
const questions = proceduresOf(contract)
  .filter(({ allow }) => ROLE_PERMISSIONS.admin.some((permission) => permission === allow))
  .filter(({ method, allow }) => method === 'GET' || allow.endsWith('.read'))
  // The law: who asks what is held of them gets what they said.
  .filter(({ allow }) => allow !== 'privacy.manage')
  .flatMap(({ path, input }) => {
    const schema = jsonSchemaOf(input, 'input')
    const root = { path: '', name: '', schema }
    const targets = new Set([root, placesOf(schema).find((place) => place.schema.format === 'uuid') ?? root])
    return [...targets].map((target) => ({
      path,
      inputFor: () => inputOf(root, target, ids.get(columnOf(target.name)) ?? '', ids),
    }))
  })
const telling = async () => {
  const found: string[] = []
  for (const { path, inputFor } of questions) {
    const { body } = await desk.tell(path, inputFor(), desk.app.workspace.owner)
    if (
      JSON.stringify(body ?? null)
        .toLowerCase()
        .includes(NAME.toLowerCase())
    )
      found.push(path)
  }
  return found
}
const file = async () => {
  const headers = {
    cookie: desk.app.workspace.owner.cookie,
    'x-rapport-workspace': desk.workspaceId,
    host: 'localhost:3000',
  }
  return (await desk.app.request('/files/posts.csv', { headers })).text()
}

describe('a post that names one of us', () => {
  it('is told as it was said before anybody covers the name', async () => {
    expect(await telling()).toEqual(
      expect.arrayContaining(['inbox.conversations.get', 'inbox.conversations.list', 'listening.posts.search']),
    )
    expect(await file()).toContain(NAME)
  })

  it('can be covered by whoever moderates at its source, and only with words that stand in it', async () => {
    const viewer = await desk.app.join(desk.workspaceId, 'viewer', 'Vera Vogel')
    const set = (words: string[], as = desk.anna) => desk.tell('listening.masks.set', { postId, words }, as)
    expect((await set([NAME], viewer)).status).toBe(403)
    expect((await set(['Ottokar'])).body.data?.code).toBe('word-not-in-post')
    expect((await set(['Quirin'])).body.data?.code).toBe('word-not-in-post')
    expect((await set([NAME])).status).toBe(200)
  })

  it('has the name in no answer to anybody afterwards, in no file and in no mail', async () => {
    await desk.ask('inbox.drafts.save', {
      conversationId: conversation.conversationId,
      text: 'We are sorry',
      againstVersion: conversation.version,
    })
    expect(await telling()).toEqual([])
    expect(await file()).not.toContain(NAME)
    expect(await file()).toContain('parcel')
    const setting = { inApp: true, byMail: true, byPush: true, withContent: true, offShift: false }
    await desk.ask('notifications.changeSetting', { kind: 'mention', ...setting }, desk.anna)
    await desk.inWorkspace((tx) =>
      notify(tx, MENTION, [{ memberId: desk.anna.memberId, id: conversation.conversationId }]),
    )
    await queryAsAdmin(desk.app.test.admin, `update notification set mail_due_at = now() - interval '1 second'`)
    const due = await desk.inWorkspace((tx) => takeDue(tx, 'mail', sending()))
    expect(JSON.stringify(due)).toContain('rude')
    expect(JSON.stringify(due).toLowerCase()).not.toContain(NAME.toLowerCase())
  })

  it('leaves one’s own draft alone: it would be saved as it is shown', async () => {
    const text = `I will ask ${NAME}`
    const { conversationId, version } = conversation
    await desk.ask('inbox.drafts.save', { conversationId, text, againstVersion: version }, desk.anna)
    const shown = await desk.ask<{ myDraft: { text: string } }>(
      'inbox.conversations.get',
      { conversationId },
      desk.anna,
    )
    expect(shown.myDraft.text).toBe(text)
  })

  it('says that it is covered, and not what; and is shown again when the cover goes', async () => {
    const { items } = await desk.ask<{ items: object[] }>('listening.masks.ofPosts', { postIds: [postId] })
    expect(items).toEqual([{ postId, words: 1, maskedAt: expect.any(String) }])
    await desk.ask('listening.masks.remove', { postId }, desk.anna)
    expect((await desk.tell('listening.masks.remove', { postId }, desk.anna)).status).toBe(404)
    expect(await telling()).toContain('inbox.conversations.get')
  })
})

describe('a name that is spelt like a part of an id', () => {
  it('is covered in words, and no id is cut', async () => {
    await desk.ask('listening.masks.set', { postId, words: ['Edda'] }, desk.anna)
    const answer = { postId, conversationId: '01890000-edda-7000-8000-000000000000', text: 'Not Edda' }
    expect(await desk.inWorkspace((tx) => coverNames(tx, answer))).toEqual({ ...answer, text: 'Not ███' })
    await desk.ask('listening.masks.remove', { postId }, desk.anna)
  })
})

describe('a name that is spelt like a state, a network or a language', () => {
  it('is covered in words, and the answer stays one', async () => {
    desk.says('kundig.test', '@nordwind.test Mr Open, Mr Bluesky and Mr En were here')
    await desk.hear()
    const { conversationId } = await desk.conversationOf('kundig.test')
    const shown = async () =>
      (
        await desk.ask<{ items: ConversationItem[] }>('inbox.conversations.list', { text: '@kundig.test' }, desk.anna)
      ).items.find((one) => one.conversationId === conversationId)
    const before = (await shown()) as ConversationItem
    const { items } = await desk.ask<{ items: { postId: string; text: string }[] }>('listening.posts.search', {
      query: 'bluesky',
    })
    const words = ['Open', 'Bluesky', 'En']
    const { postId: named } = items.find(({ text }) => text.includes('Mr Open')) as { postId: string }
    await desk.ask('listening.masks.set', { postId: named, words }, desk.anna)
    const after = await shown()
    const { state, network, language } = before
    expect(after).toMatchObject({ state, network, language })
    expect(JSON.stringify(after)).not.toContain('Mr Open')
    expect(JSON.stringify(after)).toContain('Mr ███, Mr ███ and Mr ███ were here')
    await desk.ask('listening.masks.remove', { postId: named }, desk.anna)
  })
})

describe('what is covered', () => {
  it('is whole words in any case, a full name as one, and nothing inside other words', () => {
    const cover = coveringOf(['Petri', 'Jonas Petri', 'Zoë'])
    expect(cover('Jonas Petri! PETRI, Petrischale, zoë.')).toBe('███! ███, Petrischale, ███.')
    expect(coveringOf(['C++'])('C++ and C')).toBe('███ and C')
  })
})
