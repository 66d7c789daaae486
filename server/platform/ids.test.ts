import { expect, test, vi } from 'vitest'
import { isId, newId } from './ids.ts'

test('ids are different, readable as such, and stand in the order in which they were made', () => {
  const ids = Array.from({ length: 10_000 }, newId)
  expect(ids.every(isId)).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
})

test('an id says when it was made, and a clock that is put back puts none before those made already', () => {
  const now = Date.now()
  const before = newId()
  expect(Math.abs(Number.parseInt(before.replace('-', '').slice(0, 12), 16) - now)).toBeLessThan(5_000)
  vi.spyOn(Date, 'now').mockReturnValue(now - 60_000)
  expect(newId() > before).toBe(true)
  vi.restoreAllMocks()
})
