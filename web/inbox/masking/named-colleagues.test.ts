import { expect, test } from 'vitest'
import { namedIn } from './named-colleagues.ts'

const NAMES = ['Jonas Petri', 'Fenna de Wit', 'Sahra Demirel']

test('a colleague is found by name or by a part of it, as a whole word', () => {
  expect(namedIn('Ein Herr Petri war sehr geduldig', NAMES)).toEqual(['Petri'])
  expect(namedIn('jonas petri, danke', NAMES)).toEqual(['Jonas Petri'])
  expect(namedIn('Die Petrischale ist de facto kaputt', NAMES)).toEqual([])
})

test('small words of a name find nobody', () => {
  expect(namedIn('waar is de doos', NAMES)).toEqual([])
})
