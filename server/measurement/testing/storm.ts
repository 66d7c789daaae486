import { sql } from 'kysely'
import { createTopic } from '../../listening/index.ts'
import { takeFromSource } from '../../listening/intake.ts'
import { anAuthor, aPost, heard } from '../../listening/testing/heard.ts'
import { type ListeningTest, listeningTest } from '../../listening/testing/workspace.ts'
import { lookAtWorkspace } from '../alarms/watching.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** A watched topic with three weeks behind it, a clock that a test moves, and storms on demand. */
export interface StormTest extends ListeningTest {
  topicId: string
  watch(change?: Record<string, unknown>): Promise<{ webhookSecret: string | null }>
  /** Posts from now on, one every so many seconds; the clock stands at the end of them afterwards. */
  storm(posts: number, everySeconds: number, change?: { author?: string; text?: string }): Promise<void>
  /** The source brings its last storm once more. */
  repeat(): Promise<void>
  pass(minutes: number): void
  look(): Promise<void>
  alarms(
    state?: 'open' | 'ended',
  ): Promise<{ alarmId: string; state: string; kinds: string[]; posts: number; strength: string }[]>
}

export async function stormTest(historyDays = 21): Promise<StormTest> {
  const test = await listeningTest()
  const begun = new Date('2026-11-02T09:00:00Z')
  test.clock.at = begun
  const topicId = await test.inWorkspace((tx) =>
    createTopic(tx, { name: 'Nordwind', kind: 'brand', query: 'nordwind', opensConversations: false }, begun),
  )
  await rememberHistory(test, topicId, historyDays)
  let said = 0
  let last: ReturnType<typeof heard> = []
  const sourceId = '01a20000-0000-7000-8000-000000000001'
  const take = async () => {
    await takeFromSource(test.services, last, {
      workspaceId: test.workspaceId,
      sourceId,
      name: 'The pond',
      keepsEverything: false,
      tellsEdits: true,
    })
  }
  return {
    ...test,
    topicId,
    watch: (change = {}) =>
      test.ask('measurement.alarms.changeRule', {
        topicId,
        on: true,
        kinds: ['volume', 'negative-share', 'reach', 'single-voice'],
        sensitivity: 'medium',
        quietHours: null,
        memberIds: [test.workspace.owner.memberId],
        webhook: null,
        ...change,
      }),
    storm: async (posts, everySeconds, { author, text = 'The nordwind outage goes on, no train at all' } = {}) => {
      const items = Array.from({ length: posts }, (_, at) => {
        const who = anAuthor(author ?? `voice-${said + at}`, { followers: 120 })
        return aPost(`storm-${said + at}`, `${text} (${said + at})`, {
          author: who,
          publishedAt: new Date(test.clock.at.getTime() + at * everySeconds * 1000),
        })
      })
      said += posts
      last = heard(...items)
      test.clock.at = new Date(test.clock.at.getTime() + posts * everySeconds * 1000)
      await take()
    },
    repeat: take,
    pass: (minutes) => {
      test.clock.at = new Date(test.clock.at.getTime() + minutes * MINUTE_MS)
    },
    // What another worker looked at a moment ago is left alone; a test looks again at once.
    look: async () => {
      await test.rows(sql`update alarm_rule set looked_at = null`)
      await lookAtWorkspace(test.services, test.workspaceId)
    },
    alarms: async (state = 'open') =>
      (
        await test.ask<{ items: Awaited<ReturnType<StormTest['alarms']>> }>('measurement.alarms.list', {
          state,
          limit: 50,
        })
      ).items,
  }
}

/** As the counters would hold it: six posts an hour by day and two by night, a quarter of them negative. */
async function rememberHistory(test: ListeningTest, topicId: string, days: number): Promise<void> {
  const now = Math.floor(test.clock.at.getTime() / HOUR_MS) * HOUR_MS
  const hours = Array.from({ length: days * 24 }, (_, back) => now - (back + 1) * HOUR_MS)
  const posts = hours.map((at, index) => (new Date(at).getUTCHours() < 7 ? 2 : 6) + (index % 3) - 1)
  await test.rows(sql`
    insert into mention_count (workspace_id, topic_id, minute, network, posts, negative, neutral, positive, reach)
    select ${test.workspaceId}, ${topicId}, g.minute, 'pond', g.posts, g.posts / 4, g.posts - g.posts / 4, 0, g.posts * 100
    from unnest(${hours.map((at) => new Date(at))}::timestamptz[], ${posts}::int[]) as g(minute, posts)`)
}
