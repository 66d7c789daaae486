import { expect, test } from 'vitest'
import { parseSearch, stringifySearch } from '../platform/search-params.ts'
import { filtersOf, isNarrowed, plain, readInboxSearch, sameSearch, searchOfFilters } from './search.ts'

const TAG = '019ab4c0-0000-7000-8000-000000000001'
const read = (address: string) => readInboxSearch(parseSearch(address))

test('an address without filters means the open conversations', () => {
  expect(filtersOf(read(''))).toEqual({ state: 'open' })
})

test('all states are asked for by leaving the state out', () => {
  expect(filtersOf(read('?state=all&tag='))).toEqual({})
})

test('unknown words in an address are ignored, known ones are kept', () => {
  expect(filtersOf(read(`?state=burning&assignee=nobody&tag=${TAG}&waiting=maybe&q=netz`))).toEqual({
    state: 'open',
    assignee: 'nobody',
    tagId: TAG,
    text: 'netz',
  })
})

test('a saved view comes back as the search it was made from, through the address', () => {
  const search = read(`?state=snoozed&assignee=me&language=nl&order=waiting`)
  const view = { ...filtersOf(search), order: search.order }
  const again = read(stringifySearch(searchOfFilters(view)))
  expect(sameSearch(again, search)).toBe(true)
  expect(sameSearch(again, read('?state=snoozed&assignee=me'))).toBe(false)
})

test('a view without a state shows all states, not only the open ones', () => {
  expect(searchOfFilters({ tagId: TAG })).toEqual({ state: 'all', tag: TAG })
})

test('what goes without saying does not stand in the address', () => {
  expect(plain(read('?state=open&order=newest&q=netz'))).toEqual({ q: 'netz' })
  expect(isNarrowed(read('?state=closed&order=waiting'))).toBe(false)
  expect(isNarrowed(read('?q=netz'))).toBe(true)
})
