import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../platform/ids.ts'
import { type BelongingPost, standingOf } from './bookkeeping.ts'
import { takeIntoAccount } from './continuation.ts'
import { type Desk, openDesk } from './testing/desk.ts'

const RUNS = 25
const NOON = Date.now() - 3_600_000

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

/** One thing said in a thread: by whom, in answer to which earlier one, and whether it was deleted again. */
interface Said {
  by: 'mila' | 'tom' | 'us'
  answers: number
  deleted: boolean
}
const said = fc.record({
  by: fc.constantFrom<Said['by']>('mila', 'tom', 'us'),
  answers: fc.nat(),
  deleted: fc.boolean(),
})
const thread = fc.array(said, { minLength: 1, maxLength: 9 })

describe('conversations heard late, twice and in any order', () => {
  it('end up the same as when heard once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(thread, fc.array(fc.nat(), { minLength: 0, maxLength: 30 }), async (posts, disorder) => {
        const inOrder = await hearAll(posts, [...posts.keys()], posts.length)
        const shuffled = shuffle([...posts.keys()], disorder)
        // Some are told twice, and batches are cut anywhere.
        const again = disorder.map((number) => number % posts.length)
        const mixed = await hearAll(posts, [...shuffled, ...again], 1 + ((disorder[0] ?? 0) % 4))
        expect(mixed).toEqual(inOrder)
      }),
      { numRuns: RUNS },
    )
  })
})

const shuffle = (indices: number[], by: number[]): number[] =>
  indices
    .map((index) => ({ index, rank: (by[index] ?? index * 7) % 101 }))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ index }) => index)

/** Stores the thread under fresh names and tells the inbox of its posts in the given order; returns what became of it. */
async function hearAll(posts: Said[], order: number[], batch: number) {
  const run = newId()
  return desk.inWorkspace(async (tx) => {
    const authors = Object.fromEntries(
      await Promise.all(
        (['mila', 'tom', 'us'] as const).map(async (name) => {
          const authorId = newId()
          await sql`insert into author (workspace_id, author_id, network, network_id, handle, first_heard_at, last_heard_at)
            values (${tx.workspaceId}, ${authorId}, 'bluesky', ${`${run}-${name}`}, ${name}, now(), now())`.execute(
            tx.sql,
          )
          return [name, authorId]
        }),
      ),
    ) as Record<Said['by'], string>
    const ids = posts.map(() => newId())
    const told = new Set<number>()
    for (let start = 0; start < order.length; start += batch) {
      const part = order.slice(start, start + batch)
      // A post is stored before anybody is told of it, and never before its turn.
      for (const index of part) {
        if (told.has(index)) continue
        told.add(index)
        await storePost(index)
      }
      await takeIntoAccount(
        desk.services,
        tx,
        part.map((index) => ids[index] as string),
      )
    }
    return standing()

    async function storePost(index: number): Promise<void> {
      const { by, answers, deleted } = posts[index] as Said
      const parent = index === 0 ? null : answers % index
      await sql`insert into post (workspace_id, post_id, network, external_id, author_id, direction, addressed, text, language,
          published_at, heard_at, content_hash, parent_external_id, root_external_id, deleted_at, deleted_because)
        values (${tx.workspaceId}, ${ids[index]}, 'bluesky', ${`${run}-${index}`}, ${authors[by]}, ${by === 'us' ? 'out' : 'in'},
          ${by !== 'us'}, 'words', ${by === 'mila' ? 'de' : 'nl'}, ${new Date(NOON + index * 1_000)}, now(), 'hash',
          ${parent === null ? null : `${run}-${parent}`}, ${index === 0 ? null : `${run}-0`},
          ${deleted ? new Date() : null}, ${deleted ? 'upstream' : null})`.execute(tx.sql)
    }

    async function standing() {
      const { rows } = await sql<Record<string, unknown>>`
        select u.handle, c.state, c.version, c.heard_version, c.language, c.post_count, c.last_post_at, c.waiting_since,
          c.answered_at, (select string_agg(p.external_id, ' ' order by p.published_at) from conversation_post cp
            join post p using (workspace_id, post_id)
            where cp.workspace_id = c.workspace_id and cp.conversation_id = c.conversation_id) as posts
        from conversation c join author u using (workspace_id, author_id)
        where u.network_id like ${`${run}-%`} order by u.handle`.execute(tx.sql)
      return rows.map((row) => ({ ...row, posts: String(row.posts).replaceAll(`${run}-`, '') }))
    }
  })
}

describe('who waits', () => {
  const post = (minute: number, change: Partial<BelongingPost> = {}): BelongingPost => ({
    postId: `p${minute}`,
    direction: 'in',
    publishedAt: new Date(NOON + minute * 60_000),
    deleted: false,
    deliveryId: null,
    answeredBy: null,
    settled: false,
    negative: false,
    turnedAt: null,
    ...change,
  })

  it('is whoever spoke after our last word in the network’s own app', () => {
    const ours = post(2, { direction: 'out' })
    expect(standingOf([post(1), ours]).waitingSince).toBeNull()
    expect(standingOf([post(1), ours, post(3)]).waitingSince).toEqual(post(3).publishedAt)
    expect(standingOf([post(1), { ...ours, deleted: true }]).waitingSince).toEqual(post(1).publishedAt)
  })

  it('is also whoever spoke before our answer, when nobody had seen it', () => {
    const late = post(1)
    const answered = post(0, { answeredBy: 'delivery' })
    const ours = post(2, { direction: 'out', deliveryId: 'delivery' })
    expect(standingOf([answered, ours]).waitingSince).toBeNull()
    expect(standingOf([answered, late, ours]).waitingSince).toEqual(late.publishedAt)
  })

  it('is whoever turned on us after our word elsewhere, since then, until we say another', () => {
    const turned = post(1, { negative: true, turnedAt: post(5).publishedAt })
    const ours = post(2, { direction: 'out' })
    expect(standingOf([turned, ours])).toMatchObject({
      waitingSince: post(5).publishedAt,
      negativeSince: post(5).publishedAt,
    })
    expect(standingOf([turned, ours, post(6, { direction: 'out' })]).waitingSince).toBeNull()
    expect(standingOf([turned, { ...ours, deleted: true }]).waitingSince).toEqual(turned.publishedAt)
  })

  it('is nobody for what was laid aside or deleted', () => {
    expect(standingOf([post(1, { settled: true }), post(2, { deleted: true })]).waitingSince).toBeNull()
  })
})
