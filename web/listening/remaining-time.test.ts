import { expect, test } from 'vitest'
import { paceOf, remainingMs } from './remaining-time.ts'

test('a quarter in ten seconds leaves half a minute', () => {
  const begun = paceOf(null, 0, 0)
  expect(remainingMs(paceOf(begun, 0.25, 10_000))).toBe(30_000)
})

test('nothing is said before it was watched for a while, nor while nothing moves', () => {
  const begun = paceOf(null, 0.5, 0)
  expect(remainingMs(begun)).toBeNull()
  expect(remainingMs(paceOf(begun, 0.6, 1_000))).toBeNull()
  expect(paceOf(begun, 0.5, 60_000)).toBe(begun)
})

test('one who comes late counts from there, and a new run begins anew', () => {
  const late = paceOf(paceOf(null, 0.8, 0), 0.9, 10_000)
  expect(remainingMs(late)).toBe(10_000)
  expect(remainingMs(paceOf(late, 0.1, 20_000))).toBeNull()
})
