import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { explain } from '../../platform/testing/explain.ts'
import { takeFromSource } from '../intake.ts'
import { anAuthor, aPost, heard, minutesAfterNoon } from '../testing/heard.ts'
import { type ListeningTest, listeningTest } from '../testing/workspace.ts'

let test: ListeningTest

interface Page {
  items: { externalId: string; groupId: string; postId: string; alike: { count: number; more: boolean } }[]
  nextCursor: string | null
}
const TRAIN = 'The night train to Vienna was two hours late and nobody told us why'
const TARIFF = 'A completely new tariff for travellers has been announced by Nordwind today'

beforeAll(async () => {
  test = await listeningTest()
  const post = (id: string, minute: number, text: string, change = {}) =>
    aPost(id, text, { publishedAt: minutesAfterNoon(minute - 1_000), ...change })
  const shares = Array.from({ length: 9 }, (_, n) => post(`share${n}`, 10 + n * 10, `RT @mila: ${TRAIN}`))
  await takeFromSource(
    test.services,
    heard(
      post('train', 1, TRAIN),
      ...shares,
      post('mastodon', 200, `${TRAIN} via @ben`, { network: 'other', author: anAuthor('ben', { network: 'other' }) }),
      post('tariff', 15, TARIFF),
      post('tariff-nord', 55, TARIFF.replace('Nordwind', 'Südwind')),
      post('alone', 25, 'I hate it, this is the worst and most terrible day ever'),
    ),
    {
      workspaceId: test.workspaceId,
      sourceId: '01a20000-0000-7000-8000-000000000001',
      name: 'The pond',
      keepsEverything: true,
      tellsEdits: true,
    },
  )
})
afterAll(() => test.close())

const search = (input: object) => test.ask<Page>('listening.posts.search', input)
const said = ({ items }: Page) => items.map((post) => `${post.externalId} ${post.alike.count}`)

describe('a folded list', () => {
  it('shows each group once, by its newest post, and says exactly how many others it stands for', async () => {
    expect(said(await search({ folded: true }))).toEqual(['mastodon 10', 'tariff-nord 1', 'alone 0'])
    expect((await search({})).items).toHaveLength(14)
  })

  it('counts and shows only what passes the other filters', async () => {
    expect(said(await search({ folded: true, network: 'pond' }))).toEqual(['share8 9', 'tariff-nord 1', 'alone 0'])
    const until = minutesAfterNoon(45 - 1_000).toISOString()
    expect(said(await search({ folded: true, until }))).toEqual(['share3 4', 'alone 0', 'tariff 0'])
    expect(
      said(await search({ folded: true, query: 'Nordwind OR train', from: minutesAfterNoon(50 - 1_000) })),
    ).toEqual(['mastodon 5'])
    expect(said(await search({ folded: true, query: 'Nordwind' }))).toEqual(['tariff 0'])
  })

  it('shows a group on one page only, wherever pages end', async () => {
    const pages: string[] = []
    let after: string | undefined
    do {
      const page = await search({ folded: true, limit: 1, after })
      pages.push(...said(page))
      after = page.nextCursor ?? undefined
    } while (after)
    expect(pages).toEqual(['mastodon 10', 'tariff-nord 1', 'alone 0'])
  })

  it('opens into the group, newest first, with the same filters', async () => {
    const [first] = (await search({ folded: true })).items
    const group = await search({ groupId: first?.groupId, network: 'pond', limit: 4 })
    expect(group.items.map((post) => post.externalId)).toEqual(['share8', 'share7', 'share6', 'share5'])
    const rest = await search({ groupId: first?.groupId, network: 'pond', after: group.nextCursor })
    expect(rest.items.map((post) => post.externalId)).toEqual([
      'share4',
      'share3',
      'share2',
      'share1',
      'share0',
      'train',
    ])
  })

  it('says that there are more where a group is larger than what is looked at', async () => {
    const [author] = await test.rows(sql<{ author_id: string }>`select author_id from author where network = 'pond'`)
    await test.rows(sql`insert into post (workspace_id, post_id, network, external_id, author_id, text, published_at, heard_at,
        content_hash, group_id, indexed)
      select ${test.workspaceId}, gen_random_uuid(), 'storm', 'storm' || n, ${author?.author_id}, 'storm', now() - make_interval(secs => n),
        now(), '', '01a20000-0000-7000-8000-000000000009', true from generate_series(1, 300) n`)
    const { items } = await search({ folded: true, network: 'storm' })
    expect(items.map(({ alike }) => alike)).toEqual([{ count: 199, more: true }])
    await test.rows(sql`delete from post where network = 'storm'`)
  })
})

describe('posts are found by what was understood', () => {
  it('by sentiment, intent and offence', async () => {
    expect(said(await search({ sentiment: 'negative', query: 'worst' }))).toEqual(['alone 0'])
    expect(said(await search({ sentiment: 'positive', query: 'worst' }))).toEqual([])
    expect(said(await search({ intent: 'complaint', query: 'worst' }))).toEqual([])
    expect(said(await search({ offensive: true, query: 'vienna' }))).toEqual([])
  })

  it('through indexes, as the application', async () => {
    await queryAsAdmin(test.test.admin, 'analyze post')
    const plans = await explain(test, [
      [
        sql`select post_id, published_at from post where workspace_id = ${test.workspaceId}
          and group_id = ${test.workspaceId}::uuid and group_id <> post_id order by published_at desc, post_id desc limit 201`,
        'post_alike',
      ],
      [
        sql`select post_id from post where workspace_id = ${test.workspaceId} order by post_id desc limit 2000`,
        'post_pkey',
      ],
      [
        sql`select l.post_id from post_label l where l.workspace_id = ${test.workspaceId}
          and (l.labelled_at, l.post_id) <= (now(), ${test.workspaceId}::uuid) order by l.labelled_at desc, l.post_id desc, l.what limit 51`,
        'post_label_at',
      ],
    ])
    expect(plans.filter(({ usesIndex }) => !usesIndex).map(({ plan }) => plan)).toEqual([])
  })
})
