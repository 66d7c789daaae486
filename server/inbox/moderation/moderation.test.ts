import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ModerationActView } from '../../../contract/inbox-moderation.ts'
import { explain } from '../../platform/testing/explain.ts'
import type { TestMember } from '../../testing/app.ts'
import { type Desk, openDesk } from '../testing/desk.ts'
import { moderateDue } from './carrying-out.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())
beforeEach(() => void desk.twin.control.clearFaults())

interface Asked {
  batchId: string
  items: { postId: string; moderationId: string | null; because: string | null }[]
}
const act = (action: string, postIds: string[], more: object = {}, as: TestMember = desk.anna) =>
  desk.ask<Asked>('inbox.moderation.act', { action, targets: { postIds }, reason: 'insult', ...more }, as)
const undo = (moderationIds: (string | null | undefined)[]) =>
  desk.ask<{ items: { because: string | null }[] }>('inbox.moderation.undo', { moderationIds }, desk.anna)
const list = async (input: object = {}) =>
  (await desk.ask<{ items: ModerationActView[] }>('inbox.moderation.list', input, desk.anna)).items
/** Everything that is due now, until nothing is. */
const work = async () => {
  while ((await moderateDue(desk.services)) > 0);
}
const due = () => desk.rows(sql`update moderation set due_at = now() where due_at is not null returning moderation_id`)
const postOf = async (uri: string) => {
  const [row] = await desk.rows(sql<{ post_id: string }>`select post_id from post where external_id = ${uri}`)
  return row?.post_id ?? ''
}
let said = 0
/** A reply below a post of ours, heard. */
async function reply(handle = `guest-${said++}.test`) {
  const root = desk.saysInApp('Good morning')
  const uri = desk.says(handle, '@nordwind.test You are idiots', root)
  await desk.hear()
  await desk.hearThread(root)
  return { root, uri, postId: await postOf(uri) }
}
const did = (handle: string) => desk.twin.world.accountOf(handle)?.did ?? ''
const hidden = (root: string) =>
  desk.twin.world.records.get(root.replace('feed.post', 'feed.threadgate'))?.value.hiddenReplies
const records = (collection: string) =>
  [...desk.twin.world.records.values()].filter((record) => record.collection === collection)

describe('moderation', () => {
  it('hides many replies at once, says what became of each, and shows them again', async () => {
    const first = await reply()
    const second = await reply()
    const elsewhere = desk.says('stranger.test', '@nordwind.test idiots, all of you')
    await desk.hear()
    const foreign = await postOf(elsewhere)
    const asked = await act('hide', [first.postId, second.postId, foreign])
    expect(asked.items.map(({ because }) => because)).toEqual([null, null, 'not-in-our-thread'])
    await work()
    expect([hidden(first.root), hidden(second.root)]).toEqual([[first.uri], [second.uri]])
    const acts = await list({ batchId: asked.batchId })
    expect(acts.map(({ state, reason, undoable }) => [state, reason, undoable])).toEqual([
      ['done', 'insult', true],
      ['done', 'insult', true],
    ])
    await undo(asked.items.map(({ moderationId }) => moderationId).filter(Boolean))
    await work()
    expect([hidden(first.root), hidden(second.root)]).toEqual([[], []])
    expect((await list({ batchId: asked.batchId })).map(({ state }) => state)).toEqual(['undone', 'undone'])
  })

  it('is done once, however often and by how many it is asked for at once', async () => {
    const { postId, uri } = await reply()
    const asked = await Promise.all(
      [desk.anna, desk.ben, desk.lead].map((as) => act('like', [postId], { reason: 'thanks' }, as)),
    )
    expect(asked.flatMap(({ items }) => items.map(({ because }) => because)).toSorted()).toEqual([
      'already',
      'already',
      null,
    ])
    await Promise.all([work(), work()])
    expect(desk.twin.world.likes.get(uri)?.size).toBe(1)
    const [one] = await list({ standing: 'yes' })
    await undo([one?.moderationId])
    await work()
    expect(desk.twin.world.likes.get(uri)?.size).toBe(0)
    expect((await act('like', [postId], { reason: 'thanks' })).items[0]?.because).toBeNull()
    await work()
    expect(desk.twin.world.likes.get(uri)?.size).toBe(1)
  })

  it('blocks and mutes whoever wrote it, not ourselves, also when their post is gone', async () => {
    const { postId, uri } = await reply('troll.test')
    await desk.hearDeletion(uri)
    const own = await postOf(desk.saysInApp('We'))
    await desk.hear()
    expect((await act('like', [postId])).items[0]?.because).toBe('post-deleted')
    const asked = await act('block', [postId])
    await act('mute', [postId])
    await work()
    expect(records('app.bsky.graph.block').map(({ value }) => value.subject)).toEqual([did('troll.test')])
    expect([...(desk.twin.world.mutes.get(did('nordwind.test')) ?? [])]).toEqual([did('troll.test')])
    expect(own === '' ? 'ours' : (await act('block', [own])).items[0]?.because).toBe('ours')
    await undo([asked.items[0]?.moderationId])
    await work()
    expect(records('app.bsky.graph.block')).toEqual([])
  })

  it('takes a post of ours off and leaves its tombstone; those of others it does not', async () => {
    const { postId, root } = await reply()
    const own = await postOf(root)
    const asked = await act('delete', [own, postId], { reason: 'mistake' })
    expect(asked.items.map(({ because }) => because)).toEqual([null, 'not-ours'])
    await work()
    await desk.app.settle()
    expect(desk.twin.world.records.has(root)).toBe(false)
    const [post] = await desk.rows(
      sql<{ gone: boolean }>`select deleted_at is not null as gone from post where post_id = ${own}`,
    )
    expect(post?.gone).toBe(true)
    expect((await list({ batchId: asked.batchId }))[0]).toMatchObject({ state: 'done', undoable: false })
  })

  it('reports with the reason in the network’s words, once: after doubt a person decides', async () => {
    const { postId, uri } = await reply()
    await act('report', [postId], { reason: 'spam', note: 'Same link everywhere' })
    await work()
    expect(desk.twin.world.reports.at(-1)).toMatchObject({ reason: 'Same link everywhere', subject: { uri } })
    const other = await reply()
    desk.twin.control.fault({ kind: 'cut-after', path: '/xrpc/com.atproto.moderation.createReport' })
    const asked = await act('report', [other.postId])
    await work()
    await due()
    await work()
    expect(desk.twin.world.reports.filter(({ subject }) => subject.uri === other.uri)).toHaveLength(1)
    expect(await list({ batchId: asked.batchId })).toMatchObject([{ state: 'unknown', failure: 'unreachable' }])
    const told = await desk.ask<{ items: { kind: string }[] }>('notifications.list', {}, desk.anna)
    expect(told.items.map(({ kind }) => kind)).toContain('moderation-failed')
  })

  it('waits while the network asks for a pause and is down, and gives up what is refused', async () => {
    const { postId, uri } = await reply()
    desk.twin.control.fault({ kind: 'rate-limit', path: '/xrpc/com.atproto.repo.putRecord', retryAfterSeconds: 30 })
    const asked = await act('like', [postId])
    await work()
    expect(await list({ batchId: asked.batchId })).toMatchObject([{ state: 'queued', failure: 'rate-limited' }])
    desk.twin.control.fault({ kind: 'server-error', path: '/xrpc/com.atproto.repo.putRecord', status: 503 })
    await due()
    await work()
    expect(await list({ batchId: asked.batchId })).toMatchObject([{ state: 'queued', failure: 'upstream' }])
    await due()
    await work()
    expect(desk.twin.world.likes.get(uri)?.size).toBe(1)
  })

  it('survives a worker that dies after the network did it', async () => {
    const { postId, uri } = await reply()
    const asked = await act('like', [postId])
    await work()
    // As it stands when the worker died before it could write what it knew.
    await desk.rows(sql`update moderation set state = 'doing', undo_reference = null, due_at = now(), lease_token = gen_random_uuid()
      where batch_id = ${asked.batchId} returning moderation_id`)
    await work()
    expect(desk.twin.world.likes.get(uri)?.size).toBe(1)
    expect(await list({ batchId: asked.batchId })).toMatchObject([{ state: 'done', undoable: true }])
  })

  it('does nothing in a drill, and says why', async () => {
    const { postId, uri } = await reply()
    await desk.rows(sql`update workspace set mode = 'drill' returning workspace_id`)
    const asked = await act('like', [postId])
    await work()
    await desk.rows(sql`update workspace set mode = 'live' returning workspace_id`)
    expect(await list({ batchId: asked.batchId })).toMatchObject([{ state: 'refused', failure: 'drill' }])
    expect(desk.twin.world.likes.get(uri)?.size ?? 0).toBe(0)
  })

  it('is open to whom the policy says, and to nobody without the permission', async () => {
    const { postId } = await reply()
    const viewer = await desk.app.join(desk.workspaceId, 'viewer', 'Vera')
    const input = { action: 'mute', targets: { postIds: [postId] }, reason: 'spam' }
    expect((await desk.tell('inbox.moderation.act', input, viewer)).status).toBe(403)
    expect((await desk.tell('inbox.moderation.setPolicy', { action: 'mute', who: 'leads' }, desk.anna)).status).toBe(
      403,
    )
    await desk.ask('inbox.moderation.setPolicy', { action: 'mute', who: 'leads' }, desk.lead)
    expect((await act('mute', [postId])).items[0]?.because).toBe('policy')
    expect((await act('mute', [postId], {}, desk.lead)).items[0]?.because).toBeNull()
    const [muted] = await list({ standing: 'yes' })
    expect(await undo([muted?.moderationId])).toMatchObject({ items: [{ because: 'policy' }] })
    await desk.ask('inbox.moderation.setPolicy', { action: 'report', who: 'nobody' }, desk.lead)
    expect((await act('report', [postId], {}, desk.lead)).items[0]?.because).toBe('policy')
    const { items } = await desk.ask<{ items: { possible: { action: string; because: string | null }[] }[] }>(
      'inbox.moderation.ofPosts',
      { postIds: [postId] },
      desk.anna,
    )
    expect(Object.fromEntries(items[0]?.possible.map(({ action, because }) => [action, because]) ?? [])).toEqual({
      like: null,
      hide: null,
      delete: 'not-ours',
      block: null,
      mute: 'already',
      report: 'policy',
    })
  })

  it('another reason needs words, and a batch goes by conversations too', async () => {
    await reply('by-conversation.test')
    const { conversationId } = await desk.conversationOf('by-conversation.test')
    const input = { action: 'hide', targets: { conversationIds: [conversationId] }, reason: 'other' }
    expect((await desk.tell('inbox.moderation.act', input, desk.anna)).status).toBe(400)
    const asked = await desk.ask<Asked>('inbox.moderation.act', { ...input, note: 'Because' }, desk.anna)
    expect(asked.items).toMatchObject([{ because: null }])
    await undo([asked.items[0]?.moderationId])
    await work()
    expect(await list({ batchId: asked.batchId })).toMatchObject([{ state: 'undone', doneAt: null }])
  })

  it('a batch takes what the customer said in public last, and says why where there is nothing', async () => {
    const { postId } = await reply('twofold.test')
    const { conversationId } = await desk.conversationOf('twofold.test')
    await desk.ask('inbox.handovers.prepare', { conversationId, sourceId: desk.sourceId, language: 'en' }, desk.anna)
    desk.twin.control.message({ from: 'twofold.test', to: 'nordwind.test', text: 'And between us' })
    desk.twin.control.account({ handle: 'whisper.test' })
    desk.twin.control.message({ from: 'whisper.test', to: 'nordwind.test', text: 'Only for you' })
    await desk.hear()
    const { conversationId: whispered } = await desk.conversationOf('whisper.test')
    const targets = { conversationIds: [conversationId, whispered] }
    const asked = await desk.ask<Asked>(
      'inbox.moderation.act',
      { action: 'hide', targets, reason: 'insult' },
      desk.anna,
    )
    expect(asked.items).toMatchObject([
      { postId, because: null },
      { moderationId: null, because: 'private-post' },
    ])
    await undo([asked.items[0]?.moderationId])
  })

  it('lists are walked by their indexes', async () => {
    const id = desk.workspaceId
    const explained = await explain(desk, [
      [
        sql`select 1 from moderation m where m.workspace_id = ${id} order by m.asked_at desc, m.moderation_id desc limit 51`,
        'moderation_newest',
      ],
      [
        sql`select 1 from moderation m where m.workspace_id = ${id} and m.author_id = ${id} order by m.asked_at desc, m.moderation_id desc limit 51`,
        'moderation_author',
      ],
      [
        sql`select 1 from moderation m where m.workspace_id = ${id} and m.post_id = any(${[id]}::uuid[])`,
        'moderation_post',
      ],
    ])
    for (const { usesIndex, plan } of explained) expect(usesIndex, plan).toBe(true)
  })
})
