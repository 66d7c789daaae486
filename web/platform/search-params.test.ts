import { expect, test } from 'vitest'
import { oneOf, parseSearch, searchOf, stringifySearch, text, texts } from './search-params.ts'

test('what was written into the address is read back the same', () => {
  const search = { state: 'open', tag: ['vip', 'press & radio'], q: 'Müll #1 + 2' }
  expect(parseSearch(stringifySearch(search))).toEqual(search)
})

test('an id of digits keeps all of them', () => {
  expect(parseSearch('?id=90071992547409931')).toEqual({ id: '90071992547409931' })
})

test('empty and absent values leave no trace', () => {
  expect(stringifySearch({ q: '', state: undefined, tag: [], other: null })).toBe('')
})

test('unknown words and foreign parameters are dropped', () => {
  const read = searchOf({ state: oneOf(['open', 'closed']), q: text, tag: texts })
  expect(read({ state: 'deleted', q: ['first', 'second'], tag: 'vip', admin: 'true' })).toEqual({
    q: 'first',
    tag: ['vip'],
  })
})

test('an unknown word does not come back from what the address says', () => {
  const read = searchOf({ state: oneOf(['open', 'closed']), q: text })
  const given = { state: 'deleted' }
  // As the router merges them.
  const merged = { ...given, ...read(given) }
  expect(merged.state).toBeUndefined()
  expect(Object.keys(read({ state: undefined }))).toEqual([])
})
