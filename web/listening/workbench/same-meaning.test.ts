import { expect, test } from 'vitest'
import { sameQuery } from './same-meaning.ts'

test('lines and blanks make no other query; everything else does', () => {
  expect(sameQuery('Netz  OR\nEmpfang ', 'Netz OR Empfang')).toBe(true)
  expect(sameQuery('Netz OR Empfang', 'Netz or Empfang')).toBe(false)
  expect(sameQuery('lang: de', 'lang:de')).toBe(false)
})
