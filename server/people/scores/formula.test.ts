import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SCORE_INPUTS, SCORE_MAX, SCORES, termsSchema } from '../../../contract/people-scores.ts'
import { DEFAULT_FORMULAS, explainScore, type Inputs } from './formula.ts'

const inputs: fc.Arbitrary<Inputs> = fc.dictionary(
  fc.constantFrom(...SCORE_INPUTS),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
)
const term = fc.record({
  input: fc.constantFrom(...SCORE_INPUTS),
  scale: fc.constantFrom('each' as const, 'log' as const),
  weight: fc.double({ min: -1000, max: 1000, noNaN: true }).filter((weight) => weight !== 0),
  cap: fc.option(fc.double({ min: 0.1, max: 1000, noNaN: true })),
})

describe('a score', () => {
  it('lies between 0 and 100 and is the sum of the parts that are shown, whatever the formula', () => {
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 12 }), inputs, (terms, known) => {
        const { points, parts } = explainScore(terms, known)
        expect(points).toBeGreaterThanOrEqual(0)
        expect(points).toBeLessThanOrEqual(SCORE_MAX)
        const sum = parts.reduce((all, part) => all + part.points, 0)
        expect(points).toBeCloseTo(Math.min(SCORE_MAX, Math.max(0, sum)), 1)
        for (const [at, part] of parts.entries())
          expect(Math.abs(part.points)).toBeLessThanOrEqual((terms[at]?.cap ?? Number.POSITIVE_INFINITY) + 0.05)
      }),
    )
  })

  it('is never lowered by more of an input with a positive weight', () => {
    fc.assert(
      fc.property(term, fc.nat(10_000), fc.nat(10_000), (one, amount, more) => {
        const rising = { ...one, weight: Math.abs(one.weight) }
        const of = (known: number) => explainScore([rising], { [one.input]: known }).points
        expect(of(amount + more)).toBeGreaterThanOrEqual(of(amount))
      }),
    )
  })

  it('says what a term adds in the words of its formula', () => {
    const { points, parts } = explainScore([{ input: 'spent', scale: 'each', weight: 0.01, cap: null }], {
      spent: 1240,
    })
    expect(points).toBe(12.4)
    expect(parts[0]).toMatchObject({ amount: 1240, points: 12.4, capped: false })
  })

  it('of somebody about whom nothing is known is 0', () => {
    for (const score of SCORES) expect(explainScore(DEFAULT_FORMULAS[score], {}).points).toBe(0)
  })
})

describe('formulas', () => {
  it('that Rapport comes with are valid', () => {
    for (const score of SCORES) expect(termsSchema.safeParse(DEFAULT_FORMULAS[score]).success).toBe(true)
  })

  it('are refused without terms, with a weight of 0, with an unknown input, and with the same term twice', () => {
    const [good] = DEFAULT_FORMULAS.value
    expect(termsSchema.safeParse([]).success).toBe(false)
    expect(termsSchema.safeParse([{ ...good, weight: 0 }]).success).toBe(false)
    expect(termsSchema.safeParse([{ ...good, input: 'answersOfAnAgent' }]).success).toBe(false)
    expect(termsSchema.safeParse([good, good]).success).toBe(false)
  })
})
