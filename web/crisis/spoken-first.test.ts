import { expect, test } from 'vitest'
import { spokenFirst } from './spoken-first.ts'

test('a workspace writes first in what it speaks; every language of the product is there once', () => {
  expect(spokenFirst(['de', 'tr', 'nl'])).toEqual(['de', 'nl', 'en'])
  expect(spokenFirst([])).toEqual(['en', 'de', 'nl'])
})
