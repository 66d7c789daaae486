import { expect, it } from 'vitest'
import { tracePattern } from './personal-traces.ts'

const without = (text: string, ...names: string[]) => text.replace(new RegExp(tracePattern(names), 'gi'), '[…]')

it.each([
  ['asks like @frieda.pond did', ['frieda.pond'], 'asks like […] did'],
  ['Frieda Pond wrote to frieda@pond.example', ['Frieda Pond', 'frieda@pond.example'], '[…] wrote to […]'],
  ['call +49 or +4915112345678', ['+4915112345678'], 'call +49 or […]'],
  ['order of 4711300 came', ['4711300'], 'order of […] came'],
])('words that name somebody are found: %s', (text, names, left) => {
  expect(without(text, ...names)).toBe(left)
})

it.each([
  ['Parcels to Berlin, also by @berlin', ['berlin'], 'Parcels to Berlin, also by […]'],
  ['Frieda came with @Frieda', ['Frieda'], 'Frieda came with […]'],
  ['1001 pieces to 10115 in 2026', ['1001', '10115', '2026'], '1001 pieces to 10115 in 2026'],
  ['{"reply": null, "text": "null by @null"}', ['null', 'reply'], '{"reply": null, "text": "null by […]"}'],
])('an ordinary word or number stays, whoever is called so: %s', (text, names, left) => {
  expect(without(text, ...names)).toBe(left)
})
