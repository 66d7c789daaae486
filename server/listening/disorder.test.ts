import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { HeardItem } from '../connectors/index.ts'
import { ageTallies } from './discovery/expiring.ts'
import { foldSome } from './discovery/folding.ts'
import { takeFromSource } from './intake.ts'
import { keepLedger } from './ledger/loop.ts'
import { lookBackOnce } from './lookback.ts'
import { forgetExpired, forgetExpiredIn } from './retention.ts'
import { indexSome } from './search-index.ts'
import { chanceFrom } from './testing/chance.ts'
import { anAuthor, aPost, heard, minutesAfterNoon } from './testing/heard.ts'
import { createTopic, updateTopic } from './topics.ts'
import { customerSays, type Told, type TriageTest, triageTest, watcherSays } from './triage/testing.ts'
import { keepUp } from './triage/upkeep.ts'
import { Groups } from './understanding/groups.ts'
import { readStoredPosts } from './understanding/walk.ts'
import { deletePosts } from './withdraw.ts'
import { passLabelsOn } from './workbench/labels.ts'

/**
 * Everything that intake, people and the clock do to the posts of one workspace, at the same moment: nothing may wait in a
 * circle, and every count must be what a count of the rows says afterwards.
 */
const DAY_MS = 86_400_000
const POSTS = 240
const TURNS = 14
const ASKED = ['nordlicht', 'nordlicht OR invoice', 'nordlicht NOT aurora']

let desk: TriageTest
let otherTopicId: string
let old: Told[]
let recent: Told[]
let keptBySource = 0
const chance = chanceFrom(11)
const some = <Item>(items: readonly Item[], count: number): Item[] =>
  Array.from({ length: count }, () => items[Math.floor(chance() * items.length)] as Item)

beforeAll(async () => {
  desk = await triageTest()
  otherTopicId = await desk.inWorkspace((tx) =>
    createTopic(
      tx,
      { name: 'Sky', kind: 'category', query: 'sky OR invoice', opensConversations: false },
      minutesAfterNoon(0),
    ),
  )
  const now = desk.clock.at
  desk.clock.at = new Date(now.getTime() - 200 * DAY_MS)
  old = await desk.tell(120, 'old')
  desk.clock.at = now
  recent = await desk.tell(60, 'post')
  keptBySource = 180
  await desk.ask('listening.triage.begin', { topicId: desk.topicId })
  await desk.keepUp()
  await sort(recent.slice(0, 8))
  await desk.keepUp()
})
afterAll(() => desk.close())

const sort = (posts: readonly Told[]) =>
  desk.ask<{ items: { verdict: { verdictId: string } | null }[] }>('listening.triage.sort', {
    topicId: desk.topicId,
    posts: [...new Map(posts.map((post) => [post.postId, post])).values()].map(({ postId, forUs }) => ({
      postId,
      side: forUs ? 'for-us' : 'not-for-us',
    })),
  })

const storm = (at: number, edition: number) =>
  aPost(
    `storm-${at}`,
    `${at % 2 === 0 ? customerSays(at) : watcherSays(at)}${edition === 0 ? '' : `, edition ${edition}`}`,
    {
      author: anAuthor(`storm${at % 40}`, { followers: at % 40 }),
      publishedAt: minutesAfterNoon(-(at % 50)),
    },
  )

/** A batch of posts in no order, some of them edited, some of stored ones deleted. */
const batch = (turn: number): HeardItem[] => [
  ...heard(...some([...Array(POSTS).keys()], 24).map((at) => storm(at, Math.floor(chance() * Math.min(turn, 3))))),
  ...some([...Array(POSTS).keys()], 2).map((at) => gone(`storm-${at}`)),
]
const gone = (externalId: string): HeardItem => ({
  kind: 'post-deleted',
  network: 'pond',
  scope: '',
  externalId,
  at: desk.clock.now(),
})

const intake = async (turn: number) => {
  const { kept } = await takeFromSource(desk.services, batch(turn), {
    workspaceId: desk.workspaceId,
    sourceId: desk.sourceId,
    name: 'The pond',
    keepsEverything: true,
    tellsEdits: true,
  })
  keptBySource += kept
}
const inTurn = (work: Parameters<TriageTest['inWorkspace']>[0]) => () => desk.inWorkspace(work)
const groups = new Groups()

const hands: ((turn: number) => Promise<unknown>)[] = [
  intake,
  intake,
  (turn) => sort(some(turn % 2 === 0 ? recent : old, 4)),
  async () => {
    const { items } = await sort(some(recent, 3))
    const verdictIds = items.flatMap(({ verdict }) => verdict?.verdictId ?? [])
    if (verdictIds.length > 0) await desk.ask('listening.triage.takeBack', { topicId: desk.topicId, verdictIds })
  },
  async () => {
    const [post] = some(recent.slice(0, 40), 1)
    await desk.ask('listening.labels.give', { postId: post?.postId, label: { what: 'sentiment', value: 'negative' } })
  },
  () => keepUp(desk.services, desk.workspaceId),
  () => forgetExpiredIn(desk.services, desk.workspaceId),
  (turn) =>
    desk.inWorkspace((tx) =>
      updateTopic(
        tx,
        turn % 2 === 0 ? otherTopicId : desk.topicId,
        { query: ASKED[turn % 3] as string, reason: 'tuned' },
        desk.clock.now(),
      ),
    ),
  inTurn((tx) => lookBackOnce(tx, desk.clock.now())),
  inTurn((tx) => lookBackOnce(tx, desk.clock.now())),
  inTurn(indexSome),
  async (turn) => {
    if (turn % 4 === 0)
      await desk.rows(sql`
        with held as materialized (select post_id from post where external_id like 'storm-1%' order by post_id for update)
        update post p set understood_by = 'another' from held where p.post_id = held.post_id`)
    if (turn % 4 === 0) await desk.rows(sql`update understanding_walk set understood_by = 'another', done = false`)
    await desk.inWorkspace((tx) => readStoredPosts(tx, groups, desk.clock.now()))
  },
  inTurn((tx) => foldSome(tx, desk.clock.now())),
  inTurn((tx) => ageTallies(tx, new Date(desk.clock.now().getTime() - 30 * DAY_MS), desk.clock.now())),
  inTurn((tx) => keepLedger(tx, desk.services)),
  () => passLabelsOn(desk.services, desk.workspaceId),
  inTurn((tx) =>
    deletePosts(
      tx,
      some(recent.slice(40), 3).map(({ externalId }) => ({
        network: 'pond',
        scope: '',
        externalId,
        at: desk.clock.now(),
      })),
    ),
  ),
]

async function settle(): Promise<void> {
  while ((await desk.inWorkspace(indexSome)) > 0);
  while (await desk.inWorkspace((tx) => lookBackOnce(tx, desk.clock.now())));
  while (await desk.inWorkspace((tx) => readStoredPosts(tx, groups, desk.clock.now())));
  while (await desk.inWorkspace((tx) => foldSome(tx, desk.clock.now())));
  await desk.keepUp()
}

test('intake, sorting, labels, look-backs, retention and deletions at the same moment neither stop each other nor lose a count', async () => {
  const errors: unknown[] = []
  const work = hands.map(async (hand) => {
    for (let turn = 0; turn < TURNS; turn++) await hand(turn).catch((error: unknown) => errors.push(error))
  })
  await Promise.all(work)
  expect(errors.map(String)).toEqual([])
  await settle()
  expect(await mentionCounts()).toEqual(await mentionsOfRows())
  expect(await misread()).toEqual([])
  expect(await tallied()).toEqual(await saidInRows())
  expect(await desk.rows(sql`select sum(kept)::int as kept from source_day`)).toEqual([{ kept: keptBySource }])
  expect(await leftOfTombstones()).toEqual([])
})

/** Until somebody waits for a row that another transaction holds. */
async function somebodyWaits(): Promise<void> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(desk.services.database.system)
  if (rows[0]?.waiting === 0) return somebodyWaits()
}

test('an edit that waited for a deletion does not bring the post back, and one that waited for the same edit changes nothing', async () => {
  const said = (text: string) => heard(aPost('late', text, { publishedAt: minutesAfterNoon(-1) }))
  const take = (text: string) =>
    takeFromSource(desk.services, said(text), {
      workspaceId: desk.workspaceId,
      sourceId: desk.sourceId,
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    })
  const editsBefore = await edits()
  await take('Nordlicht was wrong')
  const waiting: Promise<unknown>[] = []
  await desk.inWorkspace(async (tx) => {
    await sql`select from post where external_id = 'late' for update`.execute(tx.sql)
    waiting.push(take('Nordlicht was right'), take('Nordlicht was right'))
    await somebodyWaits()
  })
  await Promise.all(waiting)
  await settle()
  expect(await edits()).toBe(editsBefore + 1)
  expect(await tallied()).toEqual(await saidInRows())
  await desk.inWorkspace(async (tx) => {
    await deletePosts(tx, [{ network: 'pond', scope: '', externalId: 'late', at: desk.clock.now() }])
    waiting.push(take('Nordlicht is back'))
    await somebodyWaits()
  })
  await Promise.all(waiting)
  await settle()
  expect(await desk.rows(sql`select text, deleted_at is null as here from post where external_id = 'late'`)).toEqual([
    { text: '', here: false },
  ])
  expect(await tallied()).toEqual(await saidInRows())
})

test('a workspace in which retention fails does not let the others keep what has to go', async () => {
  const now = desk.clock.at
  desk.clock.at = new Date(now.getTime() - 200 * DAY_MS)
  await desk.tell(3, 'forgotten')
  desk.clock.at = now
  await forgetExpired(desk.services, ['no workspace', desk.workspaceId])
  expect(await desk.rows(sql`select from post where external_id like 'forgotten-%'`)).toEqual([])
})

const edits = async () => (await desk.events()).filter(({ type }) => type === 'posts.edited').length

const SINCE = minutesAfterNoon(-60)

const mentionCounts = () =>
  desk.rows(sql`
    select topic_id, minute, posts, negative, neutral, positive, reach::text from mention_count
    where minute >= ${SINCE} and posts <> 0 order by topic_id, minute`)

const mentionsOfRows = () =>
  desk.rows(sql`
    select topic_id, date_trunc('minute', published_at) as minute, count(*)::int as posts,
      (count(*) filter (where counted_as = 'negative'))::int as negative,
      (count(*) filter (where counted_as = 'neutral'))::int as neutral,
      (count(*) filter (where counted_as = 'positive'))::int as positive, sum(counted_reach)::text as reach
    from mention where published_at >= ${SINCE} and counted_as is not null group by 1, 2 order by 1, 2`)

const misread = () =>
  desk.rows(sql`
    select p.external_id, m.counted_as, p.sentiment from mention m join post p using (workspace_id, post_id)
    where p.deleted_at is null and m.counted_as is distinct from coalesce(p.sentiment, 'unread')`)

const tallied = () =>
  desk.rows(sql`
    select t.topic_id, t.starts_at, t.posts from tally t left join topic o using (workspace_id, topic_id)
    where t.span = 'hour' and t.starts_at >= ${SINCE} and t.topic_version = coalesce(o.version, 0) and t.posts <> 0
    order by t.topic_id, t.starts_at`)

const saidInRows = () =>
  desk.rows(sql`
    select topic_id, date_trunc('hour', published_at, 'UTC') as starts_at, count(*)::int as posts from (
      select m.topic_id, p.published_at from mention m join post p using (workspace_id, post_id)
        join topic o using (workspace_id, topic_id)
      where p.deleted_at is null and m.topic_version = o.version
      union all select '00000000-0000-0000-0000-000000000000', published_at from post where deleted_at is null) said
    where published_at >= ${SINCE} group by 1, 2 order by 1, 2`)

const leftOfTombstones = () =>
  desk.rows(sql`
    select external_id from post p where deleted_at is not null and (text <> '' or group_id is not null
      or exists (select from post_label l where l.post_id = p.post_id)
      or exists (select from post_term t where t.post_id = p.post_id))`)
