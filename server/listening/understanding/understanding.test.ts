import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HeardItem } from '../../connectors/index.ts'
import { ownAccount, rememberAuthors } from '../../people/index.ts'
import { UNDERSTANDING_VERSION } from '../../text/index.ts'
import { takeFromSource } from '../intake.ts'
import { listeningChanged } from '../listeners.ts'
import { anAuthor, aPost, heard, minutesAfterNoon, NOON, replyTo } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { createTopic } from '../topics.ts'
import { Groups } from './groups.ts'
import { readStoredPosts } from './walk.ts'

let test: ListeningTest
const sourceId = '01a20000-0000-7000-8000-000000000001'

beforeAll(async () => {
  test = await listeningTest()
  await test.inWorkspace((tx) =>
    createTopic(tx, { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: true }, NOON),
  )
})
afterAll(() => test.close())
beforeEach(async () => {
  test.clock.at = minutesAfterNoon(5)
  // A process remembers what it has heard, so each test has words of its own.
  round++
  TRAIN = `The Nordwind${'x'.repeat(round)} router${round} was two${round} hours${round} dead${round} in Vienna${round}, nordwind https://pond.example/1`
  await test.inWorkspace(async (tx) => {
    for (const table of [
      'mention_count',
      'mention',
      'post_label',
      'understanding_walk',
      'post',
      'person_link',
      'graph_operation_person',
      'graph_operation',
      'author_handle',
      'author',
    ])
      await sql`delete from ${sql.ref(table)}`.execute(tx.sql)
    await listeningChanged(tx)
  })
})

const take = (items: HeardItem[], keepsEverything = false) =>
  takeFromSource(test.services, items, {
    workspaceId: test.workspaceId,
    sourceId,
    name: 'The pond',
    keepsEverything,
    tellsEdits: true,
  })

interface Row {
  external_id: string
  language: string | null
  sentiment: string | null
  sentiment_probability: number | null
  intent: string | null
  offensive: boolean | null
  understood_by: string | null
  post_id: string
  group_id: string | null
}
const stored = () => test.rows(sql<Row>`select * from post order by external_id`)
const groupNames = async () => {
  const rows = await stored()
  return rows.map((row) => rows.find((other) => other.post_id === row.group_id)?.external_id ?? row.group_id)
}

const ANGRY = '@kestrel Nordwind is the worst service ever, still no network, terrible!'
let round = 0
let TRAIN = ''

describe('what is kept', () => {
  it('is read once it is certain that it is kept: sentiment with its probability, intent, and by which model', async () => {
    await take(heard(aPost('1', ANGRY, { addressed: true }), aPost('2', 'Nobody asked for this terrible one')))
    const rows = await stored()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ sentiment: 'negative', intent: 'complaint', understood_by: UNDERSTANDING_VERSION })
    expect(rows[0]?.sentiment_probability).toBeGreaterThan(0.4)
  })

  it('is read as well when only its thread is kept, and its title counts', async () => {
    await take(heard(aPost('1', 'nordwind')))
    await take(
      heard(
        aPost('2', 'I love it, thank you so much, wonderful!', replyTo('1')),
        aPost('3', 'nordwind', { title: 'Worst service ever, terrible, I hate it' }),
      ),
    )
    expect((await stored()).map((row) => row.sentiment)).toEqual([expect.any(String), 'positive', 'negative'])
  })

  it('is not read when we said it ourselves', async () => {
    await test.inWorkspace(async (tx) => {
      const { byKey } = await rememberAuthors(tx, [anAuthor('us')], NOON)
      for (const { authorId } of byKey.values()) await ownAccount(tx, authorId)
      await listeningChanged(tx)
    })
    await take(heard(aPost('1', ANGRY, { author: anAuthor('us') })))
    expect((await stored())[0]).toMatchObject({ sentiment: null, intent: null, understood_by: null })
  })

  it('is asked for its language only when the network states none', async () => {
    const german = 'Das ist wirklich eine ziemlich lange deutsche Beschwerde über Nordwind und seine Rechnungen'
    await take(
      heard(
        aPost('1', german, { language: null }),
        aPost('2', `${german} heute`, { language: 'en-GB' }),
        aPost('3', `${german} gestern`, { language: '??' }),
      ),
    )
    expect((await stored()).map((row) => row.language)).toEqual(['de', 'en', 'de'])
  })

  it('is a complaint or praise only where it is said to us: elsewhere half of them are somebody’s mood', async () => {
    await take(heard(aPost('1', ANGRY)))
    expect((await stored())[0]).toMatchObject({ sentiment: 'negative', intent: null })
  })

  it('is read anew when it is edited, and emptied when it is deleted', async () => {
    await take(heard(aPost('1', ANGRY, { addressed: true })))
    await take(
      heard(
        aPost('1', '@kestrel thank you Nordwind, so much, I love it, wonderful!', { editedAt: minutesAfterNoon(1) }),
      ),
    )
    expect((await stored())[0]).toMatchObject({ sentiment: 'positive', intent: 'praise' })
    await take([{ kind: 'post-deleted', network: 'pond', scope: '', externalId: '1', at: minutesAfterNoon(2) }])
    expect((await stored())[0]).toMatchObject({
      sentiment: null,
      sentiment_probability: null,
      intent: null,
      group_id: null,
    })
  })
})

describe('groups of near-duplicates', () => {
  it('hold shares and copies, within a batch and over batches, and are named by the first', async () => {
    await take(heard(aPost('1', TRAIN), aPost('2', `RT @mila: ${TRAIN}`), aPost('3', 'My Nordwind is fine today')))
    await take(heard(aPost('4', TRAIN.replace('pond.example/1', 'pond.example/9'))))
    expect(await groupNames()).toEqual(['1', '1', '3', '1'])
  })

  it('are the same for a process that has just started, and for one that runs beside', async () => {
    await take(heard(aPost('1', TRAIN)))
    const [first] = await stored()
    const beside = new Groups()
    const ask = (text: string, groups = beside) =>
      test.inWorkspace(async (tx) => {
        const { understandPost } = await import('./read-post.ts')
        const { fingerprint } = understandPost({ title: null, text, language: 'en' })
        return (await groups.of(tx, [{ postId: 'new', fingerprint }], test.clock.now())).get('new')
      })
    expect(await ask(`RT @mila: ${TRAIN}`)).toBe(first?.post_id)
    const other = 'Nordwind has announced a completely new tariff for travellers in the whole Alps'
    expect(await ask(other)).toBe('new')
    await take(heard(aPost('2', other)))
    expect(await ask(other)).toBe('new')
    test.clock.at = minutesAfterNoon(6)
    const [, second] = await stored()
    expect(await ask(other)).toBe(second?.post_id)
  })

  it('learn nothing from a transaction that fails', async () => {
    const groups = new Groups()
    const fingerprint = Int32Array.of(1, 5, 9, 13)
    const ask = (postId: string, fails = false) =>
      test.inWorkspace(async (tx) => {
        const asked = await groups.of(tx, [{ postId, fingerprint }], test.clock.now())
        if (fails) throw new Error('rolled back')
        return asked.get(postId)
      })
    await expect(ask('never', true)).rejects.toThrow('rolled back')
    expect(await ask('first')).toBe('first')
    expect(await ask('second')).toBe('first')
  })

  it('hold what two sources bring at the same moment', async () => {
    await Promise.all([take(heard(aPost('1', TRAIN))), take(heard(aPost('2', `RT @mila: ${TRAIN}`)))])
    const [first, second] = await stored()
    expect(first?.group_id).toBe(second?.group_id)
  })

  it('are left by a deleted post, which leads to nobody who repeats it', async () => {
    await take(heard(aPost('1', TRAIN), aPost('2', `RT @mila: ${TRAIN}`)))
    await take([{ kind: 'post-deleted', network: 'pond', scope: '', externalId: '2', at: minutesAfterNoon(2) }])
    expect((await stored())[1]?.group_id).toBeNull()
  })
})

describe('posts that were stored before', () => {
  const walkToTheEnd = async () => {
    const groups = new Groups()
    while (await test.inWorkspace((tx) => readStoredPosts(tx, groups, test.clock.now())));
  }
  const forgetReading = () =>
    test.rows(sql`update post set sentiment = null, sentiment_probability = null, intent = null, offensive = null,
      group_id = null, understood_by = null`)

  it('are read in steps, grouped and counted, and a second walk changes nothing', async () => {
    await take(heard(aPost('1', 'Terrible Nordwind'), aPost('2', TRAIN), aPost('3', `RT @x: ${TRAIN}`)))
    const before = await stored()
    const counted = () => test.rows(sql`select minute, posts, negative, neutral, positive, reach from mention_count`)
    const counts = await counted()
    await forgetReading()
    await test.rows(sql`update mention set counted_as = null, counted_reach = null`)
    await test.rows(sql`delete from mention_count`)
    await walkToTheEnd()
    expect(await stored()).toEqual(before)
    expect(await counted()).toEqual(counts)
    await walkToTheEnd()
    expect(await counted()).toEqual(counts)
  })

  it('are read again by another model, except for what a person said', async () => {
    await take(heard(aPost('1', ANGRY, { addressed: true }), aPost('2', `${ANGRY} again and again`)))
    const [one] = await stored()
    await test.ask('listening.labels.give', { postId: one?.post_id, label: { what: 'sentiment', value: 'positive' } })
    await test.rows(sql`update post set understood_by = 'older', intent = 'praise'`)
    await test.rows(sql`insert into understanding_walk values (${test.workspaceId}, 'older', null, true)`)
    await walkToTheEnd()
    expect((await stored()).map((row) => [row.sentiment, row.intent, row.understood_by])).toEqual([
      ['positive', 'complaint', UNDERSTANDING_VERSION],
      ['negative', null, UNDERSTANDING_VERSION],
    ])
  })

  it('are passed over once they have been read: the place is remembered', async () => {
    await take(heard(aPost('1', ANGRY)))
    await walkToTheEnd()
    await test.rows(sql`update post set understood_by = 'older'`)
    await walkToTheEnd()
    expect((await stored())[0]?.understood_by).toBe('older')
  })

  it('are left to the process that walks already', async () => {
    await take(heard(aPost('1', ANGRY)))
    await walkToTheEnd()
    await test.rows(sql`update understanding_walk set done = false, after_post_id = null`)
    await test.inWorkspace(async (tx) => {
      await sql`select from understanding_walk for update`.execute(tx.sql)
      expect(await test.inWorkspace((other) => readStoredPosts(other, new Groups(), NOON))).toBe(false)
    })
  })
})
