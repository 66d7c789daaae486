import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { storeStream, understandStream } from '../intake.ts'
import { listenersOf } from '../listeners.ts'
import { postKey } from '../normalise.ts'
import { chanceFrom } from '../testing/chance.ts'
import { anAuthor, aPost, heard } from '../testing/heard.ts'
import { Pond } from '../testing/pond.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import type { Figure } from './intervals.ts'
import { readUnmatched } from './unmatched-reading.ts'
import { forgetOldSample, SAMPLE_KEPT_DAYS, UnmatchedSampler, unmatchedSamplerOf } from './unmatched-sample.ts'

const STREAM = 'pond-stream'
let test: ListeningTest
let other: { workspaceId: string; owner: { cookie: string } }
let topicId: string

type Items = Parameters<typeof understandStream>[1]
/** As the stream's loop does it. */
async function bring(items: Items): Promise<void> {
  const { services } = test
  await storeStream(
    services,
    STREAM,
    await understandStream(services, items, await listenersOf(services).hearing(STREAM)),
  )
  await unmatchedSamplerOf(services).flush(STREAM)
}
const rows = () =>
  queryAsAdmin<{ text: string; kept_by: string[] }>(test.test.admin, 'select * from system.stream_sample order by text')
const foreign = () => ({ cookie: other.owner.cookie, workspaceId: other.workspaceId })

beforeAll(async () => {
  // Chance itself is stood in for: every post is drawn.
  vi.spyOn(Math, 'random').mockReturnValue(0)
  test = await listeningTest([new Pond().streamed])
  other = await test.createWorkspace('Südwind')
  await test.ask('listening.sources.create', { network: STREAM, settings: {} })
  await test.call('listening.sources.create', { network: STREAM, settings: {} }, foreign())
  topicId = (
    await test.ask<{ topicId: string }>('listening.topics.create', {
      name: 'Router',
      query: 'router',
      languages: ['en'],
    })
  ).topicId
  await bring(
    heard(
      aPost('a', 'My router is down', { author: anAuthor('lena', { followers: 9 }) }),
      ...Array.from({ length: 9 }, (_, at) => aPost(`m${at}`, `A modem that blinks ${at}`)),
      ...Array.from({ length: 90 }, (_, at) => aPost(`l${at}`, `Lunch number ${at}`)),
    ),
  )
})
afterAll(() => {
  vi.restoreAllMocks()
  return test.close()
})

describe('the unmatched sample', () => {
  it('keeps texts without author and without address, and what they stand for', async () => {
    const kept = await rows()
    expect(kept.length).toBe(100)
    const written = JSON.stringify(kept)
    for (const word of ['lena', 'pond.example', 'm0', 'l17"']) expect(written).not.toContain(word)
    expect(await queryAsAdmin(test.test.admin, 'select heard::int, sampled from system.stream_sample_hour')).toEqual([
      { heard: 100, sampled: 100 },
    ])
  })

  it('leaves out for each workspace what it stored itself', async () => {
    const ours = await readUnmatched(test.services, test.workspaceId, 1_000)
    const theirs = await readUnmatched(test.services, other.workspaceId, 1_000)
    expect([ours?.posts.length, theirs?.posts.length]).toEqual([99, 100])
    expect(ours?.posts.some(({ text }) => text.includes('router'))).toBe(false)
  })

  it('tells in the preview how many a day nobody stored, and from how many that is known', async () => {
    type Told = { count: Figure; unstored: { perDay: Figure; sampled: number; matched: number; heard: number } | null }
    const found = await test.ask<Told>('listening.workbench.preview', { query: 'modem' })
    expect(found.count).toMatchObject({ value: 0, exact: true })
    expect(found.unstored).toMatchObject({ sampled: 99, matched: 9, heard: 100 })
    expect(found.unstored?.perDay.value).toBeCloseTo(9 * 24)
    expect(found.unstored?.perDay.low).toBeGreaterThan(3 * 24)
    const untold = await test.ask<Told>('listening.workbench.preview', { query: 'modem author:lena' })
    expect(untold.unstored).toBe(null)
  })

  it('gives a draft what it would gain beside the stored posts, and its texts to sort', async () => {
    const compared = await test.ask<{ gainedUnstored: { matched: number } }>('listening.workbench.compare', {
      topicId,
      query: 'router OR modem',
    })
    expect(compared.gainedUnstored.matched).toBe(9)
    const asked = await test.ask<{ questions: { sampledId: string | null; handle: string | null; stratum: string }[] }>(
      'listening.workbench.estimates',
      { topicId, query: 'router OR modem', questions: 5 },
    )
    const [sampled] = asked.questions.filter(({ stratum }) => stratum === 'gained-unstored')
    expect(sampled).toMatchObject({ postId: null, handle: null, url: null })
    const subject = { sampledId: sampled?.sampledId }
    await test.ask('listening.workbench.sort', {
      topicId,
      subject,
      verdict: 'for-us',
      asked: { stratum: 'gained-unstored' },
    })
    const after = await test.ask<{ strata: { stratum: string; sorted: number }[] }>('listening.workbench.estimates', {
      topicId,
      query: 'router OR modem',
    })
    expect(after.strata.find(({ stratum }) => stratum === 'gained-unstored')).toMatchObject({ sorted: 1 })
  })

  it('loses what is deleted or changed on the network, also on its way there', async () => {
    const gone = { network: 'pond', scope: '', externalId: 'm0', at: test.clock.now() }
    await bring([{ kind: 'post-deleted', ...gone }])
    expect((await rows()).some(({ text }) => text === 'A modem that blinks 0')).toBe(false)
    await bring(heard(aPost('m1', 'Edited away', { editedAt: new Date(test.clock.now().getTime() - 1_000) })))
    expect((await rows()).some(({ text }) => text === 'A modem that blinks 1')).toBe(false)
    const sampler = new UnmatchedSampler(test.services, () => 0)
    const place = { network: 'pond', scope: '', externalId: 'later' }
    const post = { ...(aPost('later', 'Soon gone') as never as object), key: postKey(place) }
    sampler.take(STREAM, [post as never], new Map())
    await sampler.withdraw([place])
    await sampler.flush(STREAM)
    expect((await rows()).some(({ text }) => text === 'Soon gone')).toBe(false)
  })

  it('takes each post with the same chance, at the pace that is wanted', async () => {
    const random = chanceFrom(7)
    const sampler = new UnmatchedSampler(test.services, random)
    const posts = Array.from({ length: 20_000 }, (_, at) => ({
      ...aPost(`s${at}`, 'x'),
      key: `s${at}`,
      contentHash: '',
      visibility: 'public' as const,
      automatic: false,
      vouched: true,
    }))
    const before = (await rows()).length
    sampler.take(STREAM, posts, new Map())
    await sampler.flush(STREAM)
    const taken = (await rows()).length - before
    expect(taken).toBeGreaterThan(150)
    expect(taken).toBeLessThan(250)
  })

  it('ends for a workspace that refuses, and as a whole when all do; that is in the trail', async () => {
    const state = (as: object) => test.call('listening.workbench.unmatchedSample', {}, as)
    const owner = { cookie: test.workspace.owner.cookie, workspaceId: test.workspaceId }
    expect((await state(owner)).body).toMatchObject({
      installation: true,
      workspace: true,
      keptDays: 3,
      streams: [{ stream: STREAM }],
    })
    await test.ask('listening.workbench.switchUnmatchedSample', { on: false })
    expect((await state(owner)).body).toMatchObject({ workspace: false, streams: [] })
    expect(await readUnmatched(test.services, test.workspaceId, 10)).toBe(null)
    expect((await rows()).length).toBeGreaterThan(0)
    await test.call('listening.workbench.switchUnmatchedSample', { on: false }, foreign())
    expect(await rows()).toEqual([])
    await bring(heard(aPost('n1', 'Nobody wants this')))
    expect(await rows()).toEqual([])
    expect((await test.events()).filter(({ type }) => type === 'unmatched-sample.switched')).toMatchObject([
      { codes: { on: false } },
    ])
    await test.ask('listening.workbench.switchUnmatchedSample', { on: true })
    await bring(heard(aPost('n2', 'Wanted again')))
    expect((await rows()).map(({ text }) => text)).toEqual(['Wanted again'])
  })

  it('is gone after its days', async () => {
    test.clock.at = new Date(test.clock.at.getTime() + (SAMPLE_KEPT_DAYS * 24 - 1) * 3_600_000)
    await forgetOldSample(test.services)
    expect((await rows()).length).toBe(1)
    test.clock.at = new Date(test.clock.at.getTime() + 2 * 3_600_000)
    await forgetOldSample(test.services)
    expect(await rows()).toEqual([])
  })

  it('is read in its own random order by an index', async () => {
    const plan = await test.inWorkspace(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx.sql)
      const { rows: lines } = await sql<{ 'QUERY PLAN': string }>`explain select * from system.stream_sample
        where stream = any(${[STREAM]}::text[]) order by sample_id limit 100`.execute(tx.sql)
      return lines.map((line) => line['QUERY PLAN']).join('\n')
    })
    expect(plan).toMatch(/using stream_sample_(drawn|pkey)/)
  })
})
