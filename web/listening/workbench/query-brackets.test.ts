import { expect, test } from 'vitest'
import { bracketsAt } from './query-brackets.ts'

test('a bracket finds its partner from either side, over nested ones', () => {
  const query = '(Netz OR (weg -Kiel))'
  expect(bracketsAt(query, 0)).toEqual({ one: 0, other: 20 })
  expect(bracketsAt(query, 21)).toEqual({ one: 20, other: 0 })
  expect(bracketsAt(query, 10)).toEqual({ one: 9, other: 19 })
})

test('a bracket inside of a phrase is text', () => {
  expect(bracketsAt('(Netz ")" weg)', 0)).toEqual({ one: 0, other: 13 })
  expect(bracketsAt('(Netz ")" weg)', 7)).toBeNull()
})

test('a bracket without a partner says so, and beside no bracket there is nothing to say', () => {
  expect(bracketsAt('(Netz', 1)).toEqual({ one: 0, other: null })
  expect(bracketsAt('Netz)', 5)).toEqual({ one: 4, other: null })
  expect(bracketsAt('Netz weg', 4)).toBeNull()
})
