/** Exports as they really are; read where the public data lies, else said to be skipped. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataFolder } from '../../../scripts/data-folder.ts'
import type { HeardPost } from '../connector.ts'
import { inspectFile, readRows } from './index.ts'

const folder = dataFolder()
if (folder === null) console.info('Skipped: the public data is not here (RAPPORT_DATA names its folder).')

async function postsOf(path: string): Promise<{ posts: HeardPost[]; others: string[] }> {
  const posts: HeardPost[] = []
  const others: string[] = []
  for await (const { row } of readRows(path)) {
    if (row.kind === 'post') posts.push(row.post)
    else others.push(row.problem.code)
  }
  return { posts, others }
}

describe.skipIf(folder === null)('the public exports', () => {
  const airline = join(folder ?? '', 'airline_tweets', 'Tweets.csv')
  const mangled = join(folder ?? '', 'airline_tweets', 'Tweets_excel_mangled_non_utf8.csv')
  const twcs = join(folder ?? '', 'twcs', 'twcs_first_rows.csv')

  test('the airline tweets give 14,485 different posts', async () => {
    expect(await inspectFile(airline)).toMatchObject({ preset: 'airline-tweets', rowsEstimated: 14_640, problems: [] })
    const { posts, others } = await postsOf(airline)
    expect([posts.length, others.length, new Set(posts.map((post) => post.externalId)).size]).toEqual([
      14_640, 0, 14_485,
    ])
    expect(
      posts.every((post) => /^\d{18}$/.test(post.externalId) && post.network === 'x' && post.author.handle !== null),
    ).toBe(true)
    expect(posts.filter((post) => post.text.includes('\n')).length).toBeGreaterThan(100)
    expect(posts.some((post) => /&(amp|lt|gt);/.test(post.text))).toBe(false)
    const times = posts.map((post) => post.publishedAt.toISOString()).sort()
    expect([times[0], times.at(-1)]).toEqual(['2015-02-17T07:36:05.000Z', '2015-02-24T19:53:37.000Z'])
  })

  test('what a spreadsheet made of them is refused for its ids', async () => {
    const { problems } = await inspectFile(mangled)
    expect(problems.find((problem) => problem.refuses)).toMatchObject({
      code: 'ids-mangled',
      params: { column: 'tweet_id' },
    })
    expect(await postsOf(mangled)).toEqual({ posts: [], others: ['ids-mangled'] })
  })

  test('customer support gives 5,000 posts with their parents', async () => {
    const { posts, others } = await postsOf(twcs)
    const ids = new Set(posts.map((post) => post.externalId))
    const replies = posts.filter((post) => post.parent !== null)
    expect([posts.length, others.length, ids.size]).toEqual([5000, 0, 5000])
    expect(replies.filter((post) => !ids.has(post.parent?.externalId ?? ''))).toHaveLength(6)
    expect(posts.length - replies.length).toBeGreaterThan(1000)
    expect(posts.every((post) => /^\d+$/.test(post.author.networkId) === post.author.stable)).toBe(true)
  })
})
