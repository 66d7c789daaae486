import { expect, test } from 'vitest'
import { exportAddress, filtersOf, isNarrowed, readPostSearch } from './post-search.ts'

const TODAY = new Date('2026-06-15T12:00:00Z')
const TOPIC = '01a20022-7698-7250-ad5e-601951407fb3'

test('the address becomes what the server is asked', () => {
  const search = readPostSearch({ q: 'Netz -Werbung', topic: TOPIC, network: 'bluesky', lang: 'de', direction: 'in' })
  expect(filtersOf(search, TODAY)).toEqual({
    query: 'Netz -Werbung',
    topicId: TOPIC,
    network: 'bluesky',
    language: 'de',
    direction: 'in',
  })
})

test('what is mistyped in the address is left out instead of refused', () => {
  const search = readPostSearch({ topic: 'all', lang: 'Deutsch', direction: 'up', period: 'eon', from: 'yesterday' })
  expect(filtersOf(search, TODAY)).toEqual({})
})

test('a period counts back from now, days of one’s own include the last one', () => {
  expect(filtersOf({ period: 'week' }, TODAY)).toEqual({ from: new Date('2026-06-08T12:00:00Z') })
  const days = filtersOf({ from: '2026-05-01', until: '2026-05-31' }, TODAY)
  expect(days.from).toEqual(new Date(2026, 4, 1))
  expect(days.until).toEqual(new Date(2026, 5, 1))
})

test('an open post alone narrows nothing', () => {
  expect(isNarrowed({ post: TOPIC })).toBe(false)
  expect(isNarrowed({ post: TOPIC, q: 'Netz' })).toBe(true)
})

test('the file has the same filters, in the workspace that is shown', () => {
  const address = exportAddress(filtersOf({ q: 'Netz & Co', from: '2026-05-01' }, TODAY), 'w1')
  const { pathname, searchParams } = new URL(address, 'http://localhost')
  expect(pathname).toBe('/files/posts.csv')
  expect(Object.fromEntries(searchParams)).toEqual({
    workspace: 'w1',
    query: 'Netz & Co',
    from: new Date(2026, 4, 1).toISOString(),
  })
})
