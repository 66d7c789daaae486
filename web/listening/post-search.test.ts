import { ORPCError } from '@orpc/client'
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import {
  exportAddress,
  filtersOf,
  isNarrowed,
  isRefused,
  type postSearchOptions,
  readPostSearch,
} from './post-search.ts'

const TODAY = new Date('2026-06-15T12:00:00Z')
const BERLIN = 'Europe/Berlin'
const TOPIC = '01a20022-7698-7250-ad5e-601951407fb3'

test('the address becomes what the server is asked', () => {
  const search = readPostSearch({ q: 'Netz -Werbung', topic: TOPIC, network: 'bluesky', lang: 'de', direction: 'in' })
  expect(filtersOf(search, TODAY, BERLIN)).toEqual({
    query: 'Netz -Werbung',
    topicId: TOPIC,
    network: 'bluesky',
    language: 'de',
    direction: 'in',
  })
})

test('what is mistyped in the address is left out instead of refused', () => {
  const search = readPostSearch({ topic: 'all', lang: 'Deutsch', direction: 'up', period: 'eon', from: 'yesterday' })
  expect(filtersOf(search, TODAY, BERLIN)).toEqual({})
})

test('a period counts back from now, days of one’s own include the last one', () => {
  expect(filtersOf({ period: 'week' }, TODAY, BERLIN)).toEqual({ from: new Date('2026-06-08T12:00:00Z') })
  const days = filtersOf({ from: '2026-05-01', until: '2026-05-31' }, TODAY, BERLIN)
  expect(days.from).toEqual(new Date('2026-04-30T22:00:00Z'))
  expect(days.until).toEqual(new Date('2026-05-31T22:00:00Z'))
})

test('days are those of the workspace, wherever the reader is', () => {
  const days = { from: '2026-05-01', until: '2026-05-01' }
  expect(filtersOf(days, TODAY, 'Pacific/Auckland')).toEqual({
    from: new Date('2026-04-30T12:00:00Z'),
    until: new Date('2026-05-01T12:00:00Z'),
  })
})

test('an open post alone narrows nothing', () => {
  expect(isNarrowed({ post: TOPIC })).toBe(false)
  expect(isNarrowed({ post: TOPIC, q: 'Netz' })).toBe(true)
})

test('the file has the same filters, in the workspace that is shown', () => {
  const address = exportAddress(filtersOf({ q: 'Netz & Co', from: '2026-05-01' }, TODAY, BERLIN), 'w1')
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  expect(pathname).toBe('/files/posts.csv')
  expect(Object.fromEntries(searchParams)).toEqual({
    workspace: 'w1',
    query: 'Netz & Co',
    from: '2026-04-30T22:00:00.000Z',
  })
})

test('a query that the server refused is not asked a second time by the screen; a line that broke is', async () => {
  for (const [code, asked] of [
    ['query-invalid', 1],
    ['internal', 2],
  ] as const) {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    let times = 0
    const options = {
      queryKey: ['posts'],
      initialPageParam: undefined,
      getNextPageParam: () => undefined,
      queryFn: async () => {
        times += 1
        throw new ORPCError('BAD_REQUEST', { data: { code } })
      },
    } as unknown as ReturnType<typeof postSearchOptions>
    await queries.prefetchInfiniteQuery(options)
    const observer = new InfiniteQueryObserver(queries, { ...options, enabled: !isRefused(queries, options) } as never)
    const leave = observer.subscribe(() => undefined)
    await Promise.resolve()
    expect(observer.getCurrentResult().isError || times === 2).toBe(true)
    expect(times).toBe(asked)
    leave()
    queries.clear()
  }
})
