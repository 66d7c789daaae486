import { expect, test } from 'vitest'
import { logLikelihood } from '../text/index.ts'
import { apart, medianOf, middle, quantile, wilson } from './index.ts'

test('the interval of a share is Wilson’s: 10 of 100 lies between 5.5 and 17.4 %', () => {
  const { value, low, high } = wilson(10, 100)
  expect(value).toBe(0.1)
  expect(low).toBeCloseTo(0.0552, 4)
  expect(high).toBeCloseTo(0.1744, 4)
})

test('a share of none or all has an interval that does not leave 0 and 1', () => {
  expect(wilson(0, 10)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.2775, 4) })
  expect(wilson(10, 10)).toEqual({ value: 1, low: expect.closeTo(0.7225, 4), high: expect.closeTo(1, 10) })
  expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 })
})

test('G² is Dunning’s over the whole table, computed by hand for 10 of 100 against 10 of 1,000', () => {
  // 2 × [10 ln(10·1100/(20·100)) + 10 ln(10·1100/(20·1000)) + 90 ln(90·1100/(1080·100)) + 990 ln(990·1100/(1080·1000))]
  const byHand = 2 * (10 * Math.log(5.5) + 10 * Math.log(0.55) + 90 * Math.log(11 / 12) + 990 * Math.log(1089 / 1080))
  expect(byHand).toBeCloseTo(22.908, 3)
  expect(logLikelihood(10, 100, 10, 1000)).toBeCloseTo(byHand, 9)
})

test('equal shares have a G² of nothing, whatever the sizes', () => {
  expect(logLikelihood(5, 50, 100, 1000)).toBeCloseTo(0, 9)
  expect(logLikelihood(0, 50, 0, 1000)).toBe(0)
})

test('two shares are apart only when their intervals do not touch', () => {
  expect(apart(wilson(10, 100), wilson(10, 1000))).toBe(true)
  expect(apart(wilson(10, 100), wilson(70, 1000))).toBe(false)
})

test('quantiles are taken by nearest rank', () => {
  expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9)
  expect(quantile([7], 0.5)).toBe(7)
  expect(quantile([], 0.5)).toBeNull()
})

test('one wild day moves neither the middle nor the usual deviation', () => {
  expect(medianOf([1, 9, 5, 7])).toBe(6)
  expect(middle([10, 11, 9, 10, 500])).toEqual({ median: 10, deviation: expect.closeTo(1.4826, 9) })
})
