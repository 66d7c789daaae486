import { describe, expect, test } from 'vitest'
import { evaluate, evaluateByKind, type Label, recallAtPrecision, truePairs } from './identity-evaluator.ts'
import { numbersFrom } from './random.ts'

/** The definitions, pair by pair and record by record. */
function byEnumeration(truth: readonly Label[], found: readonly Label[]) {
  let [common, inTruth, inFound, precision, recall] = [0, 0, 0, 0, 0]
  truth.forEach((label, one) => {
    const same = truth.map((other) => other === label)
    const together = found.map((other) => other === found[one])
    const both = same.filter((is, other) => is && together[other]).length
    precision += both / together.filter(Boolean).length / truth.length
    recall += both / same.filter(Boolean).length / truth.length
    for (let other = 0; other < one; other++) {
      if (same[other]) inTruth++
      if (together[other]) inFound++
      if (same[other] && together[other]) common++
    }
  })
  return { pairwise: [common / inFound, common / inTruth], bCubed: [precision, recall] }
}

describe('evaluate', () => {
  test('agrees with the enumeration of all pairs and records', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = numbersFrom(seed)
      const truth = Array.from({ length: 60 }, () => random() % (2 + (seed % 20)))
      const found = truth.map((label) => (random() % 4 === 0 ? `other ${random() % 9}` : `group ${label % 7}`))
      const { pairwise, bCubed } = evaluate(truth, found)
      const wanted = byEnumeration(truth, found)
      expect(pairwise.precision).toBeCloseTo(wanted.pairwise[0] as number, 12)
      expect(pairwise.recall).toBeCloseTo(wanted.pairwise[1] as number, 12)
      expect(bCubed.precision).toBeCloseTo(wanted.bCubed[0] as number, 12)
      expect(bCubed.recall).toBeCloseTo(wanted.bCubed[1] as number, 12)
    }
  })

  test('counts a worked example: one group of five taken apart, two strangers joined', () => {
    const { pairwise, bCubed } = evaluate(['a', 'a', 'a', 'a', 'a', 'b', 'c'], [1, 1, 1, 2, 2, 3, 3])
    expect(pairwise).toEqual({ precision: 4 / 5, recall: 4 / 10, f1: expect.closeTo(0.64 / 1.2, 12) })
    expect(bCubed.precision).toBeCloseTo(6 / 7, 12)
    expect(bCubed.recall).toBeCloseTo((3 * 0.6 + 2 * 0.4 + 2) / 7, 12)
  })

  test('is 1 whatever the labels are called, and no claim is no wrong claim', () => {
    expect(evaluate([1, 1, 2], ['x', 'x', 'y'])).toEqual({
      pairwise: { precision: 1, recall: 1, f1: 1 },
      bCubed: { precision: 1, recall: 1, f1: 1 },
    })
    expect(evaluate([1, 1, 2], [1, 2, 3]).pairwise).toEqual({ precision: 1, recall: 0, f1: 0 })
  })

  test('a million records in one group are counted, not enumerated', () => {
    const truth = Array.from({ length: 1_000_000 }, (_, at) => at >> 1)
    const begun = performance.now()
    expect(evaluate(truth, truth.slice().fill(0)).pairwise).toMatchObject({ recall: 1 })
    expect(evaluate(truth, truth.slice().fill(0)).pairwise.precision).toBeCloseTo(500_000 / (500_000 * 999_999), 12)
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  test('refuses labelings of different records', () => {
    expect(() => evaluate([1, 2], [1])).toThrow('2 true labels, but 1 found ones.')
  })
})

test('pairs within and between kinds are told apart', () => {
  const truth = ['a', 'a', 'a', 'b', 'b', 'b']
  const found = [1, 1, 2, 2, 3, 3]
  const contact = [false, false, true, false, true, true]
  const { withinFirst, between, withinSecond } = evaluateByKind(truth, found, contact)
  expect(withinFirst).toMatchObject({ precision: 1, recall: 1 })
  expect(between).toMatchObject({ precision: 0, recall: 0 })
  expect(withinSecond).toMatchObject({ precision: 1, recall: 1 })
  expect(truePairs(truth)).toBe(6)
})

describe('recallAtPrecision', () => {
  const pair = (weight: number, same: boolean) => ({ weight, same })

  test('takes the lowest threshold that is precise enough, also behind a dip', () => {
    const pairs = [pair(9, true), pair(8, false), pair(7, true), pair(6, true), pair(5, true), pair(4, false)]
    expect(recallAtPrecision(pairs, 8, 0.8)).toEqual({ recall: 4 / 8, precision: 0.8, weight: 5 })
    expect(recallAtPrecision(pairs, 8, 0.95)).toEqual({ recall: 1 / 8, precision: 1, weight: 9 })
  })

  test('does not take the right ones out of a tie', () => {
    const pairs = [pair(2, true), pair(1, true), pair(1, false), pair(1, true)]
    expect(recallAtPrecision(pairs, 3, 0.9)).toEqual({ recall: 1 / 3, precision: 1, weight: 2 })
    expect(recallAtPrecision(pairs, 3, 0.75)).toEqual({ recall: 1, precision: 0.75, weight: 1 })
  })

  test('finds nothing where the heaviest pair is wrong, and reads columns as it reads objects', () => {
    expect(recallAtPrecision([pair(3, false), pair(2, true)], 1, 0.9)).toMatchObject({ recall: 0, weight: Infinity })
    const columns = { weights: Float64Array.of(-1, 4, -3), same: Uint8Array.of(1, 1, 0) }
    expect(recallAtPrecision(columns, 2, 0.99)).toEqual({ recall: 1, precision: 1, weight: -1 })
    expect(() => recallAtPrecision([pair(Number.NaN, true)], 1, 0.9)).toThrow('not a number')
  })
})
