import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { explain } from '../../platform/testing/explain.ts'
import { takeFromSource } from '../intake.ts'
import { lookBackOnce } from '../lookback.ts'
import { forgetExpiredIn } from '../retention.ts'
import { indexAll } from '../search-index.ts'
import { aPost, heard, minutesAfterNoon } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import type { Figure } from './intervals.ts'
import { passLabelsOn } from './labels.ts'
import type { ShownPost } from './shown-posts.ts'

interface Estimates {
  precision: { draft: Figure | null; saved: Figure | null; gained: Figure | null; lost: Figure | null }
  recall: { draft: Figure | null; net: number }
  strata: { stratum: string; posts: Figure; sorted: number; forUs: number; share: Figure | null }[]
  next: { stratum: string; of: string; width: number; widthAfter: number } | null
  questions: (ShownPost & { stratum: string })[]
}

let test: ListeningTest
let topicId: string
const DRAFT = 'bank'
const estimates = (query: string, questions = 5) =>
  test.ask<Estimates>('listening.workbench.estimates', { topicId, query, questions })
const stratumOf = ({ strata }: Estimates, name: string) => strata.find(({ stratum }) => stratum === name)
/** What a person would say: a bank with money is ours, one to sit on is not. */
const truth = ({ text }: ShownPost) => (/money|loan/.test(text) ? 'for-us' : 'not-for-us')
const say = (post: ShownPost, verdict: string | null, asked: { stratum: string } | null) =>
  test.ask('listening.workbench.sort', { topicId, subject: { postId: post.postId }, verdict, asked })

beforeAll(async () => {
  test = await listeningTest()
  const texts = Array.from({ length: 120 }, (_, at) =>
    at % 3 === 0
      ? `The bank has no money ${at}`
      : at % 3 === 1
        ? `Sat on the river bank ${at}`
        : `A loan without interest ${at}`,
  )
  await takeFromSource(
    test.services,
    heard(...texts.map((text, at) => aPost(`p${at}`, text, { publishedAt: minutesAfterNoon(-at) }))),
    {
      workspaceId: test.workspaceId,
      sourceId: '01a20000-0000-7000-8000-000000000001',
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    },
  )
  await indexAll(test.services, test.workspaceId)
  const made = { name: 'Bank', query: 'bank AND money', languages: ['en'] }
  topicId = (await test.ask<{ topicId: string }>('listening.topics.create', made)).topicId
  while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
})
afterAll(() => test.close())

describe('estimates', () => {
  it('are none before anybody sorted, and ask for what would tell most', async () => {
    const first = await estimates(DRAFT)
    expect(first.precision).toEqual({ draft: null, saved: null, gained: null, lost: null })
    expect(stratumOf(first, 'in-both')).toMatchObject({ posts: { value: 40, exact: true }, sorted: 0, share: null })
    expect(stratumOf(first, 'gained')?.posts.value).toBe(40)
    expect(first.next?.of).toBe('precision')
    expect(first.questions.length).toBe(5)
    expect(first.next?.widthAfter).toBeLessThan(first.next?.width ?? 0)
  })

  it('do not count what people sorted on their own, because they choose', async () => {
    const chosen = (await estimates(DRAFT, 20)).questions.toReversed().slice(0, 4)
    for (const post of chosen) await say(post, truth(post), null)
    const after = await estimates(DRAFT)
    expect(after.strata.filter(({ stratum }) => stratum !== 'by-hand').every(({ sorted }) => sorted === 0)).toBe(true)
    for (const post of chosen) await say(post, null, null)
  })

  it('come close to the truth by the answers, and say how close', async () => {
    for (let round = 0; round < 6; round++)
      for (const post of (await estimates(DRAFT)).questions) await say(post, truth(post), { stratum: post.stratum })
    const after = await estimates(DRAFT)
    const precision = after.precision.draft as Figure
    expect(precision.low).toBeLessThanOrEqual(0.5)
    expect(precision.high).toBeGreaterThanOrEqual(0.5)
    expect(precision.high - precision.low).toBeLessThan(0.4)
    expect(after.precision.saved?.value).toBe(1)
    expect(after.precision.gained?.value).toBe(0)
  })

  it('keep the answers for another draft of the same posts', async () => {
    const other = await estimates('bank AND NOT zeppelin')
    expect(stratumOf(other, 'in-both')?.sorted).toBeGreaterThan(0)
    expect(other.precision.draft).toEqual((await estimates(DRAFT)).precision.draft)
  })

  it('count answers as verdicts where there is a mention, and turn the others into verdicts once there is one', async () => {
    const kept = await test.rows(sql`select from mention where topic_id = ${topicId} and state = 'kept'`)
    expect(kept.length).toBeGreaterThan(0)
    const before = await test.rows(sql`select from verdict where side = 'not-for-us' and taken_back_at is null`)
    expect(before.length).toBe(0)
    await test.ask('listening.topics.update', { topicId, query: DRAFT, reason: 'Wider' })
    while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
    while ((await passLabelsOn(test.services, test.workspaceId)) > 0);
    const after = await test.rows<{ sorted_by_kind: string }>(
      sql`select sorted_by_kind from verdict where side = 'not-for-us' and taken_back_at is null`,
    )
    expect(after.length).toBeGreaterThan(0)
    expect(new Set(after.map((row) => row.sorted_by_kind))).toEqual(new Set(['member']))
    const again = await estimates('bank AND money')
    expect(stratumOf(again, 'lost')?.sorted).toBeGreaterThan(0)
    expect(again.precision.lost?.value).toBe(0)
    await test.ask('listening.topics.update', { topicId, query: 'bank AND money', reason: 'Back' })
    while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
  })

  it('tell recall against a net of what almost matched, what similar topics caught and what was added by hand', async () => {
    await test.ask('listening.topics.create', { name: 'Money', query: 'money OR loan', languages: ['en'] })
    while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
    const before = await estimates('bank AND money')
    expect(before.recall.draft).toBe(null)
    expect(stratumOf(before, 'almost')?.posts.value).toBe(40)
    expect(stratumOf(before, 'other-topics')?.posts.value).toBe(40)
    for (let round = 0; round < 30; round++) {
      const { questions } = await estimates('bank AND money', 10)
      if (questions.length === 0) break
      for (const post of questions) await say(post, truth(post), { stratum: post.stratum })
    }
    const after = await estimates('bank AND money')
    const recall = after.recall.draft as Figure
    expect(recall.low).toBeLessThanOrEqual(0.5)
    expect(recall.high).toBeGreaterThanOrEqual(0.5)
    expect(recall.value).toBeCloseTo(0.5, 1)
  })

  it('read verdicts, mentions of other topics and what was added by hand by their indexes', async () => {
    const where = sql`workspace_id = ${test.workspaceId} and topic_id = ${topicId}`
    const explained = await explain(test, [
      [
        sql`select side from workbench_label where ${where} and subject_id = any(${[topicId]}::uuid[])`,
        '(workbench_label_pkey|workbench_label_subject)',
      ],
      [
        sql`select subject_id from workbench_label where ${where} and side = 'for-us' and not asked order by sorted_at desc limit 5`,
        'workbench_label_by_hand',
      ],
      [
        sql`select subject_id from workbench_label where workspace_id = ${test.workspaceId} and subject_id = any(${[topicId]}::uuid[])`,
        'workbench_label_subject',
      ],
      [
        sql`select published_at, post_id from mention where workspace_id = ${test.workspaceId} and topic_id = any(${[topicId]}::uuid[])
          and published_at >= now() - interval '1 day'`,
        '(mention_topic|mention_pkey)',
      ],
    ])
    expect(explained.filter(({ usesIndex }) => !usesIndex).map(({ plan }) => plan)).toEqual([])
  })

  it('take a post that somebody added by hand into the net', async () => {
    const [post] = (await test.ask<{ newest: ShownPost[] }>('listening.workbench.preview', { query: 'interest' }))
      .newest
    await test.ask('listening.topics.create', { name: 'Nothing', query: 'nothing' })
    const own = (await test.ask<{ topicId: string }>('listening.topics.create', { name: 'Rivers', query: 'river' }))
      .topicId
    await test.ask('listening.workbench.sort', { topicId: own, subject: { postId: post?.postId }, verdict: 'for-us' })
    const found = await test.ask<Estimates>('listening.workbench.estimates', {
      topicId: own,
      query: 'river',
      languages: ['en'],
    })
    expect(stratumOf(found, 'by-hand')).toMatchObject({ posts: { value: 1 }, sorted: 1, forUs: 1 })
    const kept = await test.rows(sql`select from post where post_id = ${post?.postId} and kept_because = 'label'`)
    expect(kept.length).toBe(1)
  })
})

describe('a post that was sorted for a draft', () => {
  it('is kept while its verdict may be asked for, and goes as any other once the topic is removed', async () => {
    const made = await test.ask<{ topicId: string }>('listening.topics.create', {
      name: 'Loan',
      query: 'loan AND bank',
    })
    await takeFromSource(test.services, heard(aPost('dike', 'Sat on the dike')), {
      workspaceId: test.workspaceId,
      sourceId: '01a20000-0000-7000-8000-000000000001',
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    })
    const [post] = await test.rows(sql<{ post_id: string }>`select post_id from post where external_id = 'dike'`)
    await test.ask('listening.workbench.sort', {
      topicId: made.topicId,
      subject: { postId: post?.post_id },
      verdict: 'not-for-us',
      asked: null,
    })
    const keptBecause = () =>
      test.rows(sql`select kept_because from post where post_id = ${post?.post_id as string}::uuid`)
    await forgetExpiredIn(test.services, test.workspaceId)
    expect(await keptBecause()).toEqual([{ kept_because: 'label' }])
    await test.ask('listening.topics.remove', { topicId: made.topicId })
    await forgetExpiredIn(test.services, test.workspaceId)
    expect(await keptBecause()).toEqual([{ kept_because: null }])
  })
})
