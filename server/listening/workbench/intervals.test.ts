import { describe, expect, test } from 'vitest'
import { chanceFrom } from '../testing/chance.ts'
import {
  countOf,
  exactly,
  type Figure,
  share,
  shareOfTotals,
  stratifiedShare,
  stratifiedTotal,
  weightedTotal,
} from './intervals.ts'

const ROUNDS = 2_000
/** In how many of the rounds the interval held the truth. */
function coverage(draw: (random: () => number) => { figure: Figure | null; truth: number }): number {
  const random = chanceFrom(20_261)
  let held = 0
  for (let round = 0; round < ROUNDS; round++) {
    const { figure, truth } = draw(random)
    if (figure && figure.low <= truth + 1e-9 && truth <= figure.high + 1e-9) held++
  }
  return held / ROUNDS
}
const hitsOf = (random: () => number, drawn: number, probability: number): number => {
  let hits = 0
  for (let i = 0; i < drawn; i++) if (random() < probability) hits++
  return hits
}

describe('an interval', () => {
  test('of a share is Wilson’s', () => {
    const { low, high } = share(8, 10)
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.490', '0.943'])
    expect(share(0, 20).low).toBe(0)
    expect(share(20, 20).high).toBe(1)
    expect(share(0, 0)).toMatchObject({ low: 0, high: 1 })
  })

  test('is a point once everything was seen, and never contradicts what was seen', () => {
    expect(share(3, 10, 10)).toEqual(exactly(0.3))
    expect(countOf(3, 10, 10)).toEqual(exactly(3))
    expect(countOf(5, 5, 1_000)).toMatchObject({ value: 1_000, high: 1_000, exact: false })
    const most = countOf(1, 9, 10)
    expect(most.low).toBeGreaterThanOrEqual(1)
    expect(most.high).toBeLessThanOrEqual(2)
    expect(countOf(0, 0, 0)).toMatchObject({ low: 0, high: 0, exact: true })
  })

  test('of a total from a sample that stands for a hundred times as many is Garwood’s', () => {
    const none = weightedTotal([], 100)
    expect(none).toMatchObject({ value: 0, low: 0 })
    expect(none.high).toBeCloseTo(369, -1)
    const twelve = weightedTotal(Array<number>(12).fill(100), 100)
    expect(Math.abs(twelve.low - 620)).toBeLessThan(10)
    expect(Math.abs(twelve.high - 2_096)).toBeLessThan(10)
  })
})

describe('of a hundred intervals some ninety-five hold the truth', () => {
  test.each([
    [20, 0.5],
    [20, 0.9],
    [50, 0.97],
  ])('for a share of %d drawn, of which %d are hits', (drawn, probability) => {
    const held = coverage((random) => ({
      figure: share(hitsOf(random, drawn, probability), drawn),
      truth: probability,
    }))
    expect(held).toBeGreaterThan(0.92)
  })

  test('for a total of a stream of which one in fifty was kept', () => {
    const held = coverage((random) => {
      const kept = hitsOf(random, 400, 1 / 50)
      return { figure: weightedTotal(Array<number>(kept).fill(50), 50), truth: 400 }
    })
    expect(held).toBeGreaterThan(0.94)
  })

  test('for a precision over a large stratum that is nearly clean and a small one that is not', () => {
    const strata = [
      { posts: 900, probability: 0.95, drawn: 15 },
      { posts: 100, probability: 0.4, drawn: 10 },
    ]
    const truth = 0.9 * 0.95 + 0.1 * 0.4
    const held = coverage((random) => ({
      figure: stratifiedShare(
        strata.map(({ posts, probability, drawn }) => ({
          posts: exactly(posts),
          share: share(hitsOf(random, drawn, probability), drawn),
        })),
      ),
      truth,
    }))
    expect(held).toBeGreaterThan(0.93)
  })

  test('for a recall over a net of which the sizes are estimated as well', () => {
    const truth = 800 / (800 + 120)
    const held = coverage((random) => {
      const sizes = (size: number, population: number) =>
        countOf(hitsOf(random, 600, size / population), 600, population)
      const found = [{ posts: sizes(1_000, 4_000), share: share(hitsOf(random, 20, 0.8), 20) }]
      const missed = [{ posts: sizes(1_200, 4_000), share: share(hitsOf(random, 20, 0.1), 20) }]
      return { figure: shareOfTotals(stratifiedTotal(found), stratifiedTotal(missed)), truth }
    })
    expect(held).toBeGreaterThan(0.92)
  })
})

describe('strata', () => {
  test('without posts have no share, and those without labels leave it open', () => {
    expect(stratifiedShare([{ posts: exactly(0), share: share(0, 0) }])).toBe(null)
    const open = stratifiedShare([{ posts: exactly(10), share: share(0, 0) }])
    expect([open?.low, open?.high]).toEqual([0, 1])
  })

  test('that were seen as a whole give an exact share', () => {
    expect(shareOfTotals(exactly(8), exactly(2))).toMatchObject({ value: 0.8, low: 0.8, high: 0.8, exact: true })
    expect(shareOfTotals(exactly(0), exactly(0))).toBe(null)
    expect(shareOfTotals(exactly(5), exactly(0))).toMatchObject({ value: 1, low: 1, high: 1 })
  })
})
