import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begun, type Feed, isOver, nextItems, type Read } from './feeds.ts'

const at = (minute: number) => new Date(minute * 60_000)
const PAGE = 3

/** A server for each feed: pages of three, by the time of the last item. */
const serving =
  (minutes: Record<string, number[]>, asked: string[] = []): Read<number> =>
  async (feedId, cursor) => {
    asked.push(`${feedId}:${cursor ?? ''}`)
    const all = (minutes[feedId] ?? []).toSorted((one, other) => other - one)
    const rest = cursor === undefined ? all : all.filter((minute) => minute < Number(cursor))
    const items = rest.slice(0, PAGE)
    return { items, nextCursor: rest.length > PAGE ? String(items.at(-1)) : null }
  }

async function wholeList(ids: string[], read: Read<number>, limit: number) {
  let feeds: Feed<number>[] = begun(ids)
  const shown: { feedId: string; item: number }[] = []
  while (!isOver(feeds)) {
    const next = await nextItems(feeds, read, at, limit)
    shown.push(...next.items)
    feeds = next.feeds
  }
  return { shown, feeds }
}

describe('the combined list', () => {
  it('is newest first over all workspaces, with everything once, whatever the pages', async () => {
    const distinct = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(distinct, fc.integer({ min: 1, max: 9 }), async (minutes, limit) => {
        const split = { a: [] as number[], b: [] as number[], c: [] as number[] }
        for (const minute of minutes) split[(['a', 'b', 'c'] as const)[minute % 3] as 'a'].push(minute)
        const { shown } = await wholeList(['a', 'b', 'c'], serving(split), limit)
        expect(shown.map(({ item }) => item)).toEqual(minutes.toSorted((one, other) => other - one))
      }),
    )
  })

  it('goes on without a workspace that cannot be read, and says which', async () => {
    const good = serving({ a: [5, 3, 1] })
    const read: Read<number> = (id, cursor) => (id === 'b' ? Promise.reject(new Error('away')) : good(id, cursor))
    const { shown, feeds } = await wholeList(['a', 'b'], read, 10)
    expect(shown.map(({ item }) => item)).toEqual([5, 3, 1])
    expect(feeds.filter(({ failure }) => failure).map(({ id }) => id)).toEqual(['b'])
  })

  it('reads no further than it shows', async () => {
    const asked: string[] = []
    const read = serving({ a: [100, 99, 98, 97, 96], b: [1, 2, 3, 4, 5, 6, 7] }, asked)
    const { items } = await nextItems(begun<number>(['a', 'b']), read, at, 2)
    expect(items).toHaveLength(2)
    expect(asked).toEqual(['a:', 'b:'])
  })
})
