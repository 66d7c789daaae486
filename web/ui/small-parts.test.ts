import { expect, test } from 'vitest'
import { initialsOf } from './avatar.tsx'
import { atLeast, firstFault, mailAddress, required, webAddress } from './fields.ts'
import { joinSpans } from './highlighted.tsx'
import { sortRows } from './sort-rows.ts'
import { remainingMs } from './work-progress.tsx'

test('initials come from the first and last word, also of handles and other scripts', () => {
  expect(
    ['Mara Lindqvist', '@wetterfrosch', 'jan-willem de vries', 'Östen', '山田 太郎', '🦊', ''].map(initialsOf),
  ).toEqual(['ML', 'W', 'JV', 'Ö', '山太', '?', '?'])
})

test('marked places are put in order, joined where they overlap, and cut to the text', () => {
  const spans = [
    { from: 8, to: 99 },
    { from: 0, to: 3 },
    { from: 2, to: 5 },
    { from: 6, to: 6 },
    { from: -4, to: 1 },
  ]
  expect(joinSpans(spans, 10)).toEqual([
    { from: 0, to: 5 },
    { from: 8, to: 10 },
  ])
})

test('touching places stay two, because each has a reason of its own', () => {
  const spans = [
    { from: 0, to: 3, title: 'brand' },
    { from: 3, to: 5, title: 'product' },
  ]
  expect(joinSpans(spans, 5)).toEqual(spans)
})

test('rows without a value stand last either way; numbers in names count as numbers', () => {
  const rows = ['Source 10', null, 'source 9', 'Source 1']
  expect(sortRows(rows, (row) => row, false)).toEqual(['Source 1', 'source 9', 'Source 10', null])
  expect(sortRows(rows, (row) => row, true)).toEqual(['Source 10', 'source 9', 'Source 1', null])
  expect(sortRows([3, 1, null, 2], (row) => row, true)).toEqual([3, 2, 1, null])
})

test('the first fault of a field is said, and an empty optional field has none', () => {
  expect(firstFault('  ', [required, mailAddress])?.key).toBe('ui:field.required')
  expect(firstFault('mara at example', [required, mailAddress])?.key).toBe('ui:field.mailAddress')
  expect(firstFault('', [mailAddress, webAddress])).toBeNull()
  expect(firstFault('mara@example.org', [required, mailAddress])).toBeNull()
  expect(firstFault('short', [atLeast(10)])).toEqual({ key: 'ui:field.atLeast', params: { count: 10 } })
})

test('a web address needs its scheme, and only one that a feed can have', () => {
  expect(
    ['example.org/feed', 'ftp://example.org', 'https://', 'javascript:alert(1)'].map((text) => webAddress(text)?.key),
  ).toEqual(Array.from({ length: 4 }, () => 'ui:field.webAddress'))
  expect(webAddress('https://example.org/feed')).toBeNull()
})

test('the remaining time is said when the pace is known, and not before', () => {
  expect(remainingMs(1_000, 4_000, 10_000)).toBe(30_000)
  expect(remainingMs(1_000, 4_000, 500)).toBeNull()
  expect(remainingMs(1_000, null, 10_000)).toBeNull()
  expect(remainingMs(4_000, 4_000, 10_000)).toBeNull()
})
