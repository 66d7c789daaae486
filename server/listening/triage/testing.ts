import { sql } from 'kysely'
import { takeFromSource } from '../intake.ts'
import { lookBackOnce } from '../lookback.ts'
import { anAuthor, aPost, heard, minutesAfterNoon } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'
import { createTopic } from '../topics.ts'
import { keepUp } from './upkeep.ts'

/** Nordlicht sells electricity; people also watch northern lights. */
const CUSTOMERS = ['invoice', 'meter', 'contract', 'outage', 'tariff', 'payment', 'hotline']
const WATCHERS = ['sky', 'camera', 'mountain', 'holiday', 'aurora', 'photo', 'winter']

const pairs = (words: readonly string[]) =>
  words.flatMap((one) => words.filter((other) => other !== one).map((other) => [one, other] as const))

export const customerSays = (at: number): string => {
  const [one, other] = pairs(CUSTOMERS)[at % 42] as readonly [string, string]
  return `Nordlicht sent me the wrong ${one} and no ${other}`
}
export const watcherSays = (at: number): string => {
  const [one, other] = pairs(WATCHERS)[at % 42] as readonly [string, string]
  return `Saw a nordlicht over the ${one}, what a ${other}`
}

export interface Told {
  postId: string
  externalId: string
  forUs: boolean
}

export interface TriageTest extends ListeningTest {
  topicId: string
  sourceId: string
  take(...posts: ReturnType<typeof aPost>[]): Promise<unknown>
  /** Posts of customers and watchers in turn, newest last; says which is which. */
  tell(count: number, prefix?: string): Promise<Told[]>
  /** Everything that look-back and the loop have to do. */
  keepUp(): Promise<void>
  state(): Promise<Record<string, unknown>>
  mention(postId: string): Promise<{ state: string; relevance: number | null; judged_as: string | null }>
}

export async function triageTest(): Promise<TriageTest> {
  const test = await listeningTest()
  const sourceId = '01a20000-0000-7000-8000-000000000001'
  await test.rows(
    sql`insert into source (workspace_id, source_id, network, name, identity) values (${test.workspaceId}, ${sourceId}, 'pond', 'The pond', 'pond')`,
  )
  const topicId = await test.inWorkspace((tx) =>
    createTopic(
      tx,
      { name: 'Nordlicht', kind: 'brand', query: 'nordlicht', opensConversations: true },
      minutesAfterNoon(0),
    ),
  )
  const take: TriageTest['take'] = (...posts) =>
    takeFromSource(test.services, heard(...posts), {
      workspaceId: test.workspaceId,
      sourceId,
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    })
  return {
    ...test,
    topicId,
    sourceId,
    take,
    tell: async (count, prefix = 'post') => {
      const posts = Array.from({ length: count }, (_, at) =>
        aPost(`${prefix}-${at}`, at % 2 === 0 ? customerSays(at >> 1) : watcherSays(at >> 1), {
          author: anAuthor(`${prefix}${at}`),
          publishedAt: minutesAfterNoon(-1_000 + at),
        }),
      )
      await take(...posts)
      const rows = await test.rows(
        sql<{ postId: string; externalId: string }>`select post_id as "postId", external_id as "externalId" from post
          where external_id like ${`${prefix}-%`} order by published_at`,
      )
      return rows.map((row, at) => ({ ...row, forUs: at % 2 === 0 }))
    },
    keepUp: async () => {
      while (await test.inWorkspace((tx) => lookBackOnce(tx, test.clock.now())));
      for (let turn = 0; turn < 20; turn++) if (!(await keepUp(test.services, test.workspaceId))) return
      throw new Error('the loop does not come to an end')
    },
    state: () => test.ask('listening.triage.state', { topicId }),
    mention: async (postId) => {
      const [row] = await test.rows(
        sql<{ state: string; relevance: number | null; judged_as: string | null }>`select state, relevance, judged_as
          from mention where topic_id = ${topicId} and post_id = ${postId}`,
      )
      if (!row) throw new Error('no such mention')
      return row
    },
  }
}
