import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LossyCounts, tally } from './counting.ts'
import { FingerprintTable, fingerprint } from './fingerprints.ts'
import { TermTable } from './term-table.ts'

/** More keys than fit, a few of them frequent. */
const streams = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 4, max: 200 })), { maxLength: 600 })

test('counts in a table that is too small stay within the error that it states', () => {
  fc.assert(
    fc.property(streams, (stream) => {
      const keys = stream.map(String)
      const counts = new LossyCounts(16)
      for (const key of keys) counts.add(key)
      const truth = tally(keys, (key) => key)
      expect([...counts.entries()].length).toBeLessThanOrEqual(16)
      for (const [key, count] of counts.entries()) {
        const often = truth.get(key) ?? 0
        expect(count).toBeGreaterThanOrEqual(often)
        expect(count).toBeLessThanOrEqual(often + counts.tooHighMax)
      }
      // What is missing was rare: its true count is within the error too.
      for (const [key, often] of truth) if (counts.get(key) === 0) expect(often).toBeLessThanOrEqual(counts.tooHighMax)
    }),
  )
})

test('terms of several sets in a table that is too small are never counted too high, nor too low by more than stated', () => {
  fc.assert(
    fc.property(streams, (stream) => {
      const table = new TermTable(2, 16)
      for (const [at, key] of stream.entries()) table.add(String(key), [true, at % 2 === 0])
      for (const [set, members] of [stream, stream.filter((_, at) => at % 2 === 0)].entries()) {
        const truth = tally(members, String)
        const counted = new Map(table.terms().map(([key, place]) => [key, table.countsOf(set)(place)]))
        expect(counted.size).toBeLessThanOrEqual(16)
        for (const [key, often] of truth) {
          expect(counted.get(key) ?? 0).toBeLessThanOrEqual(often)
          expect(counted.get(key) ?? 0).toBeGreaterThanOrEqual(often - table.tooLowMax)
        }
      }
    }),
  )
})

test('with room enough, every count is exact', () => {
  const [counts, table] = [new LossyCounts(10), new TermTable(1, 10)]
  for (const key of ['a', 'b', 'a']) {
    counts.add(key)
    table.add(key, [true])
  }
  expect([counts.get('a'), counts.get('b'), counts.tooHighMax, table.tooLowMax]).toEqual([2, 1, 0, 0])
})

test('a table of fingerprints finds what it holds, beyond its first size, and nothing else', () => {
  const table = new FingerprintTable()
  const prints = Array.from({ length: 50_000 }, (_, at) => fingerprint(`post ${at}`))
  for (const [at, print] of prints.entries()) table.set(print, at)
  table.set(prints[7] as number, 70)
  expect(table.size).toBe(50_000)
  expect(prints.every((print, at) => table.get(print) === (at === 7 ? 70 : at))).toBe(true)
  expect(Array.from({ length: 1_000 }, (_, at) => table.has(fingerprint(`other ${at}`))).some(Boolean)).toBe(false)
})
