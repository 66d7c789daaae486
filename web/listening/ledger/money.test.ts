import { expect, test } from 'vitest'
import { createFormats } from '../../platform/formats.ts'
import { amountOf, microsOf, moneyOf } from './money.ts'

const en = createFormats('en', 'UTC')
const de = createFormats('de', 'UTC')

test('an amount is read with dot or comma, to the millionth, and refused when it is none', () => {
  expect([microsOf('0.005'), microsOf('0,005'), microsOf(' 200 '), microsOf('')]).toEqual([
    5_000, 5_000, 200_000_000, 0,
  ])
  expect(['1.000,50', '-1', '0.0000001', 'free', '1e9', '10000000000'].map(microsOf)).toEqual(Array(6).fill(null))
})

test('what a field shows is read back as the same amount', () => {
  for (const micros of [1, 5_000, 1_234_567, 200_000_000]) {
    expect(microsOf(amountOf(de, micros))).toBe(micros)
    expect(microsOf(amountOf(en, micros))).toBe(micros)
  }
  expect(amountOf(de, 5_000)).toBe('0,005')
})

test('small prices keep their digits, large ones have coins', () => {
  expect(moneyOf(en, 5_300, 'EUR')).toBe('€0.0053')
  expect(moneyOf(en, 12_340_000, 'EUR')).toBe('€12.34')
  expect(moneyOf(en, 0, 'EUR')).toBe('€0.00')
  expect(moneyOf(en, 1, null)).toBe('–')
})
