import { describe, expect, test } from 'vitest'
import { exactly } from './intervals.ts'
import {
  DRAFT_STRATA,
  planQuestions,
  precisionOf,
  recallOf,
  SAVED_STRATA,
  type SortedStratum,
  type StratumName,
} from './questions.ts'

const stratum = (
  name: StratumName,
  posts: number,
  sorted: number,
  forUs: number,
  open = posts - sorted,
): SortedStratum => ({
  stratum: name,
  posts: exactly(posts),
  sorted,
  forUs,
  open,
})

describe('the precision of a draft', () => {
  const both = stratum('in-both', 900, 20, 18)
  const gained = stratum('gained', 100, 10, 2)

  test('weighs what it keeps and what it gains by how many there are', () => {
    const precision = precisionOf([both, gained], DRAFT_STRATA)
    expect(precision?.value).toBeCloseTo(0.9 * 0.9 + 0.1 * 0.2)
    expect(precision?.low).toBeLessThan(0.83)
    expect(precision?.high).toBeGreaterThan(0.83)
    expect(precisionOf([both, stratum('lost', 50, 10, 1)], SAVED_STRATA)?.value).toBeCloseTo(
      (900 * 0.9 + 50 * 0.1) / 950,
    )
  })

  test('is not told while too much of it is unknown', () => {
    expect(precisionOf([stratum('in-both', 900, 0, 0), gained], DRAFT_STRATA)).toBe(null)
    expect(precisionOf([both, stratum('gained', 20, 0, 0)], DRAFT_STRATA)).not.toBe(null)
    expect(precisionOf([], DRAFT_STRATA)).toBe(null)
  })
})

describe('the recall of a draft', () => {
  test('is what it finds of all that is for us in the net', () => {
    const strata = [stratum('in-both', 100, 100, 80), stratum('almost', 50, 50, 20), stratum('by-hand', 5, 5, 5)]
    expect(recallOf(strata, DRAFT_STRATA)).toMatchObject({ value: 80 / 105, exact: true })
    const lost = [stratum('in-both', 100, 100, 80), stratum('lost', 50, 50, 20)]
    expect(recallOf(lost, DRAFT_STRATA)?.value).toBeCloseTo(0.8)
    expect(recallOf(lost, SAVED_STRATA)?.value).toBe(1)
  })

  test('is not told while the net is unknown', () => {
    expect(recallOf([stratum('in-both', 100, 20, 18), stratum('almost', 100, 0, 0)], DRAFT_STRATA)).toBe(null)
  })
})

describe('the next questions', () => {
  test('go where an answer narrows the interval most', () => {
    const large = [stratum('in-both', 1_000, 5, 3), stratum('gained', 10, 0, 0)]
    expect(planQuestions(large, 5)).toMatchObject({ of: 'precision', asks: Array(5).fill('in-both') })
    const clean = [stratum('in-both', 500, 40, 40), stratum('gained', 500, 5, 2)]
    expect(new Set(planQuestions(clean, 5)?.asks)).toEqual(new Set(['gained']))
    const even = planQuestions([stratum('in-both', 500, 10, 5), stratum('gained', 500, 10, 5)], 6)
    expect(even?.asks.filter((name) => name === 'gained').length).toBe(3)
  })

  test('say how much narrower the interval is expected to be', () => {
    const plan = planQuestions([stratum('in-both', 1_000, 10, 6)], 10)
    expect(plan?.widthAfter).toBeLessThan((plan?.width ?? 0) * 0.85)
  })

  test('turn to recall once precision is known well enough, and end when nothing is left', () => {
    const precise = stratum('in-both', 1_000, 200, 190)
    expect(planQuestions([precise, stratum('almost', 500, 0, 0)], 3)).toMatchObject({
      of: 'recall',
      asks: ['almost', 'almost', 'almost'],
    })
    expect(planQuestions([stratum('in-both', 10, 10, 9)], 3)).toBe(null)
    expect(planQuestions([stratum('in-both', 10, 8, 4)], 5)?.asks.length).toBe(2)
  })
})
