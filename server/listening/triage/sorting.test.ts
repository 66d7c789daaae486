import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Told } from './testing.ts'
import { type TriageTest, triageTest } from './testing.ts'

let desk: TriageTest
let told: Told[]

interface Verdict {
  verdictId: string
  side: string
  by: { kind: string; id: string | null }
}
interface Report {
  items: { postId: string; outcome: string; verdict: Verdict | null }[]
  judged: { postId: string; judgement: { side: string; probability: number; reasons: { text: string }[] } }[]
}
interface Queue {
  items: {
    postId: string
    judgement: { side: string; probability: number; reasons: { text: string; weight: number }[] } | null
  }[]
  more: boolean
}

beforeAll(async () => {
  desk = await triageTest()
  told = await desk.tell(80)
})
afterAll(() => desk.close())

const sort = (posts: object[], shown: string[] = []) =>
  desk.ask<Report>('listening.triage.sort', { topicId: desk.topicId, posts, shown })
const queue = (input: object = {}) => desk.ask<Queue>('listening.triage.queue', { topicId: desk.topicId, ...input })
const sideOf = (postId: string) => (told.find((one) => one.postId === postId)?.forUs ? 'for-us' : 'not-for-us')
const mentions = () =>
  desk.rows(
    sql<{
      postId: string
      relevance: number
      judgedAs: string
    }>`select post_id as "postId", relevance, judged_as as "judgedAs"
      from mention where topic_id = ${desk.topicId} and state = 'new'`,
  )

describe('sorting', () => {
  test('before anybody sorts nothing is judged, and the queue is the newest first', async () => {
    const { items } = await queue({ limit: 3 })
    expect(items.map(({ postId }) => postId)).toEqual(
      told
        .slice(-3)
        .reverse()
        .map(({ postId }) => postId),
    )
    expect(items.map(({ judgement }) => judgement)).toEqual([null, null, null])
    expect(await desk.state()).toMatchObject({ begun: false, labels: { forUs: 0, notForUs: 0, toDecide: 4 } })
  })

  test('beginning learns what the posts have in common, so that the first questions differ', async () => {
    await desk.ask('listening.triage.begin', { topicId: desk.topicId })
    await desk.ask('listening.triage.begin', { topicId: desk.topicId })
    await desk.keepUp()
    expect(await desk.state()).toMatchObject({ begun: true, background: { posts: 80 } })
    const { items } = await queue({ limit: 2 })
    expect(new Set(items.map(({ postId }) => sideOf(postId)))).toEqual(new Set(['for-us', 'not-for-us']))
  })

  test('six answers to what it asks sort all other posts, with reasons that are words of the post', async () => {
    for (let answers = 0; answers < 6; answers++) {
      const [next] = (await queue({ limit: 1 })).items
      const postId = next?.postId as string
      const { items } = await sort([{ postId, side: sideOf(postId), against: null }])
      expect(items[0]?.outcome).toBe('sorted')
    }
    await desk.keepUp()
    const judged = await mentions()
    expect(judged).toHaveLength(74)
    expect(judged.filter(({ postId, judgedAs }) => judgedAs !== 'unsure' && judgedAs !== sideOf(postId))).toEqual([])
    expect(judged.filter(({ judgedAs }) => judgedAs === 'unsure').length).toBeLessThan(15)
    const [best] = (await queue({ order: 'most-useful', limit: 1 })).items
    expect(sideOf(best?.postId as string)).toBe('for-us')
    expect(best?.judgement?.reasons.some(({ text, weight }) => weight > 0 && /wrong|sent|me|the/.test(text))).toBe(true)
  })

  test('what is newly heard is judged as it is stored', async () => {
    const [customer, watcher] = await desk.tell(2, 'later')
    expect(await desk.mention(customer?.postId as string)).toMatchObject({ judged_as: 'for-us' })
    expect(await desk.mention(watcher?.postId as string)).toMatchObject({ judged_as: 'not-for-us' })
  })

  test('what is shown is judged again in the answer', async () => {
    const open = (await queue({ order: 'newest', limit: 3 })).items.map(({ postId }) => postId)
    const [first, ...shown] = open as [string, ...string[]]
    const { judged } = await sort([{ postId: first, side: 'for-us', against: null }], shown)
    expect(judged.map(({ postId }) => postId)).toEqual(shown)
    const again = (await queue({ order: 'newest', limit: 2 })).items
    expect(judged.map(({ judgement }) => judgement.probability)).toEqual(
      again.map(({ judgement }) => judgement?.probability),
    )
  })

  test('a verdict stands in the mention, with certainty, and can be taken back to what was thought before', async () => {
    const [open] = (await queue({ order: 'least-useful', limit: 1 })).items
    const postId = open?.postId as string
    const { items } = await sort([{ postId, side: 'for-us' }])
    expect(await desk.mention(postId)).toEqual({ state: 'kept', relevance: 1, judged_as: 'for-us' })
    const verdictId = items[0]?.verdict?.verdictId as string
    expect(await takeBack([verdictId])).toEqual({ takenBack: 1 })
    expect(await takeBack([verdictId])).toEqual({ takenBack: 0 })
    await desk.keepUp()
    expect(await desk.mention(postId)).toMatchObject({ state: 'new', judged_as: 'not-for-us' })
  })

  test('many at once are one request, and say which are unknown', async () => {
    const open = (await queue({ order: 'newest', limit: 10 })).items.map(({ postId }) => postId)
    const missing = '01a20000-0000-7000-8000-00000000dead'
    const { items } = await sort([...open, missing].map((postId) => ({ postId, side: sideOf(postId) })))
    expect(items.map(({ outcome }) => outcome)).toEqual([...open.map(() => 'sorted'), 'unknown'])
    await takeBack(items.flatMap(({ verdict }) => verdict?.verdictId ?? []))
  })
})

const takeBack = (verdictIds: string[]) => desk.ask('listening.triage.takeBack', { topicId: desk.topicId, verdictIds })

describe('two people', () => {
  test('who sort the same post at the same moment otherwise: one stands, the other is told', async () => {
    const lena = await desk.join(desk.workspaceId, 'agent', 'Lena Agent')
    const [open] = (await queue({ order: 'newest', limit: 1 })).items
    const postId = open?.postId as string
    const as = (cookie: string, side: string) =>
      desk.call(
        'listening.triage.sort',
        { topicId: desk.topicId, posts: [{ postId, side, against: null }] },
        { cookie, workspaceId: desk.workspaceId },
      )
    const answers = (await Promise.all([as(lena.cookie, 'for-us'), as(desk.workspace.owner.cookie, 'not-for-us')])) as {
      status: number
      body: Report
    }[]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const outcomes = answers.map(({ body }) => body.items[0]?.outcome)
    expect(outcomes.toSorted()).toEqual(['conflict', 'sorted'])
    const [one, other] = answers.map(({ body }) => body.items[0]?.verdict)
    expect(one).toEqual(other)
    const winner = outcomes[0] === 'sorted' ? 'kept' : 'rejected'
    expect((await desk.mention(postId)).state).toBe(winner)
  })

  test('a colleague’s verdict can be overruled knowingly, and taking the new one back restores it', async () => {
    const lena = await desk.join(desk.workspaceId, 'agent', 'Lea Agent')
    const [open] = (await queue({ order: 'newest', limit: 1 })).items
    const postId = open?.postId as string
    const first = (await desk.call(
      'listening.triage.sort',
      { topicId: desk.topicId, posts: [{ postId, side: 'not-for-us', reason: 'press' }] },
      { cookie: lena.cookie, workspaceId: desk.workspaceId },
    )) as { body: Report }
    const hers = first.body.items[0]?.verdict as Verdict
    expect(hers.by).toEqual({ kind: 'member', id: lena.memberId })
    const overruled = await sort([{ postId, side: 'for-us', against: hers.verdictId }])
    expect(overruled.items[0]?.outcome).toBe('sorted')
    expect((await desk.mention(postId)).state).toBe('kept')
    await takeBack([overruled.items[0]?.verdict?.verdictId as string])
    expect((await desk.mention(postId)).state).toBe('rejected')
  })

  test('the same request twice is one verdict', async () => {
    const [open] = (await queue({ order: 'newest', limit: 1 })).items
    const request = [{ postId: open?.postId as string, side: 'for-us', against: null }]
    const [one, two] = [await sort(request), await sort(request)]
    expect([one.items[0]?.outcome, two.items[0]?.outcome]).toEqual(['sorted', 'unchanged'])
    expect(two.items[0]?.verdict).toEqual(one.items[0]?.verdict)
  })
})

describe('permission', () => {
  test('who only looks may not sort, and an agent may not switch, retrain or forget', async () => {
    const viewer = await desk.join(desk.workspaceId, 'viewer')
    const agent = await desk.join(desk.workspaceId, 'agent')
    const status = async (path: string, cookie: string, input: object = {}) =>
      (await desk.call(path, { topicId: desk.topicId, ...input }, { cookie, workspaceId: desk.workspaceId })).status
    const posts = [{ postId: told[0]?.postId, side: 'for-us' }]
    expect(await status('listening.triage.sort', viewer.cookie, { posts })).toBe(403)
    expect(await status('listening.triage.begin', viewer.cookie)).toBe(403)
    expect(await status('listening.triage.state', viewer.cookie)).toBe(200)
    for (const path of ['change', 'retrain', 'forget'])
      expect(await status(`listening.triage.${path}`, agent.cookie, { on: false })).toBe(403)
  })

  test('another workspace sees nothing of it', async () => {
    const other = await desk.createWorkspace('Elsewhere')
    const as = { cookie: other.owner.cookie, workspaceId: other.workspaceId }
    for (const path of ['state', 'queue'])
      expect((await desk.call(`listening.triage.${path}`, { topicId: desk.topicId }, as)).status).toBe(404)
    for (const table of ['topic_relevance', 'verdict', 'relevance_hint']) {
      const rows = await desk.inWorkspace(
        async (tx) => (await sql`select from ${sql.table(table)}`.execute(tx.sql)).rows,
        other.workspaceId,
      )
      expect(rows).toEqual([])
    }
  })
})
