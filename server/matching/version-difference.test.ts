import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from './version-difference.ts'

const shown = (from: string, to: string): string =>
  differenceOf(from, to)
    .map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'added' ? '+' : '-'}[${text}]`))
    .join('')

test.each([
  ['Netz OR Empfang', 'Netz OR Empfang', 'Netz OR Empfang'],
  ['Netz OR Empfang', 'Netz OR Empfang NOT Werbung', 'Netz OR Empfang+[ NOT Werbung]'],
  ['Netz NEAR/5 weg', 'Netz NEAR/3 weg', 'Netz -[NEAR/5]+[NEAR/3] weg'],
  ['"kein Netz" OR weg', '"wenig Netz" OR weg', '-["kein Netz"]+["wenig Netz"] OR weg'],
  ['', 'Netz', '+[Netz]'],
])('from %j to %j', (from, to, expected) => {
  expect(shown(from, to)).toBe(expected)
})

test('what stayed and what went is the one text, what stayed and what came is the other', () => {
  const text = fc
    .array(fc.constantFrom('Netz', ' ', 'OR', '(', ')', '"a b"', '{NT}', '"', '}', 'weg'), { maxLength: 12 })
    .map((all) => all.join(''))
  fc.assert(
    fc.property(text, text, (from, to) => {
      const pieces = differenceOf(from, to)
      expect(
        pieces
          .filter(({ kind }) => kind !== 'added')
          .map((piece) => piece.text)
          .join(''),
      ).toBe(from)
      expect(
        pieces
          .filter(({ kind }) => kind !== 'removed')
          .map((piece) => piece.text)
          .join(''),
      ).toBe(to)
    }),
  )
})
