import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTRIBUTORS_MIN, type Contribution, publishable } from './index.ts'

const people = (count: number, groups: string[], from = 0): Contribution[] =>
  Array.from({ length: count }, (_, index) => ({ contributor: `m${from + index}`, groups }))

describe('what is published of the work of groups', () => {
  it('leaves out a group of four', () => {
    const done = [...people(8, ['all', 'care']), ...people(4, ['all', 'night'], 8), ...people(1, ['all', 'care'], 12)]
    expect(publishable(done, ['all', 'night'])).toEqual(new Set(['all']))
  })

  it('leaves out a group of many when four are left without it: their figure would be the difference', () => {
    const done = [...people(8, ['all', 'care']), ...people(4, ['all'], 8)]
    expect(publishable(done, ['all', 'care'])).toEqual(new Set(['all']))
    expect(publishable(done, ['care'])).toEqual(new Set(['care']))
  })

  it('leaves out a second group that differs from the first by one person', () => {
    const done = [...people(6, ['late', 'both']), ...people(1, ['late'], 6)]
    expect(publishable(done, ['late', 'both'])).toEqual(new Set(['late']))
  })

  it('counts people, and not what they did', () => {
    const done = Array.from({ length: 100 }, (_, index) => ({ contributor: `m${index % 4}`, groups: ['all'] }))
    expect(publishable(done, ['all'])).toEqual(new Set())
  })

  it('tells a group of four that was agreed on, and still none that would part them', () => {
    const done = [...people(3, ['all', 'care']), ...people(1, ['all', 'night'], 3)]
    expect(publishable(done, ['all', 'care', 'night'], new Set(['all']))).toEqual(new Set(['all']))
  })

  it('says of a group in which nothing was done that nothing was done', () => {
    expect(publishable(people(5, ['all']), ['all', 'night'])).toEqual(new Set(['all', 'night']))
  })

  const anything = fc.array(
    fc.record({
      contributor: fc.integer({ min: 0, max: 14 }).map((number) => `m${number}`),
      groups: fc.subarray(['all', 'a', 'b', 'c', 'd']),
    }),
    { maxLength: 60 },
  )
  const weights = fc.tuple(...Array.from({ length: 5 }, () => fc.integer({ min: -3, max: 3 })))

  it('lets no sum and no difference of published totals tell of fewer than five people', () => {
    fc.assert(
      fc.property(anything, weights, (done, factors) => {
        const groups = ['all', 'a', 'b', 'c', 'd']
        const published = [...publishable(done, groups)]
        const told = done.filter(({ groups: inside }) =>
          published.some((group, index) => inside.includes(group) && factors[index] !== 0),
        )
        const weightOf = ({ groups: inside }: Contribution) =>
          published.reduce((sum, group, index) => sum + (inside.includes(group) ? (factors[index] ?? 0) : 0), 0)
        const seen = new Set(told.filter((one) => weightOf(one) !== 0).map(({ contributor }) => contributor))
        expect(seen.size === 0 || seen.size >= CONTRIBUTORS_MIN).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('publishes the same whatever the order in which things were done', () => {
    fc.assert(
      fc.property(anything, (done) => {
        expect(publishable(done.toReversed(), ['all', 'a', 'b'])).toEqual(publishable(done, ['all', 'a', 'b']))
      }),
    )
  })
})
